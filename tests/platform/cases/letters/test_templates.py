"""An organ's own text: downloaded, edited in Word, uploaded with its days; refused with a list; ours otherwise."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest
from docx.shared import Mm
from PIL import Image

from gongkai.platform.cases.actions import letters, templates
from gongkai.platform.cases.actions.templates import Heading
from gongkai.platform.cases.errors import Invalid, NotAllowed, NotFound, NotNow
from gongkai.platform.cases.letters import checking, laying, versions
from gongkai.platform.cases.letters.filling import W
from gongkai.platform.cases.models import Letter, Template
from gongkai.platform.cases.queries import letters as asking
from gongkai.platform.cases.queries import templates as reading
from gongkai.platform.journal.models import Entry
from gongkai.platform.organs import actions as organs
from gongkai.platform.organs.acting import MACHINE
from gongkai.platform.organs.facts import OrganFacts
from gongkai.platform.organs.models import Organ
from tests.platform.cases.factories import at, entered, office

from .hands import drafted

FROM = date(2026, 1, 1)


def edited(key: str, *changes: tuple[str, str], more: str = "") -> bytes:
    """Our template as somebody has changed it in Word."""
    document = docx.Document(io.BytesIO(laying.template(key)))
    for paragraph in document.paragraphs:
        for before, after in changes:
            if before in paragraph.text:
                paragraph.text = paragraph.text.replace(before, after)
    if more:
        document.add_paragraph(more)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def text_of(letter: Letter) -> str:
    from gongkai.platform.cases import keeping

    assert letter.docx is not None
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(keeping.read(letter.docx))).paragraphs)


@pytest.mark.django_db
class TestVersions:
    def test_round_trip_through_word_and_into_a_letter(self) -> None:
        place = office()
        data = edited("extension", ("特此告知。", "本机关为此致歉。"))
        templates.upload(place.legal, place.organ.pk, "extension", "延期.docx", data, since=FROM, note="口径调整", at=at("2026-03-01"))
        case = entered(place)
        letter = letters.sign(place.head, case.pk, drafted(place, case, "extension", "2026-03-10").pk, at=at("2026-03-10"))

        assert "本机关为此致歉。" in text_of(letter)
        assert letter.template is not None
        assert b"%PDF" in asking.file(place.officer, case.pk, letter.pk, "pdf").data[:8]

    def test_what_holds_on_the_letters_day_is_used(self) -> None:
        place = office()
        old = templates.upload(place.legal, place.organ.pk, "extension", "a.docx", edited("extension", ("特此", "旧特此")), since=FROM, until=date(2026, 3, 9), at=at("2026-01-05"))
        new = templates.upload(place.legal, place.organ.pk, "extension", "b.docx", edited("extension", ("特此", "新特此")), since=date(2026, 3, 12), at=at("2026-01-05"))
        days = ("2025-12-31", "2026-01-01", "2026-03-09", "2026-03-10", "2026-03-12")
        held = [versions.template_on(place.organ, "extension", date.fromisoformat(day)) for day in days]

        assert [each.pk if each else None for each in held] == [None, old.pk, old.pk, None, new.pk]

    def test_the_organs_under_it_use_it_until_they_have_their_own(self) -> None:
        place = office()
        facts = OrganFacts(name="某局", slug="bureau", level="county", kind="department", area_parent=place.organ.pk, index_pattern="{slug}/{year}-{serial:05d}")
        below = Organ.objects.get(pk=organs.create_organ(MACHINE, facts, at=at("2026-01-05")).pk)
        above = templates.upload(place.legal, place.organ.pk, "denied", "a.docx", laying.template("denied"), since=FROM, at=at("2026-01-05"))

        assert versions.template_on(below, "denied", FROM) == above
        own = Template.objects.create(organ=below, key="denied", version=1, since=FROM, docx=laying.template("denied"), digest="0" * 64, by_id=place.legal.person, at=at("2026-01-06"))
        assert versions.template_on(below, "denied", FROM) == own
        assert versions.template_on(office("other").organ, "denied", FROM) is None

    def test_an_ended_version_is_used_no_more_and_ended_once(self) -> None:
        place = office()
        made = templates.upload(place.head, place.organ.pk, "fee", "a.docx", laying.template("fee"), since=FROM, at=at("2026-01-05"))
        templates.end(place.legal, made.pk, at=at("2026-02-01"))

        assert versions.template_on(place.organ, "fee", date(2026, 1, 20)) is None
        with pytest.raises(NotNow):
            templates.end(place.legal, made.pk, at=at("2026-02-01"))

    def test_only_the_organs_own_legal_office_and_disclosure_office_keep_them(self) -> None:
        place, other = office(), office("other")
        made = templates.upload(place.legal, place.organ.pk, "fee", "a.docx", laying.template("fee"), since=FROM, at=at("2026-01-05"))

        for actor in (place.officer, place.approver, place.editor, other.legal):
            with pytest.raises(NotAllowed):
                templates.upload(actor, place.organ.pk, "fee", "a.docx", laying.template("fee"), since=FROM, at=at("2026-01-05"))
        with pytest.raises(NotFound):
            templates.end(other.legal, made.pk, at=at("2026-02-01"))
        with pytest.raises(NotFound):
            reading.templates(other.legal, place.organ.pk, FROM)

    def test_the_keepers_see_every_letter_its_places_and_files(self) -> None:
        place = office()
        made = templates.upload(place.legal, place.organ.pk, "fee", "a.docx", laying.template("fee"), since=FROM, at=at("2026-01-05"))
        told = {each.key: each for each in reading.templates(place.legal, place.organ.pk, date(2026, 3, 1))}

        assert len(told) == 27
        assert told["fee"].now == made.pk
        assert told["granted"].now is None
        assert "收费计算.标准" in told["fee"].required
        assert reading.uploaded(place.legal, place.organ.pk, made.pk).data == bytes(made.docx)
        assert reading.built_in(place.legal, place.organ.pk, "granted").data[:2] == b"PK"
        assert Entry.objects.filter(verb="cases.upload_template").exists()


class TestRefused:
    """A template is refused with everything that is wrong with it, said at once."""

    def test_unknown_and_lacking_places_are_listed(self) -> None:
        said = " ".join(checking.problems("denied", edited("denied", ("{{理由}}", "略"), ("{{救济途径}}", ""), more="{{身份证号码}}和{{申请内容.文}}")))

        assert "{{身份证号码}}" in said
        assert "{{申请内容.文}}" in said
        assert "{{理由}}" in said
        assert "{{救济途径}}" in said

    def test_the_words_that_the_law_wants_cannot_be_dropped(self) -> None:
        said = " ".join(checking.problems("correction", edited("correction", ("视为放弃申请，本机关不再处理该政府信息公开申请", "后果自负"))))

        assert "无正当理由逾期不补正的后果" in said

    @pytest.mark.parametrize("text", ["{{申请 人}}", "{{理由}", "{理由}}", "{{}}", "{{a.b.c}}", "{{理由|safe}}x{{ 1+1 }}", "{% if x %}{{理由"])
    def test_braces_that_do_not_name_a_place(self, text: str) -> None:
        assert checking.problems("denied", edited("denied", more=text))

    def test_two_kinds_of_rows_in_one_line(self) -> None:
        assert "逐项重复" in " ".join(checking.problems("partial", edited("partial", more="{{不予公开部分.内容}}{{提供的政府信息.名称}}")))

    @pytest.mark.parametrize(
        ("xml", "word"),
        [
            ("<w:ins w:id='1' w:author='甲'><w:r><w:t>改</w:t></w:r></w:ins>", "修订"), ("<w:r><w:commentReference w:id='1'/></w:r>", "批注"),
            ("<w:r><w:pict/></w:r>", "图片"), ("<w:r><w:instrText> INCLUDETEXT c:/x.docx </w:instrText></w:r>", "域"),
            ("<w:r><w:instrText> DDEAUTO cmd </w:instrText></w:r>", "域"), ("<w:fldSimple w:instr='MERGEFIELD 姓名'/>", "域"),
            ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>", "隐藏"), ("<w:pPr><w:numPr/></w:pPr>", "自动编号"),
        ],
    )  # fmt: skip
    def test_what_word_can_do_and_a_letter_must_not(self, xml: str, word: str) -> None:
        from docx.oxml import parse_xml

        document = docx.Document(io.BytesIO(laying.template("granted")))
        paragraph = document.paragraphs[5]._p
        for child in parse_xml(f'<w:p xmlns:w="{W[1:-1]}">{xml}</w:p>'):
            paragraph.append(child)

        assert word in " ".join(checking.problems("granted", saved(document)))

    def test_places_in_a_running_head_are_refused(self) -> None:
        document = docx.Document(io.BytesIO(laying.template("granted")))
        document.sections[0].header.is_linked_to_previous = False
        document.sections[0].header.paragraphs[0].text = "{{申请人}}"

        assert "页眉" in " ".join(checking.problems("granted", saved(document)))

    @pytest.mark.django_db
    @pytest.mark.parametrize("kind", ["text", "picture", "macro", "not a docx", "picture inside", "bomb"])
    def test_hostile_files_never_become_templates(self, kind: str) -> None:
        place = office()

        with pytest.raises(Invalid) as refused:
            templates.upload(place.legal, place.organ.pk, "granted", "t.docx", hostile(kind), since=FROM, at=at("2026-01-05"))
        assert list(refused.value.fields) == ["file"]
        assert not Template.objects.exists()


def hostile(kind: str) -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (40, 40)).save(picture, "PNG")
    match kind:
        case "text":
            return "{{申请人}}".encode()
        case "picture":
            return picture.getvalue()
        case "not a docx":
            return b"PK\x03\x04 something else"
        case "picture inside":
            document = docx.Document(io.BytesIO(laying.template("granted")))
            document.add_picture(picture, width=Mm(10))
            return saved(document)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(laying.template("granted"))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/vbaProject.bin" if kind == "macro" else "word/big.xml", b"\0" * (100 if kind == "macro" else 300_000_000))
    return out.getvalue()


@pytest.mark.django_db
class TestLetterheads:
    """文书设置: what the organ prints, each with its first day."""

    def test_what_is_set_is_printed_from_its_day_on(self) -> None:
        place = office()
        heading = Heading("松荫府", "某某市人民政府", "松荫县人民法院", "某某市行政复议平台", "某银行某账户")
        templates.set_letterhead(place.legal, place.organ.pk, heading, since=date(2026, 3, 5), at=at("2026-03-01"))
        case = entered(place)
        before, after = (asking.drafting(place.officer, case.pk, "denied", "denied_process_info", today=date(2026, 3, day)) for day in (4, 5))
        letter = letters.sign(place.head, case.pk, drafted(place, case, "receipt", "2026-03-06").pk, at=at("2026-03-06"))

        assert (before.values.get("复议机关"), after.values["复议机关"]) == (None, "某某市人民政府")
        assert "松荫县人民法院" in str(after.autos["救济途径"])
        assert "（可以通过某某市行政复议平台提出）" in str(after.autos["救济途径"])
        assert letter.number == "松荫府公收〔2026〕1号"

    def test_a_department_without_settings_names_its_government(self) -> None:
        place = office()
        facts = OrganFacts(name="某局", slug="bureau", level="county", kind="department", area_parent=place.organ.pk, index_pattern="{slug}/{year}-{serial:05d}")
        below = Organ.objects.get(pk=organs.create_organ(MACHINE, facts, at=at("2026-01-05")).pk)
        from gongkai.platform.cases.letters.letterheads import head_on

        assert head_on(below, FROM).body == place.organ.name

    @pytest.mark.parametrize(
        ("key", "text"),
        [
            ("denied_process_info", "向{body}或者{court}"), ("petition", "没有空"), ("petition", "{body.__class__}{court}"), ("petition", "{body}{court}{0}"),
            ("petition", "{body}{court}{"), ("nothing", "{body}{court}"),
        ],
    )  # fmt: skip
    def test_own_remedy_texts_only_where_the_core_leaves_them_open(self, key: str, text: str) -> None:
        place = office()

        with pytest.raises(Invalid):
            templates.set_letterhead(place.legal, place.organ.pk, Heading(wording={key: text}), since=FROM, at=at("2026-01-05"))

    def test_own_words_are_printed_for_their_reply(self) -> None:
        place = office()
        own = Heading(body="某府", court="某院", wording={"petition": "不服的，可以向{body}复议{channel}，或者向{court}起诉。"})
        templates.set_letterhead(place.legal, place.organ.pk, own, since=FROM, at=at("2026-01-05"))
        case = entered(place)
        told = asking.drafting(place.officer, case.pk, "petition", today=date(2026, 3, 10))

        assert told.autos["救济途径"] == "不服的，可以向某府复议，或者向某院起诉。"
