"""Rules on the document as a whole: its sections, its dates, its names, what was left in its text."""

from __future__ import annotations

from gongkai.law.findings import Rule, Severity

WARNING, QUERY, INFO, ERROR = Severity.WARNING, Severity.QUERY, Severity.INFO, Severity.ERROR
FORM = "年度报告格式"
ARTICLE_49 = "条例第四十九条"
ARTICLE_50 = "条例第五十条"
FORM_2021 = "国办公开办函〔2021〕30号"

SECTION_MISSING = Rule(
    "section.missing", WARNING, f"{ARTICLE_50}；{FORM}",
    {"zh": "缺第{number}部分“{heading}”。", "en": "Section {number} ({heading}) is missing."},
    {"zh": "按格式补齐六个部分，没有内容的也应保留标题并说明。", "en": "Give all six sections; where there is nothing to report, say so under the heading."},
)
SECTION_RENUMBERED = Rule(
    "section.renumbered", INFO, FORM,
    {"zh": "“{heading}”的序号应为“{due}”。", "en": "“{heading}” should be numbered “{due}”."},
    {"zh": "改正序号。", "en": "Correct the number."},
)
SECTION_ORDER = Rule(
    "section.order", INFO, FORM,
    {"zh": "各部分的顺序与格式不同：{order}。", "en": "The sections are not in the order of the form: {order}."},
    {"zh": "按格式的顺序排列。", "en": "Follow the order of the form."},
)
HEADING_VARIANT = Rule(
    "heading.variant", INFO, FORM,
    {"zh": "标题写“{printed}”，格式规定为“{form}”。", "en": "The heading says “{printed}” where the form has “{form}”."},
    {"zh": "使用格式规定的标题。", "en": "Use the heading of the form."},
)
STRUCTURE = Rule(
    "narrative.structure", WARNING, FORM_2021,
    {
        "zh": "“一、总体情况”缺{missing}；应包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面。",
        "en": "Section one lacks {missing_en}; five aspects are due: proactive disclosure, requests, information management, platform, supervision.",
    },
    {"zh": "补写所缺方面的情况。", "en": "Report on the aspects that are missing."},
)
TABLES_MISSING = Rule(
    "tables.missing_text", WARNING, FORM,
    {
        "zh": "有标题而未取得表格：{tables}（可能以图片发布），其数值不得当作0。",
        "en": "Headings without a table that could be read: {tables_en} (perhaps published as pictures); their values are not 0.",
    },
    {"zh": "以文字表格发布，图片不能替代。", "en": "Publish the tables as text, not as pictures."},
)
FEE_MISSING = Rule(
    "section6.fee_missing", WARNING, f"{FORM_2021}；国办函〔2020〕109号",
    {
        "zh": "未报告收取信息处理费情况；未收取的也应在第六部分写明。",
        "en": "The collection of the information-processing fee is not reported; none collected must be said too.",
    },
    {"zh": "在第六部分写明收取信息处理费的件数、金额，或写明未收取。", "en": "State in section six what was collected, or that nothing was."},
)
BASIS_OUTDATED = Rule(
    "narrative.basis_outdated", WARNING, FORM_2021,
    {
        "zh": "正文引用国办公开办函〔2019〕60号（旧格式通知），{year}年度报告的依据应为国办公开办函〔2021〕30号。",
        "en": "The text cites the notice of 2019 (〔2019〕60号); the report on {year} is based on 〔2021〕30号.",
    },
    {"zh": "更正所引文件。", "en": "Correct the citation."},
)
LAW_REPEALED = Rule(
    "law.repealed", WARNING, "国务院令第711号（2019年5月15日起施行）",
    {
        "zh": "正文引用国务院令第492号（2007年公布的条例），已由2019年修订的条例（国务院令第711号）取代。",
        "en": "The text cites State Council Decree 492 (the Regulation of 2007), replaced in 2019 by Decree 711.",
    },
    {"zh": "改引国务院令第711号。", "en": "Cite Decree 711."},
)
STALE_PLAN = Rule(
    "text.stale_year", WARNING, "报告内容应当真实、准确",
    {
        "zh": "“{quote}”的年份是{found}年，疑为沿用往年文本，应为{due}年。",
        "en": "“{quote}” speaks of {found}; perhaps text of an earlier year was kept: {due} is expected.",
    },
    {"zh": "核对年份。", "en": "Check the year."},
)
RESIDUE = Rule(
    "text.residue", INFO, "报告内容应当真实、准确",
    {"zh": "正文残留编辑痕迹或待填内容：{found}。", "en": "Left over from editing, or to be filled in: {found}."},
    {"zh": "删去或填写。", "en": "Remove or fill in."},
)
FIELD_RESIDUE = Rule(
    "layout.bookmark_residue", INFO, "报告内容应当真实、准确",
    {"zh": "正文残留文字处理软件的标记：{found}。", "en": "Marks of a word processor were left in the text: {found}."},
    {"zh": "删去。", "en": "Remove them."},
)
CHARACTERS_LOST = Rule(
    "layout.characters_lost", INFO, "文本取得",
    {
        "zh": "日期缺字：{found}，可能是取文时丢失，涉及的期限不作判断。",
        "en": "Dates lack characters: {found}; perhaps lost on the way, so nothing is concluded from them.",
    },
    {"zh": "对照原件。", "en": "Check against the original."},
)
NO_PERIOD = Rule(
    "report.no_period", INFO, "年度报告的惯例",
    {"zh": "全文未写统计期限（{year}年1月1日至12月31日）。", "en": "The statistical period (1 January to 31 December {year}) is not stated."},
    {"zh": "写明统计期限。", "en": "State the period."},
)
LATE = Rule(
    "report.late_publication", WARNING, ARTICLE_49,
    {
        "zh": "{what}为{on}，晚于{due}（{whose}）。",
        "en": "{what_en} is {on}, after {due} ({whose_en}).",
    },
    {"zh": "按时公布；日期为网站迁移或更正日期的，注明首次公布日期。", "en": "Publish in time; if the date is that of a site move or a correction, state the first publication."},
)
SIGNED_EARLY = Rule(
    "report.signed_early", WARNING, ARTICLE_49,
    {
        "zh": "落款日期{on}早于报告年度（{year}年）结束，年份是否写错？",
        "en": "The report is signed {on}, before the year {year} has ended; is the year right?",
    },
    {"zh": "核对落款日期。", "en": "Check the date of signature."},
)
TITLE_YEAR = Rule(
    "title.year_mismatch", ERROR, ARTICLE_49,
    {"zh": "标题写{printed}年，报告年度为{year}年。", "en": "The title says {printed}, the report is on {year}."},
    {"zh": "改正标题的年份。", "en": "Correct the year in the title."},
)
TITLE_ORGAN_SHORT = Rule(
    "title.organ_short", INFO, "报告名称惯例：机关全称",
    {"zh": "标题用简称“{printed}”，机关全称为“{organ}”。", "en": "The title has the short name “{printed}”; in full it is “{organ}”."},
    {"zh": "标题写机关全称。", "en": "Give the full name in the title."},
)
OTHER_ORGAN = Rule(
    "text.other_organ", WARNING, "报告内容应当真实、准确",
    {"zh": "{where_zh}为“{found}”，与报告机关“{organ}”不同，疑沿用其他机关的文本。", "en": "{where_en} is “{found}”, not “{organ}”; perhaps another organ's text was kept."},
    {"zh": "核对机关名称。", "en": "Check the name."},
)
UNKNOWN_KEY = Rule(
    "exchange.unknown_key", INFO, "本项目的交换格式",
    {"zh": "数据中的键“{key}”不在键表内，已略过。", "en": "The key “{key}” is not a published key and was passed over."},
    {"zh": "核对键名是否写错。", "en": "Check the key for a slip."},
)

RULES: tuple[Rule, ...] = (
    SECTION_MISSING, SECTION_RENUMBERED, SECTION_ORDER, HEADING_VARIANT, STRUCTURE, TABLES_MISSING, FEE_MISSING,
    BASIS_OUTDATED, LAW_REPEALED, STALE_PLAN, RESIDUE, FIELD_RESIDUE, CHARACTERS_LOST, NO_PERIOD,
    LATE, SIGNED_EARLY, TITLE_YEAR, TITLE_ORGAN_SHORT, OTHER_ORGAN, UNKNOWN_KEY,
)
