"""Index numbers (索引号): given at the first publication, in its transaction; never changed, never given again."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from gongkai.platform.organs import numbering
from gongkai.platform.organs.models import Organ

from .errors import Invalid
from .models import IndexNumber, Item

_FOREIGN_LENGTH = 60
_TRIES = 1000


def give(item: Item, organ: Organ, on: date) -> str:
    """The next number of the organ in the year of the day; numbers that an import brought along are passed over."""
    pattern = organ.index_pattern
    of = numbering.Numbered(organ.code, organ.credit_code, organ.slug)
    if wrong := numbering.wrong_pattern(pattern) or numbering.missing(pattern, of):
        raise Invalid({"index_number": _("不能编制索引号：%(wrong)s请系统管理员在机关设置中改正后再发布。") % {"wrong": wrong}})
    for _attempt in range(_TRIES):
        number = numbering.index_number(pattern, of, on.year, on.month, _next(organ.pk, on.year))
        if reserve(item, number):
            return number
    raise Invalid({"index_number": _("连续 %(tries)s 个索引号都已被占用，请系统管理员检查索引号格式“%(pattern)s”。") % {"tries": _TRIES, "pattern": pattern}})


def reserve(item: Item, number: str) -> bool:
    """Whether the number is now this item's; it was free, or was its own already."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {IndexNumber._meta.db_table} (number, item_id) VALUES (%s, %s) ON CONFLICT (number) DO NOTHING RETURNING 1",
            [number, item.pk],
        )
        if cursor.fetchone():
            return True
    return IndexNumber.objects.filter(number=number, item=item).exists()


def wrong_foreign(number: str) -> str:
    """Why a number that an import brings cannot be kept; any organ's own scheme is welcome."""
    if len(number) > _FOREIGN_LENGTH:
        return _("索引号不得超过 %(foreign_length)s 个字符，现有 %(n)s 个。") % {"foreign_length": _FOREIGN_LENGTH, "n": len(number)}
    return "" if number.isprintable() and not any(sign.isspace() for sign in number) else _("索引号中不能有空格和不可见的字符。")


def _next(organ: int, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalogue_indexserial (organ_id, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (organ_id, year) DO UPDATE SET last = catalogue_indexserial.last + 1 RETURNING last",
            [organ, year],
        )
        return int(cursor.fetchone()[0])
