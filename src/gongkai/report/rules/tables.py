"""Rules on the three tables: their form, their cells, their sums, and last year's tables beside them."""

from __future__ import annotations

from gongkai.law.findings import Rule, Severity

FORM_2021 = "国办公开办函〔2021〕30号年度报告格式"
TABLE_HEAD = "年度报告格式表三表头：第一项加第二项之和，等于第三项加第四项之和"
ERROR, WARNING, QUERY, INFO = Severity.ERROR, Severity.WARNING, Severity.QUERY, Severity.INFO

TEMPLATE_OUTDATED = Rule(
    "template.outdated", ERROR, "国办公开办函〔2021〕30号；条例第五十条第二款",
    {
        "zh": "{year}年度报告仍使用{used}年格式（{used_notice}），应使用{due_notice}的格式：{signs}。",
        "en": "The report on {year} uses the {used} form ({used_notice}); the form of {due_notice} is prescribed: {signs_en}.",
    },
    {"zh": "按{due}年格式重新编制表二、表三后再公布。", "en": "Compile tables two and three anew in the {due} form."},
)
TEMPLATE_TOO_NEW = Rule(
    "template.too_new", QUERY, "国办公开办函〔2019〕60号、〔2021〕30号",
    {
        "zh": "{year}年度报告使用了{used}年格式（{used_notice}），当时尚无此格式，年份或报告是否有误？",
        "en": "The report on {year} uses the {used} form ({used_notice}), which did not exist then; is the year right?",
    },
    {"zh": "核对报告年度，或说明后补编制的原因。", "en": "Check the year, or say why the report was compiled later."},
)
TEMPLATE_MIXED = Rule(
    "template.mixed", ERROR, FORM_2021,
    {
        "zh": "新旧格式混用：表二为{active}年格式，表三“（六）其他处理”为{requests}年格式。",
        "en": "Mixed forms: table two is of {active}, the row （六）其他处理 of table three of {requests}.",
    },
    {"zh": "表二、表三统一使用{due}年格式。", "en": "Use the {due} form for both tables."},
)
TEMPLATE_MIXED_COLUMNS = Rule(
    "template.mixed_columns", ERROR, FORM_2021,
    {
        "zh": "表二混用新旧两种格式的栏目：“{odd}”的栏目不是{due}年格式（{due_notice}）的。",
        "en": "Table two mixes the columns of two forms: those of {odd_en} are not of the {due} form ({due_notice}).",
    },
    {"zh": "表二各项一律使用{due}年格式的栏目。", "en": "Use the columns of the {due} form throughout table two."},
)
TEMPLATE_NONE = Rule(
    "template.none", INFO, "国办公开办函〔2019〕60号",
    {
        "zh": "{year}年度尚无全国统一的年度报告格式，不作格式核查。",
        "en": "There was no national form for reports on {year}; the form is not checked.",
    },
)
BLANK_CELLS = Rule(
    "cells.blank_should_be_zero", WARNING, "年度报告格式表二、表三、表四",
    {
        "zh": "{table}有{count}格空白{detail}；没有的应填“0”，空白不能视为0。",
        "en": "{table_en}: {count} blank cells{detail_en}; “0” is due where there were none, and blank is not taken for 0.",
    },
    {"zh": "核实后逐格填写，没有的填“0”。", "en": "Verify and fill in every cell, with 0 where there were none."},
)
BLANK_TOTAL = Rule(
    "cells.blank_total", WARNING, "年度报告格式表三、表四",
    {
        "zh": "{table}“{rows}”的总计空白，而其他总计已填，填法不一致。",
        "en": "{table_en}: the total of {rows_en} is blank while other totals are filled in.",
    },
    {"zh": "补填总计，没有的填“0”。", "en": "Fill in the total, 0 where there were none."},
)
NEGATIVE = Rule(
    "cells.negative", ERROR, "年度报告格式表二、表三、表四",
    {"zh": "{table}有负数：{cells}。件数、金额不能为负。", "en": "{table_en} has negative numbers: {cells_en}. Counts and amounts cannot be negative."},
    {"zh": "核实后改正。", "en": "Verify and correct."},
)
FRACTION = Rule(
    "cells.fraction", ERROR, "年度报告格式表二、表三、表四",
    {"zh": "{table}有小数：{cells}。件数、项数应为整数。", "en": "{table_en} has fractions: {cells_en}. Counts are whole numbers."},
    {"zh": "核实后改正；金额请勿填入件数栏。", "en": "Verify and correct; amounts do not belong in a column of counts."},
)
BALANCE = Rule(
    "applications.balance", ERROR, TABLE_HEAD,
    {
        "zh": "表三“{columns}”列不平：本年新收{new}＋上年结转{over}＝{left}，办理结果总计{total}＋结转下年度{forward}＝{right}，相差{gap}。",
        "en": "Table three, column {columns_en}: new {new} + carried over {over} = {left}, but results {total} + carried forward {forward} = {right}; difference {gap}.",
    },
    {"zh": "对照申请台账核对新收、结转与办结件数。", "en": "Check received, carried and finished requests against the ledger."},
)
RESULTS_SUM = Rule(
    "applications.results_sum", ERROR, "年度报告格式表三（七）总计",
    {
        "zh": "表三“{columns}”列：各办理结果之和{sum}，（七）总计填{left}，相差{gap}。",
        "en": "Table three, column {columns_en}: the outcomes add up to {sum}, but （七）总计 says {left}; difference {gap}.",
    },
    {"zh": "逐行核对办理结果；一件申请只计一种结果。", "en": "Check the outcomes row by row; a request has one outcome."},
)
ROW_TOTAL = Rule(
    "applications.total_wrong", ERROR, "年度报告格式表三总计列",
    {
        "zh": "表三“{row}”行：各类申请人之和{sum}，总计填{left}，相差{gap}。",
        "en": "Table three, row {row_en}: the applicants add up to {sum}, but the total says {left}; difference {gap}.",
    },
    {"zh": "核对该行各列后改正总计。", "en": "Check the row and correct its total."},
)
REMEDY_TOTAL = Rule(
    "remedies.total_wrong", ERROR, "年度报告格式表四总计",
    {"zh": "表四总计有误：{sums}。", "en": "Table four, wrong totals: {sums_en}."},
    {"zh": "核对案件台账后改正总计。", "en": "Check the case ledger and correct the totals."},
)
REMEDIES_IMPLAUSIBLE = Rule(
    "remedies.implausible", QUERY, "年度报告格式表三、表四",
    {
        "zh": "表四共有行政复议、行政诉讼{cases}件，而本年新收和上年结转的申请只有{requests}件，比例异常，请核实。",
        "en": "Table four counts {cases} remedies against only {requests} requests; please verify.",
    },
    {"zh": "核实表四是否只计政府信息公开案件、有无填错列。", "en": "Verify that only disclosure cases are counted, in the right columns."},
)
REMEDIES_NOT_IN_TEXT = Rule(
    "remedies.not_in_text", WARNING, "条例第五十条第一款第三项",
    {
        "zh": "表四{cases}，正文却未提及行政复议或行政诉讼。",
        "en": "Table four reports {cases_en}, but the prose mentions neither reconsideration nor litigation.",
    },
    {"zh": "在正文中交代案件及其结果。", "en": "Report the cases and their results in the prose."},
)
DELTA_EQUALS_STOCK = Rule(
    "active.delta_equals_stock", QUERY, "国办公开办函〔2019〕60号年度报告格式表二",
    {
        "zh": "表二{rows}：“本年增/减”与“上一年项目数量”相等，疑把本年项目数量填作增减数。",
        "en": "Table two, {rows_en}: the change equals last year's stock; perhaps this year's stock was entered as the change.",
    },
    {"zh": "“本年增/减”只填比上一年增加或减少的项数。", "en": "Enter only the items added or removed."},
)
COLUMN_SHIFT = Rule(
    "active.column_shift", QUERY, "国办公开办函〔2019〕60号年度报告格式表二",
    {
        "zh": "表二{rows}：项目一年增加很多而处理决定数量为0，疑处理决定数量错填入“本年增/减”列。",
        "en": "Table two, {rows_en}: many items added in a year and no decision; perhaps the decisions are one column off.",
    },
    {"zh": "核对两列数字。", "en": "Check the two columns."},
)
MADE_GT_PUBLISHED = Rule(
    "active.made_gt_published", QUERY, "条例第二十条第一项；国办公开办函〔2019〕60号",
    {
        "zh": "表二“{row}”本年新制作{made}件、新公开{published}件：未公开的{gap}件应说明理由。",
        "en": "Table two, {row_en}: {made} made, {published} published; say why {gap} were not.",
    },
    {"zh": "说明未公开的理由，或核对两列口径。", "en": "Give the reason, or check the scope of the columns."},
)
PUBLISHED_GT_TOTAL = Rule(
    "active.published_gt_total", QUERY, "国办公开办函〔2019〕60号年度报告格式表二",
    {
        "zh": "表二“{row}”本年新公开{published}件，多于对外公开总数量{total}件。",
        "en": "Table two, {row_en}: {published} published in the year, more than {total} in all.",
    },
    {"zh": "核对两列数字。", "en": "Check the two columns."},
)
IN_FORCE_LOW = Rule(
    "active.in_force_lt_made", QUERY, FORM_2021,
    {
        "zh": "表二“{row}”本年制发{made}件、废止{repealed}件，现行有效只有{in_force}件，少于制发减废止之差。",
        "en": "Table two, {row_en}: {made} made, {repealed} repealed, yet only {in_force} in force.",
    },
    {"zh": "核对现行有效件数；有自然失效的请说明。", "en": "Check the number in force; say if some lapsed."},
)
RULES_BY_TOWNSHIP = Rule(
    "active.rules_by_township", ERROR, "立法法：规章由国务院部门和省、设区的市、自治州人民政府制定",
    {
        "zh": "{organ}无规章制定权，表二“规章”却填{cells}，疑将内部规章制度误填。",
        "en": "{organ} cannot make rules (规章), yet table two has {cells_en}; perhaps internal regulations were counted.",
    },
    {"zh": "规章一行填“0”；规范性文件填入下一行。", "en": "Enter 0 for 规章; normative documents belong in the next row."},
)
ZERO_DECISIONS = Rule(
    "active.zero_query", QUERY, "条例第二十条第五项、第六项",
    {
        "zh": "{organ}的行政许可、行政处罚、行政强制均填0，请核实有无漏统。",
        "en": "{organ} reports no licensing, penalty or coercion decision at all; please verify.",
    },
    {"zh": "向业务科室核实处理决定数量；已划转的可在第六部分说明。", "en": "Ask the divisions; say so in section six if the power has moved."},
)
AMOUNT_UNIT = Rule(
    "active.amount_unit", QUERY, "年度报告格式表二第二十条第（八）（九）项",
    {
        "zh": "表二“{row}”金额为{amount}{unit}，数额异常，单位“元”“万元”是否填错？",
        "en": "Table two, {row_en}: {amount} {unit}; is the unit (元 or 万元) right?",
    },
    {"zh": "核对金额单位。", "en": "Check the unit of the amount."},
)
CARRIED_OVER = Rule(
    "cross_year.carried_over", WARNING, "年度报告格式表三：上年结转应等于上年度报告的结转下年度",
    {
        "zh": "表三“上年结转”与{before}年度报告“结转下年度继续办理”不一致：{cells}。",
        "en": "Carried over does not equal carried forward in the report on {before}: {cells_en}.",
    },
    {"zh": "核对；因机构调整或更正上年数据造成的，在第六部分说明。", "en": "Check; if caused by reorganisation or a correction, say so in section six."},
)
_IN_FORCE_SAYS = {
    "zh": "“{row}”{before}年现行有效{stock}件，本年制发{made}件、废止{repealed}件，应为{right}件，现填{left}件。",
    "en": "{row_en}: {stock} in force in {before}, {made} made, {repealed} repealed: {right} expected, {left} printed.",
}
_IN_FORCE_ADVICE = {"zh": "核对；有自然失效或清理的请说明。", "en": "Check; say if some lapsed or were cleared."}
CROSS_RULES = Rule("cross_year.rules", QUERY, FORM_2021, _IN_FORCE_SAYS, _IN_FORCE_ADVICE)  # type: ignore[arg-type]
CROSS_NORMATIVE = Rule("cross_year.normative", QUERY, FORM_2021, _IN_FORCE_SAYS, _IN_FORCE_ADVICE)  # type: ignore[arg-type]
CROSS_ORGAN = Rule(
    "cross_year.organ", QUERY, "跨年核查",
    {"zh": "两份报告的机关不同：本年“{organ}”，上年“{before}”。", "en": "The two reports are of different organs: “{organ}”, before “{before}”."},
    {"zh": "确认是否同一机关（更名、机构改革）。", "en": "Confirm that it is the same organ (renamed, reorganised)."},
)
CROSS_YEARS = Rule(
    "cross_year.not_consecutive", QUERY, "跨年核查",
    {
        "zh": "所给的上年度报告为{before}年度，与本报告（{year}年度）不相邻，未作跨年核查。",
        "en": "The report given as the previous one is on {before}, not the year before {year}; the years were not compared.",
    },
    {"zh": "另给{due}年度报告。", "en": "Give the report on {due}."},
)
CROSS_EDITION = Rule(
    "cross_year.edition", INFO, "国办公开办函〔2019〕60号、〔2021〕30号",
    {
        "zh": "两年表二格式不同（上年{before}年格式，本年{used}年格式），表二不作跨年核查。",
        "en": "Table two is of different forms ({before} before, {used} now) and was not compared.",
    },
)
GROWTH = Rule(
    "cross_year.growth", INFO, "跨年核查",
    {"zh": "“{row}”由上年{before}{unit}变为{now}{unit}，变化很大，可核对并在正文说明。", "en": "{row_en} went from {before} to {now}; worth checking and a word in the text."},
    {"zh": "核对口径。", "en": "Check the scope."},
)
RULES: tuple[Rule, ...] = (
    TEMPLATE_OUTDATED, TEMPLATE_TOO_NEW, TEMPLATE_MIXED, TEMPLATE_MIXED_COLUMNS, TEMPLATE_NONE,
    BLANK_CELLS, BLANK_TOTAL, NEGATIVE, FRACTION,
    BALANCE, RESULTS_SUM, ROW_TOTAL, REMEDY_TOTAL, REMEDIES_IMPLAUSIBLE, REMEDIES_NOT_IN_TEXT,
    DELTA_EQUALS_STOCK, COLUMN_SHIFT, MADE_GT_PUBLISHED, PUBLISHED_GT_TOTAL, IN_FORCE_LOW, RULES_BY_TOWNSHIP,
    ZERO_DECISIONS, AMOUNT_UNIT,
    CARRIED_OVER, CROSS_RULES, CROSS_NORMATIVE, CROSS_ORGAN, CROSS_YEARS, CROSS_EDITION, GROWTH,
)
