"""Nothing that is not public today can be reached by any public address, search, feed, sitemap, file or count."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import URLPattern

from gongkai.platform.catalogue.models import Publication
from gongkai.platform.catalogue.queries import public
from gongkai.platform.portal.urls import urlpatterns

from . import making
from .making import CST, TODAY

SECRET = "绝不外露的标题甲乙丙"
NUMBERS = {"number": "{item}", "which": "1", "name": "绝不外露.pdf", "ending": "docx", "slug": "{organ}", "kind": "announcement", "page": "1",
           "year": "2026", "site": "portal", "step": "who", "act": "withdraw", "token": "T" * 43}  # fmt: skip
QUERIES = ("", "?q=绝不外露", "?q=甲乙丙", "?kind=announcement", "?category=other", "?topic=绝密主题", "?year=2026", "?all=1", "?page=2", "?before=999999999", "?after=1", "?sort=relevance&q=外露")


def addresses(item: int, organ: str) -> list[str]:
    """Every public URL pattern, filled in for this item, with every sort of query."""
    found = []
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        path = str(pattern.pattern)
        for name in pattern.pattern.converters:
            value = NUMBERS[name].format(item=item, organ=organ)
            path = "".join(value if part.split(":")[-1] == name else part for part in path.replace(">", "<").split("<"))
        asking = "requests/" in path or path.startswith(("opinion/", "payments/"))  # 不读目录，只有提交前的提示读
        found += [f"/{path}{query}" for query in (QUERIES[:2] if asking else QUERIES)]
    return [*found, f"/items/{item}/document.pdf", f"/items/{item}/report.json", f"/items/{item}/files/2/绝不外露.png"]


FILES = (("绝不外露.pdf", b"%PDF-1.4 secret", "application/pdf"), ("绝不外露.png", b"\x89PNG secret", "image/png"))
HIDDEN = {
    "draft": lambda organ: making.item(organ, SECRET, state="draft", topic="绝密主题"),
    "in review": lambda organ: making.item(organ, SECRET, state="in_review"),
    "scheduled": lambda organ: making.item(organ, SECRET, state="scheduled", publish_at=datetime(2027, 1, 1, tzinfo=CST)),
    "withheld": lambda organ: making.item(organ, SECRET, state="filed", access="withheld", ground="denied_state_secret"),
    "on request": lambda organ: making.item(organ, SECRET, state="filed", access="on_request"),
    "expired, not yet swept": lambda organ: making.publication(organ, SECRET, files=FILES, topic="绝密主题", expires_on=TODAY - timedelta(days=1)),
    "withdrawn, not emptied": lambda organ: making.withdrawn(organ, SECRET, files=FILES, topic="绝密主题"),
}


@pytest.mark.parametrize("why", HIDDEN)
def test_what_is_not_public_leaves_by_no_address(client: Client, why: str) -> None:
    organ = making.organ()
    shown = making.publication(organ, "可以看到的公告")
    hidden = HIDDEN[why](organ)
    number = hidden.item_id if isinstance(hidden, Publication) else hidden.pk
    making.link(hidden, shown, "interprets")
    making.link(shown, hidden, "related")

    for address in addresses(number, organ.slug):
        response = client.get(address)
        said = response.content.decode(errors="replace")
        assert response.status_code in {200, 302, 304, 403, 404, 405, 410, 429}, address
        assert SECRET not in said, address
        assert "绝不外露.p" not in said, address
        assert b"secret" not in response.content, address
        if "绝密主题" not in address:
            assert "绝密主题" not in said, address
        if address.endswith(".xml") or "feed" in address:
            assert f"/items/{number}/" not in said, address


def test_a_page_of_a_public_item_says_nothing_of_links_to_what_is_not_public(client: Client) -> None:
    organ = making.organ()
    shown = making.publication(organ, "可以看到的公告")
    for make in HIDDEN.values():
        hidden = make(organ)
        making.link(hidden, shown, "interprets")
        making.link(shown, hidden, "amends")

    page = client.get(f"/items/{shown.item_id}/").content.decode()

    assert "可以看到的公告" in page
    assert SECRET not in page


def test_a_list_counts_only_what_is_public(db: None) -> None:
    organ = making.organ()
    for make in HIDDEN.values():
        make(organ)
    making.publication(organ, "甲")
    making.publication(organ, "乙", expires_on=TODAY)

    counted = public.tally(public.Filter(), TODAY)

    assert counted.total == 2
    assert {value.value for value in counted.facets["topic"]} == set()
    assert public.count_by_category([organ.pk], TODAY)["other"] == 2
    assert len(public.sitemap(1, TODAY)) <= 2


def test_counts_change_as_soon_as_something_is_withdrawn(db: None) -> None:
    organ = making.organ()
    gone = making.publication(organ, "甲")
    making.publication(organ, "乙")
    before = public.tally(public.Filter(), TODAY).total

    gone.withdrawn_at = datetime(2026, 11, 22, 10, tzinfo=CST)
    gone.save(update_fields=["withdrawn_at"])

    assert (before, public.tally(public.Filter(), TODAY).total) == (2, 1)


def test_what_was_withdrawn_answers_410_with_the_reason_and_nothing_else(client: Client) -> None:
    gone = making.withdrawn(making.organ(), SECRET, reason="原处罚决定已被撤销，依据行政处罚法第四十八条撤回公开。")

    response = client.get(f"/items/{gone.item_id}/")

    assert response.status_code == 410
    assert "行政处罚法第四十八条" in response.content.decode()
    assert SECRET not in response.content.decode()


def test_what_expired_answers_410_from_the_day_after_its_last(client: Client) -> None:
    organ = making.organ()
    last = making.publication(organ, "今天是最后一天", expires_on=TODAY)
    over = making.publication(organ, "昨天是最后一天", expires_on=TODAY - timedelta(days=1))

    assert client.get(f"/items/{last.item_id}/").status_code == 200
    assert client.get(f"/items/{over.item_id}/").status_code == 410


def test_files_are_those_of_the_published_version_only(client: Client) -> None:
    organ = making.organ()
    made = making.publication(organ, "有附件的公告", files=(("名单.pdf", b"%PDF-1.4 list", "application/pdf"), ("旧表.pdf", b"%PDF-1.4 old", "application/pdf")))
    made.item.attachments.filter(number=2).update(until=1)
    later = making.storage.put(b"%PDF-1.4 next revision", "application/pdf", making.NOON)
    made.item.attachments.create(number=3, file=later, name="下一版.pdf", since=2, by=made.item.author, at=making.NOON)

    statuses = [client.get(f"/items/{made.item_id}/files/{number}/{name}").status_code for number, name in ((1, "名单.pdf"), (2, "旧表.pdf"), (3, "下一版.pdf"), (1, "别的名字.pdf"))]

    assert statuses == [200, 404, 404, 404]


def test_every_public_address_is_walked_above() -> None:
    assert {name for pattern in urlpatterns for name in pattern.pattern.converters} <= set(NUMBERS)  # type: ignore[union-attr]
