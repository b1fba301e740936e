"""后台任务: the administrator sees what failed and may try again; for everybody else the page is not there."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.platform.organs.acting import Actor, actor_of
from gongkai.platform.organs.models import Person, Role
from gongkai.platform.organs.roles import RoleKind
from tests.platform.catalogue.factories import County


@pytest.fixture
def administrator(place: County) -> Actor:
    person = Person.objects.create(login="admin-work", name="管理员", created_at=datetime(2020, 1, 1, tzinfo=UTC))
    Role.objects.create(person=person, kind=RoleKind.ADMINISTRATOR.value, since=date(2020, 1, 1))
    return actor_of(person, date(2026, 11, 22))


def job() -> int:
    return app.configure_task("catalogue.publish_scheduled", allow_unknown=True, queue="platform").defer(item_id=1)


def test_the_administrator_sees_the_jobs_and_never_their_arguments(
    administrator: Actor, enter: object, django_assert_max_num_queries: object
) -> None:
    number, client = job(), enter(administrator)
    with django_assert_max_num_queries(14):
        answer = client.get("/desk/work/")

    assert answer.status_code == 200
    assert f"{number}" in answer.content.decode()
    assert "item_id" not in answer.content.decode()


@pytest.mark.parametrize("asked", ["?state=failed", "?state=todo&page=2", "?state=nothing&page=x", "?page=99999999999"])
def test_whatever_is_asked_for_gives_a_page(administrator: Actor, enter: object, asked: str) -> None:
    assert enter(administrator).get(f"/desk/work/{asked}").status_code == 200


def test_a_job_that_has_not_failed_is_not_retried(administrator: Actor, enter: object) -> None:
    number, client = job(), enter(administrator)
    answer = client.post("/desk/work/", {"retry": str(number)}, follow=True)

    assert "只有失败的任务可以重试" in answer.content.decode()
    assert ProcrastinateJob.objects.get(pk=number).status == "todo"


def test_for_everybody_else_the_page_is_not_there(place: County, enter: object) -> None:
    assert enter(place.editor).get("/desk/work/").status_code == 404
    assert Client().get("/desk/work/").status_code == 302
