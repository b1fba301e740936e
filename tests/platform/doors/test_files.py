"""Every door for files, with every file that should not come in: refused in Chinese beside the field, and nothing of it is kept."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from . import files
from .asking import Doors
from .world import World

KEPT = ("catalogue.item", "catalogue.attachment", "cases.request", "cases.casefile", "cases.template", "cases.batch", "cases.unfiledfile", "cases.event", "annual.figureentry",
        "annual.figurebatch", "annual.received", "organs.organ", "organs.person", "organs.batch", "organs.holiday")  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")
HOSTILE = files.hostile()
TABLE_OK = frozenset({"two endings"})  # 按内容认的，名称另取


def doors(there: World) -> Mapping[str, tuple[str, str, str, dict[str, Any]]]:
    """Who, where, the field, and what goes with it."""
    organ, rich, today = there.place.organ.slug, there.cases.rich, timezone.localdate().isoformat()
    item = there.values["item_id"][0]
    applicant = {"channel": "in_person", "on": today, "applicant_kind": "natural", "name": "柳如烟", "title": "某方案", "form": "paper", "obtaining": "in_person", "as_received": "on"}
    return {
        "register of cases": ("everything", f"/desk/organs/{organ}/requests/import/", "file", {}),
        "figures": ("everything", f"/desk/organs/{organ}/figures/2023/import/", "file", {}),
        "catalogue, table": ("everything", f"/desk/organs/{organ}/items/import/", "table", {"do": "import"}),
        "catalogue, folder": ("everything", f"/desk/organs/{organ}/items/import/", "archive", {"do": "import", "kind": "normative", "category": "normative", "formed_on": today}),
        "organs": ("administrator", "/desk/admin/imports/organs/", "file", {}),
        "people": ("administrator", "/desk/admin/imports/people/", "file", {}),
        "holidays": ("administrator", "/desk/admin/holidays/", "file", {"calendar": "cn", "source": "国办发明电〔2026〕9号"}),
        "report received": ("everything", f"/desk/organs/{organ}/annual/board/2023/", "file", {"year": "2023"}),
        "letter's text": ("everything", f"/desk/organs/{organ}/requests/letters/extension/", "file", {"since": today}),
        "text of an item": ("everything", f"/desk/organs/{organ}/items/new/", "docx", {"do": "read"}),
        "attachment": ("everything", f"/desk/items/{item}/files/", "files", {}),
        "file of a case": ("everything", f"/desk/requests/{rich}/do/add_file/", "file", {"kind": "application"}),
        "scan at the counter": ("everything", f"/desk/organs/{organ}/requests/new/", "application", applicant),
        "proof of identity at the counter": ("everything", f"/desk/organs/{organ}/requests/new/", "identity", applicant),
        "proof of identity on line": ("nobody", f"/organs/{organ}/requests/new/person/", "identity", {"name": "柳如烟"}),
        "paper of an applicant": ("applicant", f"/requests/{there.applicant}/add_file/", "files", {}),
        "opinion": ("nobody", f"/opinion/{there.values['token'][0]}/", "files", {"answer": "objects", "text": "涉及商业秘密"}),
        "evidence of a channel": ("everything", f"/desk/items/{there.values['public'][0]}/do/record_channel/", "evidence", {"channel": "wechat", "published_at": f"{today}T09:30"}),
        "paper of a remedy": ("everything", f"/desk/remedies/{there.values['remedy_id'][0]}/record/", "file", {"kind": "noted", "on": today, "text": "说明"}),
    }  # fmt: skip


def counted() -> dict[str, int]:
    return {name: apps.get_model(name).objects.count() for name in KEPT}


def said(answer: HttpResponse) -> str:
    """The words of the refusal: beside a field, at the top, or as a message."""
    page = answer.content.decode(errors="replace")
    found = re.findall(r'class="[^"]*(?:error|wrong|notice-late|message)[^"]*"[^>]*>(.*?)</(?:p|ul|div|li|span)>', page, re.S)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", each) for each in found))


DOORS = ("register of cases", "figures", "catalogue, table", "catalogue, folder", "organs", "people", "holidays", "report received", "letter's text", "text of an item", "attachment",
         "file of a case", "scan at the counter", "proof of identity at the counter", "proof of identity on line", "paper of an applicant", "opinion", "evidence of a channel", "paper of a remedy")  # fmt: skip
MAY_FIT = frozenset({"a cell far out", "a cell far out, hidden", "a letter", "a picture", "strange signs", "merged", "formulas", "empty table", "rows", "columns", "a very long name", "a name with signs", "doubled", "many files",
                     "only a mark", "one long line", "quotes left open", "days that are not", "broken UTF-8", "no scalar", "endless number", "a page", "names leading out", "no name", "nested"})  # fmt: skip
TABLES = ("register of cases", "figures", "catalogue, table", "organs", "people", "holidays")


@pytest.mark.parametrize("door", DOORS)
def test_a_file_that_cannot_be_is_refused_in_words_and_leaves_nothing(there: World, door: str) -> None:
    who, address, field, more = doors(there)[door]
    client, asked, before, wrong = there.client(who), Doors(), counted(), []
    for what, (name, data) in HOSTILE.items():
        left: list[dict[str, int]] = []
        answer = asked.ask(client, "post", address, {**more, field: SimpleUploadedFile(name or "x", data)}, what, after=lambda left=left: left.append(counted()))
        if answer is None or answer.status_code in (302, 303) or "html" not in answer.headers.get("Content-Type", ""):
            if door in TABLES and answer is not None and answer.status_code == 302:
                wrong.append(f"{what}: taken")
            continue
        if left and left[0] != before and (door in TABLES or what not in MAY_FIT):
            wrong.append(f"{what}: kept {[key for key in before if before[key] != left[0][key]]}")
        if not CHINESE.search(said(answer)):
            wrong.append(f"{what}: said nothing ({answer.status_code})")

    assert asked.wrong == []
    assert wrong == []


def test_a_field_for_a_file_takes_no_text_and_no_file_at_all(there: World) -> None:
    asked = Doors()
    for who, address, field, more in doors(there).values():
        client: Client = there.client(who)
        asked.post(client, address, more, "no file")
        asked.post(client, address, {**more, field: "不是文件"}, "text in its place")
        asked.post(client, address, {**more, field: ["甲", "乙"]}, "texts in its place")

    assert asked.wrong == []


def test_an_empty_form_says_nothing_that_could_be_taken_for_a_refusal(there: World) -> None:
    wrong = []
    for name, (who, address, _field, _more) in doors(there).items():
        answer = there.client(who).get(address)
        if answer.status_code == 200 and CHINESE.search(said(answer)):
            wrong.append((name, said(answer)[:80]))

    assert wrong == []
