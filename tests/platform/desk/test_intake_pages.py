"""What comes in by the desk in bulk or from Word: tried first, told row by row, kept as drafts."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.test import Client
from django.utils import timezone
from docx import Document
from PIL import Image

from gongkai.platform.catalogue.models import Attachment, Item, Word
from gongkai.platform.organs.acting import Actor
from tests.platform.catalogue.factories import County, drafted

Enter = Callable[[Actor], Client]


def word_file(picture: bool = False) -> io.BytesIO:
    """A small official document as Word keeps it."""
    document = Document()
    for line in ("关于加强消防安全检查的通知", "云住建发〔2026〕40号", "各单位：", "一、总体要求", "请认真落实。"):
        document.add_paragraph(line)
    if picture:
        image = io.BytesIO()
        Image.new("RGB", (20, 20), "#17653a").save(image, "PNG")
        image.seek(0)
        document.add_picture(image)
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    out.name = "消防通知.docx"
    return out


def test_a_word_file_fills_the_form_and_nothing_is_saved_yet(place: County, enter: Enter) -> None:
    answer = enter(place.editor).post(
        f"/desk/organs/{place.bureau.slug}/items/new/", {"do": "read", "access": "proactive", "docx": word_file()}
    )
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "请认真落实。" in page
    assert "关于加强消防安全检查的通知" in page
    assert not Item.objects.exists()


def test_the_pictures_of_a_word_file_come_with_it(place: County, enter: Enter) -> None:
    item = drafted(place, at=timezone.now())
    form = {
        "do": "read",
        "title": item.title,
        "kind": "document",
        "formed_on": "2026-11-01",
        "access": "proactive",
        "based_on": "1",
        "docx": word_file(True),
    }
    answer = enter(place.editor).post(f"/desk/items/{item.pk}/edit/", form)

    assert answer.status_code == 302
    assert Attachment.objects.get(item=item).inline
    assert f'src="/files/{item.pk}/1"' in Item.objects.get(pk=item.pk).current.body


def test_a_file_that_is_no_word_file_is_refused_and_the_form_is_kept(place: County, enter: Enter) -> None:
    file = io.BytesIO(b"%PDF-1.4 nothing")
    file.name = "x.docx"
    answer = enter(place.editor).post(
        f"/desk/organs/{place.bureau.slug}/items/new/",
        {"do": "read", "title": "保留的标题", "access": "proactive", "docx": file},
    )

    assert answer.status_code == 422
    assert "保留的标题" in answer.content.decode()


def test_a_table_is_tried_before_it_is_imported(place: County, enter: Enter) -> None:
    client = enter(place.editor)
    address = f"/desk/organs/{place.bureau.slug}/items/import/"
    template = client.get(f"{address}template.xlsx")
    table = io.BytesIO(template.content)
    table.name = "表.xlsx"
    answer = client.post(address, {"do": "try", "table": table})

    assert template.content[:2] == b"PK"
    assert answer.status_code in (200, 422)
    assert not Item.objects.exists()


def test_one_of_the_two_is_asked_for(place: County, enter: Enter) -> None:
    answer = enter(place.editor).post(f"/desk/organs/{place.bureau.slug}/items/import/", {"do": "try"})

    assert answer.status_code == 422
    assert "二者选一" in answer.content.decode()


def test_only_the_disclosure_office_keeps_the_word_list(place: County, enter: Enter) -> None:
    address = f"/desk/organs/{place.bureau.slug}/words/"
    word = {"kind": "typo", "wrong": "帐目", "right": "账目"}
    refused = enter(place.editor).post(address, word)
    taken = enter(place.office).post(address, word)

    assert refused.status_code == 403
    assert taken.status_code == 302
    assert Word.objects.get().right == "账目"
