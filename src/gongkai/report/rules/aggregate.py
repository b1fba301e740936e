"""Rules on an aggregate: what may be added up, what could not be, and what it does not cover (条例第四十九条)."""

from __future__ import annotations

from gongkai.law.findings import Rule, Severity

BASIS = "条例第四十九条；汇总报告等于所辖各报告之和"
FORMS = "国办公开办函〔2019〕60号、〔2021〕30号"
BLANK_BASIS = "年度报告格式表二、表三、表四；空白不视为0"
ERROR, WARNING, QUERY, INFO = Severity.ERROR, Severity.WARNING, Severity.QUERY, Severity.INFO

# 不能汇总
NO_PARTS = Rule(
    "aggregate.no_parts", ERROR, BASIS,
    {"zh": "没有可汇总的报告。", "en": "There is no report to add up."},
    {"zh": "给出至少一份年度报告。", "en": "Give at least one annual report."},
)
YEARS_MIXED = Rule(
    "aggregate.years_mixed", ERROR, BASIS,
    {"zh": "年度不同，不能汇总：{years}。", "en": "The reports are on different years and cannot be added up: {years_en}."},
    {"zh": "只汇总同一年度的报告。", "en": "Add up reports on one year only."},
)
YEAR_NEEDED = Rule(
    "aggregate.year_needed", ERROR, BASIS,
    {"zh": "没有一份报告读出了年度，不能确定汇总年度。", "en": "No report tells its year; the year of the total is not known."},
    {"zh": "用 --year 指明年度。", "en": "State the year with --year."},
)
EDITIONS_MIXED = Rule(
    "aggregate.editions_mixed", ERROR, FORMS,
    {
        "zh": "格式不同，不能汇总：{editions}。2019年格式的表二（新制作、新公开、项目增减等）无法换算为2021年格式（制发、废止、现行有效等）；"
        "表三“（六）其他处理”2019年格式只有一行。",
        "en": "The reports use different forms and cannot be added up: {editions_en}. Table two of 2019 (new, published, items) "
        "cannot be converted to that of 2021 (made, repealed, in force); row （六） of table three is one row in the 2019 form.",
    },
    {
        "zh": "请有关机关按同一格式重新编报；只需表三、表四的，可明示允许把2019年格式的“（六）其他处理”计入“3.其他”（表二则不汇总）。",
        "en": "Have them reported in one form; where tables three and four will do, allow row （六） of 2019 to be counted as "
        "“3.其他” explicitly (table two is then not added up).",
    },
)
ROWS_MIXED = Rule(
    "aggregate.rows_mixed", ERROR, FORMS,
    {
        "zh": "“{part}”的表三同时填有两种格式的“（六）其他处理”行，不能确定是否重复，不能汇总。",
        "en": "Table three of “{part}” fills in the rows （六） of both forms; they may overlap and cannot be added up.",
    },
    {"zh": "请该机关更正表三。", "en": "Have the organ correct table three."},
)
NO_FORM = Rule(
    "aggregate.no_form", ERROR, FORMS,
    {
        "zh": "“{part}”的报告没有可识别的全国统一格式，不能汇总。",
        "en": "The report of “{part}” is in no national form that is known, and cannot be added up.",
    },
    {"zh": "核对该报告的年度与表格。", "en": "Check the year and the tables of that report."},
)
VERSIONS_DIFFER = Rule(
    "aggregate.versions_differ", ERROR, BASIS,
    {
        "zh": "“{organ}”有{count}份数字不同的报告（{files}），不能确定以哪一份为准，不能汇总。",
        "en": "There are {count} different reports of “{organ}” ({files}); which one holds is not known.",
    },
    {"zh": "只保留一份；不同之处可用 gongkai diff 查看。", "en": "Keep one of them; gongkai diff shows how they differ."},
)
COUNTED_TWICE = Rule(
    "aggregate.counted_twice", ERROR, BASIS,
    {
        "zh": "“{organ}”既单独给出，又已计入“{part}”的汇总，会重复计算，不能汇总。",
        "en": "“{organ}” is given by itself and is already within the aggregate of “{part}”: it would be counted twice.",
    },
    {"zh": "两者去其一。", "en": "Leave one of the two out."},
)

# 范围
SCOPE_NONE = Rule(
    "aggregate.scope_none", INFO, BASIS,
    {"zh": "没有给出汇总范围，未核对{count}份报告是否齐全。", "en": "No scope was declared; whether these {count} reports are all is not checked."},
    {"zh": "用 --scope 给出应汇总机关的名单。", "en": "Declare the organs with --scope."},
)
MISSING = Rule(
    "aggregate.missing", ERROR, BASIS,
    {
        "zh": "汇总范围内有{count}个机关没有报告：{organs}；汇总数不含这些机关。",
        "en": "{count} organs of the declared scope have no report: {organs}; the total does not include them.",
    },
    {"zh": "催报后重新汇总；名称不同的，在名单中注明别名。", "en": "Ask for them and add up again; note other names in the list."},
)
BEYOND_SCOPE = Rule(
    "aggregate.beyond_scope", ERROR, BASIS,
    {
        "zh": "有{count}份报告的机关不在汇总范围内：{organs}；已按所给计入。",
        "en": "{count} reports are of organs beyond the declared scope: {organs}; they were counted as given.",
    },
    {"zh": "从汇总中去掉，或把机关列入名单。", "en": "Leave them out, or add the organs to the list."},
)
SAME_TWICE = Rule(
    "aggregate.same_twice", WARNING, BASIS,
    {
        "zh": "“{organ}”的报告给了{count}次（{files}），各表数字相同，只计一次。",
        "en": "The report of “{organ}” was given {count} times ({files}) with the same figures; it was counted once.",
    },
)
ORGAN_UNKNOWN = Rule(
    "aggregate.organ_unknown", WARNING, BASIS,
    {
        "zh": "有{count}份报告没有读出机关名称（{files}），已计入，但无法核对是否重复、是否在范围内。",
        "en": "{count} reports tell no organ ({files}); they were counted, but whether twice or beyond the scope is not known.",
    },
    {"zh": "核对后在报告中注明机关名称。", "en": "Check, and state the organ in the report."},
)
YEAR_UNKNOWN = Rule(
    "aggregate.year_unknown", WARNING, BASIS,
    {
        "zh": "有{count}份报告没有读出年度（{files}），按{year}年度计入。",
        "en": "{count} reports tell no year ({files}); they were counted for {year}.",
    },
    {"zh": "核对年度。", "en": "Check the year."},
)
OWN_PART = Rule(
    "aggregate.own_part", INFO, BASIS,
    {
        "zh": "“{organ}”本身的报告作为一份计入，应只含本级机关的数据。",
        "en": "The report of “{organ}” itself was counted as one part; it must hold its own figures only.",
    },
)
OWN_INCLUDES = Rule(
    "aggregate.own_includes", QUERY, BASIS,
    {
        "zh": "“{organ}”本身的报告各项数字均不少于其余{count}份报告之和（新收{own}件，其余合计{others}件），可能已是汇总数，是否重复计算？",
        "en": "No figure of the report of “{organ}” itself is below the sum of the other {count} (received {own}, the others {others}); "
        "it may be the aggregate already. Is everything counted twice?",
    },
    {"zh": "该报告如为汇总报告，改用 --against 与各部门之和核对。", "en": "If it is the aggregate, give it with --against instead."},
)
MOVED = Rule(
    "aggregate.moved", QUERY, "条例第三十六条第五项、第四十九条",
    {
        "zh": "申报“{giver}”移送“{taker}”{count}件申请：两机关新收、结转分别为{given}件和{taken}件，可能都计了这{count}件，汇总数未作扣除。",
        "en": "{count} requests were declared moved from “{giver}” to “{taker}”: they received or carried over {given} and {taken}; "
        "both may count them. Nothing was taken off the total.",
    },
    {"zh": "与两机关核对移送的申请计在哪一方。", "en": "Ask both organs where the requests are counted."},
)
MOVED_UNSEEN = Rule(
    "aggregate.moved_unseen", QUERY, "条例第三十六条第五项、第四十九条",
    {
        "zh": "申报“{giver}”移送“{taker}”{count}件申请，但所汇总的报告与此不符：{why}。",
        "en": "{count} requests were declared moved from “{giver}” to “{taker}”, which the reports do not bear out: {why_en}.",
    },
    {"zh": "核对移送的机关与件数。", "en": "Check the organs and the number."},
)

# 不能相加的格
CELL_BLANK = Rule(
    "aggregate.cell_blank", WARNING, BLANK_BASIS,
    {
        "zh": "{table}有{count}格不能相加，汇总空缺（未按0计）：{parts}的这些格空白。",
        "en": "{table_en}: {count} cells cannot be added up and are left blank (not 0): they are blank in {parts_en}.",
    },
    {"zh": "请有关机关补填，没有的填“0”。", "en": "Have the organs fill them in, with 0 where there were none."},
)
CELL_ABSENT = Rule(
    "aggregate.cell_absent", WARNING, BLANK_BASIS,
    {
        "zh": "{table}有{count}格不能相加，汇总空缺（未按0计）：{parts}没有印出这些格。",
        "en": "{table_en}: {count} cells cannot be added up and are left blank (not 0): they are not printed in {parts_en}.",
    },
    {"zh": "请有关机关按格式补齐表格。", "en": "Have the organs complete the table."},
)
CELL_IN_DOUBT = Rule(
    "aggregate.cell_in_doubt", WARNING, BLANK_BASIS,
    {
        "zh": "{table}有{count}格不能相加，汇总空缺：{parts}的这些格读取时存疑。",
        "en": "{table_en}: {count} cells cannot be added up and are left blank: they were read with doubt in {parts_en}.",
    },
    {"zh": "对照原件核实后再汇总。", "en": "Check against the source, then add up again."},
)
UNIT_UNKNOWN = Rule(
    "aggregate.unit_unknown", WARNING, "年度报告格式表二第二十条第（八）（九）项",
    {
        "zh": "{table}有{count}格金额不能相加，汇总空缺：{parts}的金额单位不明。",
        "en": "{table_en}: {count} amounts cannot be added up and are left blank: their unit is unknown in {parts_en}.",
    },
    {"zh": "核对单位是“元”还是“万元”。", "en": "Check whether the unit is 元 or 万元."},
)
TABLE_TWO_2019 = Rule(
    "aggregate.table_two_2019", WARNING, FORMS,
    {
        "zh": "{table}有{count}格不能相加，汇总空缺：{parts}的表二为2019年格式，无法换算为2021年格式。",
        "en": "{table_en}: {count} cells cannot be added up and are left blank: table two of {parts_en} is in the 2019 form, "
        "which cannot be converted to that of 2021.",
    },
    {"zh": "请有关机关按2021年格式重新编报表二。", "en": "Have the organs report table two in the 2021 form."},
)
UNIT_CONVERTED = Rule(
    "aggregate.unit_converted", INFO, "年度报告格式表二第二十条第（八）（九）项",
    {
        "zh": "“{row}”各报告单位不同（{units}），已逐一换算为{unit}，没有舍入。",
        "en": "{row_en}: the units differ ({units}); each amount was converted to {unit} without rounding.",
    },
)
OTHER_TO_MISC = Rule(
    "aggregate.other_to_misc", WARNING, FORMS,
    {
        "zh": "按所作的选择，{parts}2019年格式表三“（六）其他处理”全部计入“3.其他”，“1.”“2.”两行按0计入；这两行的汇总数因此可能偏少。",
        "en": "As chosen, row （六） of the 2019 form in {parts_en} was counted as “3.其他” whole, with 0 in rows 1 and 2; "
        "the totals of those two rows may be too low.",
    },
    {"zh": "在汇总报告中注明口径。", "en": "Say so in the aggregate report."},
)

# 勾稽关系
PART_IDENTITY = Rule(
    "aggregate.part_identity", ERROR, "年度报告格式表三、表四勾稽关系",
    {
        "zh": "“{part}”的报告有{count}项勾稽关系不成立（{names}），汇总数随之带入或互相抵消。",
        "en": "{count} identities fail in the report of “{part}” ({names}); the total carries or hides the error.",
    },
    {"zh": "退回更正后重新汇总；详情用 gongkai audit 查看。", "en": "Send it back, then add up again; gongkai audit tells the details."},
)
AGAINST_OTHER = Rule(
    "aggregate.against_other", QUERY, BASIS,
    {
        "zh": "用来核对的报告（{against}）与汇总（{total}）的年度或格式不同，{what}不作核对。",
        "en": "The report to be held against the total ({against}) is on another year or in another form ({total}); {what_en} not compared.",
    },
    {"zh": "另给同一年度、同一格式的报告。", "en": "Give a report on the same year in the same form."},
)

REFUSALS: tuple[Rule, ...] = (
    NO_PARTS, YEARS_MIXED, YEAR_NEEDED, EDITIONS_MIXED, ROWS_MIXED, NO_FORM, VERSIONS_DIFFER, COUNTED_TWICE,
)
SUM = Rule(
    "aggregate.sum", WARNING, BASIS,
    {"zh": "汇总数与所辖{parts}份报告之和不一致：{cells}。", "en": "The aggregate does not equal the sum of its {parts} parts: {cells_en}."},
    {"zh": "核对汇总范围，避免漏报、重复。", "en": "Check the scope; avoid omissions and double counting."},
)

RULES: tuple[Rule, ...] = (
    *REFUSALS,
    SCOPE_NONE, MISSING, BEYOND_SCOPE, SAME_TWICE, ORGAN_UNKNOWN, YEAR_UNKNOWN, OWN_PART, OWN_INCLUDES, MOVED, MOVED_UNSEEN,
    CELL_BLANK, CELL_ABSENT, CELL_IN_DOUBT, UNIT_UNKNOWN, TABLE_TWO_2019, UNIT_CONVERTED, OTHER_TO_MISC,
    PART_IDENTITY, AGAINST_OTHER, SUM,
)
