"""The office words its own suggested sentences: another wording, none, one of its own, or the platform's again."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from gongkai.law.editions import SECTIONS
from gongkai.platform import journal
from gongkai.platform.annual import tokens
from gongkai.platform.annual.errors import Conflict, Invalid, NotAllowed, NotFound
from gongkai.platform.annual.models import Sentence
from gongkai.platform.annual.prose import SUGGESTIONS
from gongkai.platform.annual.states import WRITING
from gongkai.platform.organs.acting import Actor
from gongkai.platform.organs.requirements import check_moment

LONGEST = 600
MOST = 100  # 一个机关自己的
OWN = "own-"
_LOCKS = 0x676F
_DEFAULT = {each.key: each for each in SUGGESTIONS}


def change_sentence(actor: Actor, organ_id: int, key: str, *, section: int, text: str, seen: int, at: datetime) -> Sentence | None:
    """Word a sentence; empty takes it away. `key` empty: one more of the organ's own. `seen` is the entry that was shown (0: the platform's)."""
    return _entered(actor, organ_id, key, section, text, False, seen, at)


def restore_sentence(actor: Actor, organ_id: int, key: str, *, seen: int, at: datetime) -> Sentence | None:
    """The platform's own wording again."""
    if key not in _DEFAULT:
        raise NotFound
    return _entered(actor, organ_id, key, _DEFAULT[key].section, _DEFAULT[key].text, True, seen, at)


def _entered(actor: Actor, organ_id: int, key: str, section: int, text: str, restored: bool, seen: int, at: datetime) -> Sentence | None:
    check_moment(at)
    kinds = actor.kinds(organ_id)
    if not kinds:
        raise NotFound
    if not (able := sorted(kinds & WRITING)) or actor.person is None:
        raise NotAllowed("这些句子由“政府信息公开工作机构”修改。", "The disclosure office words these sentences.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, organ_id & 0x7FFFFFFF])
        key, words = key or _next(organ_id), "" if restored else _checked(key, section, text)
        last = Sentence.objects.filter(organ=organ_id, key=key).order_by("-pk").first()
        if last is None and key not in _DEFAULT and not words:
            raise NotFound
        if (last.pk if last else 0) != seen:
            raise Conflict("这一句刚才被别人改过；您写的没有保存，也没有丢失。请核对后再保存。", "Somebody changed this sentence meanwhile: check, and save again.")
        before, after = _holding(key, last), (section, _DEFAULT[key].text if restored else words)
        if before == after:
            return None
        made = Sentence.objects.create(organ_id=organ_id, key=key, section=section, text=words, restored=restored, by_id=actor.person, at=at)
        changes: dict[str, object] = {"key": key, "section": section, "text": [before[1], after[1]]}
        journal.record(actor.by(able[0]), "annual.change_sentence", f"annual.sentences:{organ_id}", chain=organ_id, at=at, changes=changes)
    return made


def _holding(key: str, last: Sentence | None) -> tuple[int, str]:
    """The section and the words that hold now."""
    default = _DEFAULT.get(key)
    if last is None or last.restored:
        return (default.section, default.text) if default else (0, "")
    return last.section, last.text


def _next(organ_id: int) -> str:
    used = Sentence.objects.filter(organ=organ_id, key__startswith=OWN).values("key").distinct().count()
    if used >= MOST:
        raise Invalid({"text": _("自拟的句子不超过 %(most)s 句。") % {"most": MOST}})
    return f"{OWN}{used + 1}"


def _checked(key: str, section: int, text: str) -> str:
    """The words, line by line; what cannot be right is named."""
    words = "\n".join(" ".join(line.split()) for line in text.replace("\0", "").splitlines() if line.strip())
    wrong: dict[str, str] = {}
    if not 1 <= section <= len(SECTIONS):
        wrong["section"] = _("年度报告有六个部分。")
    if not key and not words:
        wrong["text"] = _("请写一句话。")
    elif len(words) > LONGEST:
        wrong["text"] = _("不得超过 %(most)s 个字，现有 %(n)s 个。") % {"most": LONGEST, "n": len(words)}
    elif odd := [*tokens.malformed(words), *(name for name in dict.fromkeys(tokens.named(words)) if not tokens.known(name))]:
        wrong["text"] = _("没有这样的记号：%(names)s。可以用的记号列在下面。") % {"names": "、".join(odd[:5])}
    elif words.count("{{") != words.count("}}") or len(list(tokens.named(words))) != words.count("{{"):
        wrong["text"] = _("花括号没有成对：记号写成 {{published}} 这样。")
    if wrong:
        raise Invalid(wrong)
    return words
