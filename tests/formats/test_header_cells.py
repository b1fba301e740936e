"""A header cell of table three that fell out: the columns are proved by the sums, or they are not used."""

from __future__ import annotations

from gongkai.formats import html
from gongkai.formats.reading.requests import read_requests

KINDS = "".join(f"<td>{kind}</td>" for kind in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"))
OUTER = '<td rowspan="2">自然人</td>{group}<td rowspan="2">总计</td>'
HEADER = '<tr><td colspan="3" rowspan="2"></td>' + OUTER + f"</tr><tr>{KINDS}</tr>"
ROWS = "".join(
    f'<tr><td colspan="3">{label}</td><td>{number}</td><td></td><td></td><td></td><td></td><td></td><td>{number}</td></tr>'
    for label, number in (("一、本年新收政府信息公开申请数量", 26), ("二、上年结转政府信息公开申请数量", 0))
)


def read(group: str) -> dict[str, tuple[object, ...]]:
    page = f"<table>{HEADER.format(group=group)}{ROWS}</table>"
    rows = read_requests(html.parse(page.encode()).blocks).rows
    return {name: tuple(cell if cell is None or isinstance(cell, int) else cell.value for cell in row) for name, row in rows.items()}


def test_a_blank_stays_blank_where_the_header_over_it_fell_out() -> None:
    whole, broken = read('<td colspan="5">法人或其他组织</td>'), read("")

    assert whole == {"new_received": (26, None, None, None, None, None, 26), "carried_over": (0, None, None, None, None, None, 0)}
    assert [
        (name, at) for name, row in broken.items() for at, number in enumerate(row) if number not in (None, whole[name][at])
    ] == []
