"""Bulk import: the template, a dry run row by row, a real run all or nothing, folders of Word files, limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from gongkai.platform.catalogue import actions, pictures, queries, sheets
from gongkai.platform.catalogue.choices import State
from gongkai.platform.catalogue.errors import Invalid, NotAllowed, NotFound
from gongkai.platform.catalogue.models import Attachment, Item, Publication, StoredFile
from gongkai.platform.journal.models import Entry
from gongkai.platform.journal.verify import verify

from .factories import NOW, County, brought_to, walk
from .test_files import png, word

GOOD = {"标题": "关于供暖的通知", "体裁": "行政规范性文件", "公开属性": "主动公开", "生成日期": "2026-11-10", "法定主动公开内容": "行政法规、规章和规范性文件", "正文": "第一段\n第二段 <b>"}


def table(*rows: Mapping[str, object]) -> bytes:
    """An XLSX with the headings of its rows."""
    out = io.BytesIO()
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings)
        for place, row in enumerate(rows, start=1):
            for column, heading in enumerate(headings):
                value = row.get(heading, "")
                if isinstance(value, date):
                    sheet.write_datetime(place, column, value)  # type: ignore[arg-type]
                else:
                    sheet.write(place, column, value)
    return out.getvalue()


def archive(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


class TestTheTemplate:
    def test_it_has_every_column_and_can_be_read_back(self) -> None:
        rows = sheets.read(actions.import_template())

        assert len(rows) == 1
        assert rows[0].cells["title"].startswith("云溪县人民政府办公室")
        book = CalamineWorkbook.from_filelike(io.BytesIO(actions.import_template()))
        assert book.sheet_names == ["信息", "填写说明", "选项"]

    def test_its_own_example_is_not_imported_but_would_be_good(self, place: County) -> None:
        with pytest.raises(Invalid) as refused:
            actions.import_table(place.editor, place.bureau.pk, actions.import_template(), at=NOW)
        assert "示例" in refused.value.fields["table"]
        row = {column.heading: column.example for column in sheets.COLUMNS if column.example} | {"附件": "附表.xlsx", "标题": "自己的标题"}
        files = {"供暖通知.docx": word("正文。"), "附表.xlsx": table({"甲": 1})}
        found = actions.import_table(place.editor, place.bureau.pk, table(row), files, at=NOW)

        assert found.rows[0].errors == ()


class TestTables:
    def test_a_dry_run_says_what_would_happen_and_writes_nothing(self, place: County) -> None:
        data = table(
            GOOD,
            GOOD | {"标题": "", "体裁": "诗歌", "生成日期": "去年"},
            GOOD | {"标题": "缺附件的", "附件": "没有.pdf"},
        )
        found = actions.import_table(place.editor, place.bureau.pk, data, at=NOW)

        assert (found.wrong, found.done, found.dry_run) == (2, False, True)
        assert found.rows[0].errors == ()
        assert [row.number for row in found.rows] == [2, 3, 4]
        assert "体裁：没有“诗歌”这一项。" in found.rows[1].errors
        assert any("去年" in error for error in found.rows[1].errors)
        assert "附件：压缩包里没有“没有.pdf”。" in found.rows[2].errors
        assert not Item.objects.exists()
        assert not StoredFile.objects.exists()

    def test_a_real_run_with_one_wrong_row_writes_nothing_either(self, place: County) -> None:
        found = actions.import_table(place.editor, place.bureau.pk, table(GOOD, GOOD | {"体裁": "诗歌"}), at=NOW, dry_run=False)

        assert (found.created, found.done) == (0, False)
        assert not Item.objects.exists()

    def test_a_real_run_makes_drafts_with_texts_files_and_journal(self, place: County) -> None:
        files = archive({"文件夹/通知.docx": word("现通知如下。", picture=png()), "附表.txt": b"1", "多余.txt": b"2"})
        data = table(GOOD | {"正文": "", "正文文件": "通知.docx", "附件": "附表.txt", "主题词": "供暖,通知"}, GOOD | {"生成日期": date(2026, 11, 9)})
        found = actions.import_table(place.editor, place.bureau.pk, data, files, at=NOW, dry_run=False)

        assert found.created == 2
        assert found.unused == ("多余.txt",)
        first, second = (queries.item(place.editor, row.item, NOW) for row in found.rows if row.item)
        assert "现通知如下" in first.revision.draft.body
        assert pictures.named(first.revision.draft.body) == {(first.id, 1)}
        assert [(each.name.endswith(".png"), each.inline) for each in first.attachments] == [(True, True), (False, False)]
        assert first.revision.draft.keywords == "供暖、通知"
        assert second.revision.draft.body == "<p>第一段</p><p>第二段 &lt;b&gt;</p>"
        assert second.revision.draft.formed_on == date(2026, 11, 9)
        assert (first.state, first.mine) == (State.DRAFT, True)
        assert Entry.objects.filter(verb="catalogue.create").count() == 2
        assert verify().holds
        assert not Publication.objects.exists()

    def test_foreign_index_numbers_are_kept_for_ever(self, place: County) -> None:
        data = table(GOOD | {"索引号": "-68728705-1/2019-00009"})
        found = actions.import_table(place.editor, place.bureau.pk, data, at=NOW, dry_run=False)
        item = Item.objects.get(pk=found.rows[0].item)
        assert item.index_number == "-68728705-1/2019-00009"
        again = actions.import_table(place.editor, place.bureau.pk, data, at=NOW)
        item = walk(place, item, State.PUBLISHED, NOW)

        assert item.index_number == "-68728705-1/2019-00009"
        assert again.rows[0].errors == ("索引号“-68728705-1/2019-00009”已有信息使用，索引号不得重复。",)

    def test_a_number_twice_in_one_table_is_named_in_both_rows(self, place: County) -> None:
        row = GOOD | {"索引号": "X/2019-1"}
        found = actions.import_table(place.editor, place.bureau.pk, table(row, row), at=NOW)

        assert [row.errors for row in found.rows] == [("索引号“X/2019-1”在表中出现了 2 次。",)] * 2

    def test_an_import_posted_twice_is_done_once(self, place: County) -> None:
        first, second = (actions.import_table(place.editor, place.bureau.pk, table(GOOD), at=NOW, dry_run=False, once="f") for _ in range(2))

        assert first.rows[0].item == second.rows[0].item
        assert Item.objects.count() == 1

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"", "没有读入"), (b"not a table", "没有读入"), (table({"标题": "x"}), "缺少必需的列"), (table(GOOD | {"心情": "好"}), "认不出的列：心情"),
            (table(GOOD | {"名称": "又一列标题"}), "重复的列"), (table(*[GOOD] * (sheets.MOST_ROWS + 1)), "最多导入"),
        ],
        ids=["empty", "garbage", "no-columns", "unknown", "twice", "too-many"],
    )  # fmt: skip
    def test_a_table_that_cannot_be_read_says_what_to_do(self, place: County, data: bytes, says: str) -> None:
        with pytest.raises(Invalid) as refused:
            actions.import_table(place.editor, place.bureau.pk, data, at=NOW)

        assert says in refused.value.fields["table"]

    def test_withheld_rows_need_their_ground(self, place: County) -> None:
        found = actions.import_table(place.editor, place.bureau.pk, table(GOOD | {"公开属性": "不予公开"}, GOOD | {"公开属性": "不予公开", "不予公开的情形": "过程性信息"}), at=NOW)

        assert "第十四条" in found.rows[0].errors[0]
        assert found.rows[1].errors == ()

    def test_only_editors_of_the_organ_import(self, place: County) -> None:
        with pytest.raises(NotAllowed):
            actions.import_table(place.reviewer, place.bureau.pk, table(GOOD), at=NOW)
        with pytest.raises(NotFound):
            actions.import_table(place.stranger, place.bureau.pk, table(GOOD), at=NOW)


class TestFolders:
    def test_every_word_file_becomes_a_draft(self, place: County) -> None:
        files = archive({
            "一.docx": word("关于供暖的通知", "各乡镇：", "现通知如下。", "云溪县住房和城乡建设局", "2026年11月3日"),
            "没有日期.docx": word("只有一段文字"),
            "说明.txt": b"x",
        })  # fmt: skip
        dry = actions.import_folder(place.editor, place.bureau.pk, files, kind="normative", category="normative", at=NOW)
        assert [(row.source, bool(row.errors)) for row in dry.rows] == [("一.docx", False), ("没有日期.docx", True)]
        assert dry.unused == ("说明.txt",)
        done = actions.import_folder(
            place.editor, place.bureau.pk, files, kind="normative", category="normative", formed_on=date(2026, 11, 1), at=NOW, dry_run=False
        )

        days = {item.formed_on for item in Item.objects.all()}
        assert done.created == 2
        assert days == {date(2026, 11, 3), date(2026, 11, 1)}

    def test_names_written_by_chinese_windows_are_read(self, place: County) -> None:
        plain = archive({"____.docx": word("文字")})
        data = plain.replace(b"____.docx", "通知.docx".encode("gbk"))  # 不声明编码的 ZIP
        found = actions.import_folder(place.editor, place.bureau.pk, data, kind="news", formed_on=date(2026, 11, 1), at=NOW)

        assert found.rows[0].source == "通知.docx"
        assert found.rows[0].errors == ()

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04junk", archive({"a.txt": b"1"})], ids=["empty", "broken", "no-word"])
    def test_an_archive_without_word_files_says_so(self, place: County, data: bytes) -> None:
        with pytest.raises(Invalid) as refused:
            actions.import_folder(place.editor, place.bureau.pk, data, kind="news", at=NOW)

        assert "archive" in refused.value.fields

    def test_a_zip_bomb_is_refused(self, place: County) -> None:
        with pytest.raises(Invalid) as refused:
            actions.import_folder(place.editor, place.bureau.pk, archive({"a.docx": b"\0" * 40_000_000}), kind="news", at=NOW)

        assert "压缩" in refused.value.fields["archive"]


def test_an_imported_item_goes_through_the_same_reviews(place: County) -> None:
    found = actions.import_table(place.editor, place.bureau.pk, table(GOOD), at=NOW, dry_run=False)
    item = walk(place, Item.objects.get(pk=found.rows[0].item), State.PUBLISHED, NOW)

    assert Publication.objects.get(item=item).title == "关于供暖的通知"
    assert Attachment.objects.count() == 0
    assert brought_to(place, State.PUBLISHED, at=NOW + timedelta(hours=1)).index_number.endswith("00002")
