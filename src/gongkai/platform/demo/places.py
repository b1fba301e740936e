"""The organs of the demo: the four of the sample reports, their parents, and some departments and townships.

The names are real, so that the trees are; people, telephone numbers, documents and figures are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """One organ: where it stands, and the words that its documents use of it."""

    slug: str
    name: str
    short: str
    level: str
    kind: str
    area: str | None  # slug of 所属政府
    system: str | None = None  # slug of 上级主管机关
    mark: str = ""  # 发文代字
    whole: str = ""  # 全县、全师、全镇、全局
    us: str = ""  # 我县、本局
    seat: str = ""  # 驻地
    staff: str = ""  # full（八人）、small（四人）；空为不发布
    head: str = ""  # 负责人的职务
    sends_to: str = ""  # 主送机关
    calendar: str = "cn-xinjiang"
    rules: bool = False
    position: int = 100
    words: dict[str, str] = field(default_factory=dict)

    @property
    def year_words(self) -> dict[str, str]:
        return {"organ": self.name, "short": self.short, "mark": self.mark, "whole": self.whole, "us": self.us, "seat": self.seat,
                "head": self.head, "to": self.sends_to, **self.words}  # fmt: skip


GOV, DEP, BODY = "government", "department", "dispatched"
_COUNTY_TO = "各乡（镇）人民政府，县直各部门、各单位："
_DIV_TO = "各团（镇）、师直各部门、各企事业单位："

PLACES: tuple[Place, ...] = (
    Place("xinjiang", "新疆维吾尔自治区人民政府", "自治区人民政府", "province", GOV, None, mark="新政", whole="全区", us="我区",
          seat="乌鲁木齐市", staff="small", head="主席", sends_to="伊犁哈萨克自治州，各州、市、县（市）人民政府，各行政公署，自治区人民政府各部门：", rules=True, position=1),
    Place("xinjiang-finance", "新疆维吾尔自治区财政厅", "自治区财政厅", "province", DEP, "xinjiang", position=5),
    Place("xinjiang-affairs", "新疆维吾尔自治区机关事务管理局", "自治区机关事务管理局", "province", DEP, "xinjiang", position=6),
    Place("kashgar", "喀什地区行政公署", "喀什地区行署", "prefecture", BODY, "xinjiang", position=10),
    Place("kashgar-finance", "喀什地区财政局", "地区财政局", "prefecture", DEP, "kashgar", "xinjiang-finance", position=11),
    Place("hotan", "和田地区行政公署", "和田地区行署", "prefecture", BODY, "xinjiang", position=12),
    Place("xpcc", "新疆生产建设兵团", "兵团", "province", GOV, "xinjiang", position=20),
    Place("division-1", "第一师阿拉尔市", "第一师阿拉尔市", "prefecture", GOV, "xpcc", position=21),
    Place("shule", "疏勒县人民政府", "县人民政府", "county", GOV, "kashgar", mark="疏政", whole="全县", us="我县", seat="疏勒镇",
          staff="full", head="县长", sends_to=_COUNTY_TO, position=30, words={"place": "疏勒县", "up": "地区", "level": "县"}),
    Place("shule-finance", "疏勒县财政局", "县财政局", "county", DEP, "shule", "kashgar-finance", mark="疏财", whole="全县", us="我局",
          seat="疏勒镇", staff="small", head="局长", sends_to="各乡（镇）财政所，县直各预算单位：", position=31,
          words={"place": "疏勒县", "up": "地区", "level": "县", "duty": "财政收支、预算管理、政府采购监督和国有资产管理"}),
    Place("shule-education", "疏勒县教育局", "县教育局", "county", DEP, "shule", mark="疏教", whole="全县", us="我局", seat="疏勒镇",
          staff="small", head="局长", sends_to="县直各学校，各乡（镇）学区：", position=32,
          words={"place": "疏勒县", "up": "地区", "level": "县", "duty": "学前教育、义务教育、普通高中教育和教师队伍管理"}),
    Place("shule-employment", "疏勒县人力资源和社会保障局", "县人社局", "county", DEP, "shule", mark="疏人社", whole="全县", us="我局",
          seat="疏勒镇", staff="small", head="局长", sends_to="各乡（镇）社会保障服务中心，县直各部门：", position=33,
          words={"place": "疏勒县", "up": "地区", "level": "县", "duty": "就业创业、社会保险、劳动关系和事业单位人事管理"}),
    Place("shule-health", "疏勒县卫生健康委员会", "县卫健委", "county", DEP, "shule", mark="疏卫", whole="全县", us="我委", seat="疏勒镇",
          staff="small", head="主任", sends_to="各乡（镇）卫生院，县直各医疗卫生单位：", position=34,
          words={"place": "疏勒县", "up": "地区", "level": "县", "duty": "公共卫生、医疗服务、基层卫生和人口监测"}),
    Place("shule-emergency", "疏勒县应急管理局", "县应急管理局", "county", DEP, "shule", mark="疏应急", whole="全县", us="我局",
          seat="疏勒镇", staff="small", head="局长", sends_to="各乡（镇）应急管理站，各有关企业：", position=35,
          words={"place": "疏勒县", "up": "地区", "level": "县", "duty": "安全生产综合监管、防灾减灾救灾和应急救援"}),
    Place("shule-market", "疏勒县市场监督管理局", "县市场监管局", "county", DEP, "shule", mark="疏市监", whole="全县", us="我局",
          seat="疏勒镇", staff="small", head="局长", sends_to="各市场监督管理所，局机关各科室：", position=36,
          words={"place": "疏勒县", "up": "地区", "level": "县", "duty": "市场主体登记、食品药品和产品质量安全、价格与计量监管"}),
    Place("shule-agriculture", "疏勒县农业农村局", "县农业农村局", "county", DEP, "shule", mark="疏农", whole="全县", us="我局",
          seat="疏勒镇", staff="small", head="局长", sends_to="各乡（镇）农业农村发展中心：", position=37,
          words={"place": "疏勒县", "up": "地区", "level": "县", "duty": "种植业、畜牧业、农田建设和农村经营管理"}),
    Place("shule-town", "疏勒镇人民政府", "疏勒镇人民政府", "township", GOV, "shule", mark="疏镇政", whole="全镇", us="我镇",
          seat="疏勒镇", staff="small", head="镇长", sends_to="各村（社区）、镇直各站所：", position=38,
          words={"place": "疏勒镇", "up": "县", "level": "镇"}),
    Place("hanaleke-town", "罕南力克镇人民政府", "罕南力克镇人民政府", "township", GOV, "shule", position=39),
    Place("hotan-affairs", "和田地区机关事务管理局", "地区机关事务管理局", "prefecture", DEP, "hotan", "xinjiang-affairs", mark="和机管",
          whole="地区", us="我局", seat="和田市", staff="full", head="局长", sends_to="地直各部门、各单位：", position=40,
          words={"place": "和田地区", "up": "自治区", "level": "地区",
                 "duty": "机关国有资产、办公用房、公务用车、公共机构节能和后勤服务保障"}),
    Place("division-11", "新疆生产建设兵团第十一师", "第十一师", "prefecture", GOV, "xpcc", mark="十一师", whole="全师", us="我师",
          seat="乌鲁木齐市", staff="full", head="师长", sends_to=_DIV_TO, position=50,
          words={"place": "第十一师", "up": "兵团", "level": "师"}),
    Place("division-11-finance", "新疆生产建设兵团第十一师财政局", "第十一师财政局", "prefecture", DEP, "division-11", position=51),
    Place("division-11-housing", "新疆生产建设兵团第十一师住房和城乡建设局", "第十一师住建局", "prefecture", DEP, "division-11", mark="十一师建",
          whole="全师", us="我局", seat="乌鲁木齐市", staff="small", head="局长", sends_to="各建筑施工企业、各监理单位：", position=52,
          words={"place": "第十一师", "up": "兵团", "level": "师", "duty": "建筑市场、工程质量安全、住房保障和燃气管理"}),
    Place("xinkailing", "第一师阿拉尔市十六团新开岭镇", "十六团新开岭镇", "township", GOV, "division-1", mark="十六团", whole="全团（镇）",
          us="我团（镇）", seat="新开岭镇", staff="full", head="镇长", sends_to="各连队、各社区，团（镇）机关各办：", position=60,
          words={"place": "十六团新开岭镇", "up": "师市", "level": "团镇"}),
)  # fmt: skip
BY_SLUG = {place.slug: place for place in PLACES}


def check_character(front: str) -> str:
    """The last character of an organisation code (GB 11714): eight characters, weighted."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(int(c, 36) * weight for c, weight in zip(front, weights, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def code(place: Place) -> str:
    """An invented organisation code; SF stands for 示范."""
    front = f"SF{place.position:06d}"
    return front + check_character(front)
