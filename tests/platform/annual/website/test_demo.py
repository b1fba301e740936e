"""The demo's forms: made through the actions from the ledgers of the published reports, with nothing invented."""

from __future__ import annotations

from datetime import date

from gongkai.platform.annual.actions import entering
from gongkai.platform.annual.models import WebsiteForm, WebsitePublication
from gongkai.platform.annual.website.fields import BY_KEY
from gongkai.platform.demo import websites
from gongkai.platform.demo.figures import told
from gongkai.platform.organs.acting import Actor
from tests.platform.cases.factories import at, office


def test_one_is_published_and_one_is_filled_in_and_what_no_report_tells_is_blank(db: None) -> None:
    places = {slug: office(slug) for slug in websites.SITES}
    for slug, place in places.items():
        entering.enter(place.head, place.organ.pk, 2023, told(slug, 2023), at=at("2024-01-14"))

    def actor(login: str, _day: date) -> Actor:
        slug, _dash, duty = login.rpartition("-")
        return {"office": places[slug].head, "legal": places[slug].legal, "approver": places[slug].approver}[duty]

    for doing in sorted(websites.steps({slug: place.organ.pk for slug, place in places.items()}, actor), key=lambda each: each.at):
        doing.do()
    values = WebsitePublication.objects.get().data["values"]

    assert dict(WebsiteForm.objects.values_list("website__organ__slug", "state")) == {"shule": "published", "division-11": "draft"}
    assert {key: value for key, value in values.items() if value and BY_KEY[key].is_figure} == {
        "published_total": "1800+", "published_news": "800+", "published_catalogue": "1000+", "messages_received": "48", "messages_done": "48",
    }  # fmt: skip
    assert (values["site_name"], values["media_any"], values["site_code"], values["filled_on"]) == ("疏勒县政府门户网站", "yes", None, "2024-01-25")
