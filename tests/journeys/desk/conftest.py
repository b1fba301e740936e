"""A county on the module's site: two organs, their people, items in every state; made through the actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from gongkai.platform.catalogue import actions
from gongkai.platform.catalogue.choices import Kind, State
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.models import Person
from tests.journeys.conftest import Site, _session
from tests.platform.catalogue.factories import DRAFT, County, brought_to, county

BODY = (
    "<p>各乡镇人民政府，县直各部门：</p><p>为做好今年冬季供暖工作，保障群众温暖过冬，现就有关事项通知如下。</p>"
    "<h2>一、提前检修管网</h2><p>供热企业应当在十一月底前完成全部换热站和主干管网的检修，检修结果报县住房和城乡建设局备案。</p>"
    "<h3>（一）责任分工</h3><p>各街道办事处负责辖区内的入户排查。</p>"
    "<table><thead><tr><th>片区</th><th>责任单位</th><th>完成时间</th></tr></thead><tbody><tr><td>城东片区</td><td>城东街道办事处</td><td>11月20日</td></tr>"
    '<tr><td>城西片区</td><td>城西街道办事处</td><td>11月25日</td></tr></tbody></table><p>二、公布服务电话</p><p class="align-right">云溪县住房和城乡建设局</p>'
)


@pytest.fixture(scope="module")
def place(site: Site) -> County:
    """Two organs and their people."""
    return county()


@pytest.fixture(scope="module")
def filled(place: County) -> dict[State, int]:
    """An item in every state, of different ages; the ids by state."""
    now = timezone.now()
    found = {}
    for number, state in enumerate(State):
        at = now - timedelta(days=0 if state is State.SCHEDULED else number * 9, hours=3)
        formed = timezone.localdate(at) - timedelta(days=2)
        draft = replace(
            DRAFT,
            title=f"关于做好冬季供暖工作的通知（{state.value}）",
            body=BODY,
            formed_on=formed,
            document_number=f"云住建发〔2026〕{number + 1}号",
        )
        found[state] = brought_to(place, state, draft, at).pk
    actions.save(
        place.editor,
        found[State.RETURNED],
        replace(
            DRAFT,
            title="关于做好冬季供暖工作的紧急通知",
            body=BODY.replace("十一月底前", "十一月二十日前"),
            document_number="云住建发〔2026〕2号",
            formed_on=timezone.localdate(now) - timedelta(days=11),
        ),
        based_on=1,
        at=now,
    )
    late = replace(
        DRAFT,
        title="2026年第二批保障性住房分配结果公示",
        kind=Kind.ANNOUNCEMENT,
        category="livelihood",
        body=BODY,
        formed_on=date(2026, 1, 5),
    )
    actions.create(place.editor, place.bureau.pk, late, at=now - timedelta(days=1))
    actions.attach(place.editor, found[State.DRAFT], "片区责任表.csv", "片区,单位\n城东,街道\n".encode(), at=now)
    return found


@pytest.fixture
def enter(site: Site) -> Callable[[Page, Actor], Page]:
    """Signs an actor of the county in, by a session."""

    def entered(page: Page, who: Actor) -> Page:
        key = _session(Person.objects.get(pk=who.person).login)
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": site.url}])
        return page

    return entered
