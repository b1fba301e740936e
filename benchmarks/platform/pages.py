"""What is asked: the pages with many addresses each, so that nothing is asked of one row alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from urllib.parse import quote

from django.db import connection
from django.test import Client

RARE = ("喀拉昆仑", "罗布泊", "麦盖提", "赛里木", "莲罗布", "博斯腾艾", "政发〔2015〕33号", "政发〔2021〕217号", "100000042/2019")
COMMON = ("政府信息公开条例", "乡镇人民政府", "财政预算", "一般公共预算", "义务教育", "办结率", "2012年", "各乡镇", "公开透明")
TWO = ("公开", "预算", "教育", "政府", "土地", "审批", "整改", "防汛", "投资", "就业")


def _values(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [str(row[0]) for row in cursor.fetchall()]


def pages() -> dict[str, list[str]]:
    """Each page with its addresses."""
    drawn = random.Random(9)
    items = _values("SELECT item_id FROM catalogue_publication TABLESAMPLE SYSTEM (2) LIMIT 400") or _values("SELECT item_id FROM catalogue_publication LIMIT 400")
    drawn.shuffle(items)
    organs = _values("SELECT slug FROM organs_organ WHERE id <= 100")
    search = "/search/?q={}".format
    return {
        "首页": ["/"],
        "目录": ["/items/", *(f"/items/?page={page}" for page in range(2, 40, 4))],
        "目录，按体裁和年度筛选": [f"/items/?kind={kind}&year={year}" for kind in ("news", "normative", "budget") for year in range(2010, 2026, 3)],
        "目录深处": [f"/items/?before={item}" for item in items[:50]],
        "检索：少见的词": [search(quote(word)) for word in RARE],
        "检索：常见的词": [search(quote(word)) for word in COMMON],
        "检索：两个字": [search(quote(word)) for word in TWO],
        "信息页": [f"/items/{item}/" for item in items],
        "机关栏目首页": [f"/organs/{slug}/" for slug in organs],
        "法定主动公开内容": [f"/organs/{slug}/statutory/" for slug in organs],
        "订阅": [f"/organs/{slug}/feed/" for slug in organs],
    }


def never_asked(count: int) -> list[str]:
    """Searches for pieces of three to five characters cut out of stored texts: hardly any is asked twice."""
    drawn = random.Random()
    texts = _values("SELECT plain FROM catalogue_publication TABLESAMPLE SYSTEM (1) LIMIT 300") or _values("SELECT plain FROM catalogue_publication LIMIT 300")
    found = []
    while len(found) < count:
        text = drawn.choice(texts)
        start = drawn.randrange(max(len(text) - 6, 1))
        piece = text[start : start + drawn.randrange(3, 6)]
        if piece.strip() and piece[:1].isalpha() and piece[-1:].isalpha():
            found.append("/search/?q=" + quote(piece))
    return found


def statements(path: str) -> int:
    """How many statements a page sends, nothing being kept from before."""
    from gongkai.platform.catalogue.queries import public

    public.forget()
    asked = 0

    def counted(execute: Callable[..., object], *words: object) -> object:
        nonlocal asked
        asked += 1
        return execute(*words)

    with connection.execute_wrapper(counted):
        Client(headers={"host": "localhost"}).get(path)
    return asked
