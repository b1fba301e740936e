"""正文: rules on what the words of a report say, alone and against the tables (条例第五十条)."""

from gongkai.law.findings import Rule, Severity

SECTION_ONE = "年度报告格式第一部分；条例第五十条"

SUM_WRONG = Rule(
    "narrative.sum_wrong", Severity.ERROR, SECTION_ONE,
    {
        "zh": "正文“{quote}”：所列各项合计{sum}，与总数{total}不符，相差{gap}。",
        "en": "“{quote}”: the parts listed add up to {sum}, the text says {total}; the difference is {gap}.",
    },
    {
        "zh": "核对总数和各分项，按实际数改正；未列全的，用“其中”引出，或补列“其他”。",
        "en": "Check total and parts; where the list is not complete, open it with 其中 or add 其他.",
    },
)
PART_EXCEEDS_TOTAL = Rule(
    "narrative.part_exceeds_total", Severity.ERROR, SECTION_ONE,
    {
        "zh": "正文“{quote}”：其中一项{part}，大于总数{total}。",
        "en": "“{quote}”: a part ({part}) is larger than its total ({total}).",
    },
    {"zh": "核对总数与分项，改正写错的一个。", "en": "Check total and part and correct the wrong one."},
)
PARTS_EXCEED_TOTAL = Rule(
    "narrative.parts_exceed_total", Severity.QUERY, SECTION_ONE,
    {
        "zh": "正文“{quote}”：并列各项合计{sum}，超过总数{total}；若为其构成则错误，若为并列则总数口径不清。",
        "en": "“{quote}”: the items listed add up to {sum}, more than the total {total}; ask which scope applies.",
    },
    {"zh": "请说明各项是否包含在总数之内。", "en": "Ask whether the items are part of the total."},
)
RATIO_WRONG = Rule(
    "ratio.wrong", Severity.WARNING, SECTION_ONE,
    {
        "zh": "正文“{quote}”：按文中数字计算为{computed}，写作{printed}。",
        "en": "“{quote}”: the numbers given make {computed}, the text says {printed}.",
    },
    {"zh": "核对比率及其分子、分母的口径。", "en": "Check the ratio and what its two numbers count."},
)
PERCENT_ROUNDING = Rule(
    "percent.rounding", Severity.INFO, SECTION_ONE,
    {
        "zh": "正文“{quote}”：计算值为{computed}，{printed}是截断而非四舍五入。",
        "en": "“{quote}”: computed {computed}; {printed} was cut off, not rounded.",
    },
)
GROWTH_ROUNDING = Rule(
    "percent.growth_rounding", Severity.INFO, SECTION_ONE,
    {
        "zh": "正文“{quote}”：没有一个上年整数能得出{printed}；若上年为{base}，应为{computed}。",
        "en": "“{quote}”: no whole number of the year before gives {printed}; from {base} it would be {computed}.",
    },
)
SECTIONS_CLAIMED = Rule(
    "narrative.sections_claimed", Severity.WARNING, "年度报告格式",
    {
        "zh": "正文“{quote}”：称{claimed}个部分，实列{named}项。",
        "en": "“{quote}”: {claimed} parts claimed, {named} named.",
    },
    {"zh": "按实际部分数改正。", "en": "Correct the number of parts."},
)
SCOPE_NARROW = Rule(
    "narrative.scope_narrow", Severity.QUERY, "条例第二十九条；年度报告格式表三",
    {
        "zh": "正文“{quote}”只说到一种渠道，未说明信函、当面等其他渠道；表三统计全部渠道。",
        "en": "“{quote}” speaks of one channel only; table three counts requests through every channel.",
    },
    {"zh": "改为说明全部渠道收到的申请数量。", "en": "State the number received through all channels."},
)
AMBIGUOUS_REMEDY = Rule(
    "narrative.ambiguous_remedy", Severity.QUERY, "年度报告格式表四",
    {
        "zh": "正文“{quote}”字面只说没有败诉或者被纠错，不等于没有行政复议、行政诉讼案件。",
        "en": "“{quote}” denies only lost or corrected cases, not that there were cases.",
    },
    {"zh": "写明行政复议、行政诉讼案件的数量和结果。", "en": "State how many cases there were and how they ended."},
)
COPIED_SCOPE = Rule(
    "narrative.copied_scope", Severity.ERROR, "条例第四条、第二十七条",
    {
        "zh": "{organ}的报告写“{quote}”，收件机关是{addressed}，疑照抄上级报告。",
        "en": "The report of {organ} says “{quote}”: those requests were made to {addressed}; probably copied from another report.",
    },
    {"zh": "改为本机关收到的申请。", "en": "Report the requests made to this organ."},
)
CLAIM_CONTRADICTS_TABLE = Rule(
    "narrative.claim_contradicts_table", Severity.WARNING, "条例第五十条；年度报告格式表二、表三、表四",
    {
        "zh": "正文“{quote}”为{claimed}，表中为{printed}，不一致。",
        "en": "The text says {claimed} (“{quote}”), the table {printed}.",
    },
    {"zh": "核对正文与表格，改正写错的一处。", "en": "Check text and table and correct the wrong one."},
)

RULES: tuple[Rule, ...] = (
    SUM_WRONG, PART_EXCEEDS_TOTAL, PARTS_EXCEED_TOTAL, RATIO_WRONG, PERCENT_ROUNDING, GROWTH_ROUNDING,
    SECTIONS_CLAIMED, SCOPE_NARROW, AMBIGUOUS_REMEDY, COPIED_SCOPE, CLAIM_CONTRADICTS_TABLE,
)
