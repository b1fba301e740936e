"""Who may read the journal: an organ's disclosure office its chain; the administrator the platform's own, without any content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongkai.platform.journal import queries as journal
from gongkai.platform.journal.heads import Head, heads
from gongkai.platform.journal.models import PLATFORM_CHAIN
from gongkai.platform.journal.queries import Sought, Told
from gongkai.platform.journal.verify import Proof, verify
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.errors import NotAllowed, NotFound
from gongkai.platform.organs.models import Organ, Person
from gongkai.platform.organs.roles import RoleKind
from gongkai.platform.pages.paging import Page

PROVED_ON_PAGE = 100_000  # 更长的链用命令核验


def entries(actor: Actor, sought: Sought, page: int = 1) -> Page[Told]:
    """A page of what the actor may read."""
    return journal.entries(_allowed(actor, sought), page)


def every_entry(actor: Actor, sought: Sought) -> Iterator[Told]:
    return journal.every_entry(_allowed(actor, sought))


def verbs(actor: Actor, organ_id: int | None) -> tuple[tuple[str, str], ...]:
    return journal.verbs_in(_allowed(actor, Sought(chain=organ_id)))


def head(actor: Actor, organ_id: int | None) -> Head | None:
    """Where the chain ends now."""
    _allowed(actor, Sought(chain=organ_id))
    chain = PLATFORM_CHAIN if organ_id is None else organ_id
    return next((each for each in heads() if each.chain == chain), None)


def prove(actor: Actor, organ_id: int | None) -> Proof:
    """One chain proved, for its page."""
    _allowed(actor, Sought(chain=organ_id))
    found = head(actor, organ_id)
    if found is not None and found.number > PROVED_ON_PAGE:
        raise NotAllowed("这条链太长，请在服务器上运行 gongkai journal verify。", "The chain is long: run gongkai journal verify on the server.")
    return verify(PLATFORM_CHAIN if organ_id is None else organ_id)


def all_heads(actor: Actor) -> tuple[Head, ...]:
    """Every chain's end, for keeping elsewhere: numbers and digests, no content."""
    if not actor.administers:
        raise NotAllowed("只有系统管理员可以取得全部链头。", "Only an administrator takes all heads.")
    return heads()


def named(told: Page[Told]) -> dict[str, str]:
    """What the organs and people of a page are called, by the subject that names them."""
    organs = {str(each.chain) for each in told.rows} | _numbers(told, "organs.organ:")
    found = {f"organs.organ:{pk}": name for pk, name in Organ.objects.filter(pk__in=organs).values_list("pk", "short_name")}
    people = Person.objects.filter(pk__in=_numbers(told, "organs.person:")).values_list("pk", "name")
    return found | {f"organs.person:{pk}": name for pk, name in people}


def _numbers(told: Page[Told], kind: str) -> set[str]:
    return {each.subject.removeprefix(kind) for each in told.rows if each.subject.startswith(kind)}


def _allowed(actor: Actor, sought: Sought) -> Sought:
    if sought.chain is None:
        if not actor.administers:
            raise NotAllowed("只有系统管理员可以查看平台的操作日志。", "Only an administrator reads the platform's journal.")
        return sought
    if not actor.kinds(sought.chain):
        raise NotFound
    if RoleKind.DISCLOSURE_OFFICE not in actor.kinds(sought.chain):
        raise NotAllowed("本机关的操作日志由政府信息公开工作机构查看。", "The organ's journal is read by its disclosure office.")
    return replace(sought)
