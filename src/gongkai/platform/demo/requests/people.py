"""Who asks in the demo: nobody. Identity numbers begin with 659999 and credit codes name area 659999, which does not exist; mail goes to *.example,
and the telephone numbers begin with a zero after the area code, which no number does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.platform.cases.choices import Identity
from gongkai.platform.cases.values import Applicant, Consulted
from gongkai.platform.documents.gate.digits import identity_check
from gongkai.platform.organs.codes import credit_check, organ_check

NOWHERE = "659999"  # 没有这个行政区划代码
_STREETS = ("示范路", "虚拟街", "样例巷", "演示大道", "假设路")


@dataclass(frozen=True, slots=True)
class Person:
    """One invented applicant, and the column in which the annual report counts them."""

    key: str
    applicant: Applicant
    kind: str = "natural"


_NATURAL = (  # 键、姓名、出生年月日、有无电子邮箱
    ("shen", "沈知远", "19790412", True), ("lu", "陆清嘉", "19880926", True), ("mi", "米尔扎提·阿里木江", "19850117", True), ("gu", "古再丽·艾山", "19920830", False),
    ("fang", "方晓棠", "19940604", True), ("tang", "唐亦安", "19691123", False), ("ye", "叶落蘅", "19810215", True), ("ai", "艾尼瓦尔·吐逊", "19750709", False),
    ("xie", "谢听雨", "19970303", True), ("he", "何遇春", "19860518", True), ("ha", "哈丽旦·玉山", "19901212", False), ("lin", "林半夏", "19830921", True),
    ("bai", "白景明", "19720606", False), ("ku", "库尔班江·热合曼", "19891014", True), ("zhou", "周既明", "19680229", False), ("luo", "罗浮生", "19950701", True),
    ("me", "美合热·托合提", "19930408", True), ("dong", "董问渠", "19770825", False), ("ji", "纪云舒", "19991130", True), ("ya", "牙生·依明", "19660316", False),
    ("cen", "岑参商", "19840710", True), ("qiao", "乔木欣", "20010519", True), ("zu", "祖农·阿布拉", "19800102", False), ("wei", "韦一笑尘", "19910927", True),
    ("an", "安得广", "19740814", False), ("kong", "孔雀东", "19870611", True), ("re", "热孜完·买提", "19960123", True), ("cheng", "程见山", "19820405", False),
)  # fmt: skip
_ORGANISATIONS = (  # 键、名称、类型、联系人
    ("builder", "喀什虚构建筑安装有限公司", "business", "季明远"), ("cotton", "疏勒县示例棉业有限公司", "business", "阿力木·示例"),
    ("institute", "演示农业经济研究所", "research", "苏问"), ("charity", "样例助学公益服务中心", "public_welfare", "路遥知"),
    ("lawyers", "虚拟律师事务所", "legal_service", "章法"), ("village", "疏勒县假设村村民委员会", "other", "吐尔逊·假设"),
)  # fmt: skip


@cache
def people() -> dict[str, Person]:
    found = [_natural(number, *row) for number, row in enumerate(_NATURAL, start=1)]
    found += [_organisation(number, *row) for number, row in enumerate(_ORGANISATIONS, start=1)]
    return {person.key: person for person in found}


def _natural(number: int, key: str, name: str, born: str, mail: bool) -> Person:
    front = f"{NOWHERE}{born}{number * 13 % 1000:03d}"
    return Person(
        key,
        Applicant(
            name, Identity.RESIDENT_CARD.value, front + identity_check(front), phone=f"0998-{number:07d}", email=f"{key}@mail.example" if mail else "",
            address=f"疏勒县{_STREETS[number % len(_STREETS)]}{number}号", postcode="844200",
        ),
    )  # fmt: skip


def _organisation(number: int, key: str, name: str, kind: str, contact: str) -> Person:
    body = f"DEM{number:05d}"
    front = f"91{NOWHERE}{body}{organ_check(body)}"
    return Person(
        key,
        Applicant(
            name, organisation_code=front + credit_check(front), contact=contact, representative=contact, phone=f"0998-{900 + number:07d}",
            email=f"{key}@mail.example", address=f"疏勒县{_STREETS[number % len(_STREETS)]}{100 + number}号", postcode="844200",
        ),
        kind,
    )  # fmt: skip


CONSULTED = {
    "feed": Consulted("疏勒县示例饲料有限责任公司", "买提·示例", "0998-0000951", "feed@mail.example", "疏勒县演示大道7号"),
    "plant": Consulted("虚构再生资源利用有限公司", "齐示", "0998-0000952", "plant@mail.example", "疏勒县演示大道18号"),
    "owner": Consulted("阿迪力·样例", "", "0998-0000953", "", "疏勒县样例巷3号"),
    "surveyor": Consulted("样例勘测设计有限公司", "石演", "0998-0000954", "surveyor@mail.example", "喀什市虚拟街5号"),
}  # fmt: skip
