"""总览: the audit of many files as one page of HTML — no other file, no other host, no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files as packaged

from gongkai.law.editions import APPLICANT_LABELS, REMEDY_LABELS
from gongkai.law.findings import Finding, Language, Place, Severity
from gongkai.report.auditing.labels import place_label, row_label

from .results import AuditedFile
from .show import NAMES, SIGNS

STATES = ("holds", "fails", "not_assessable")
CHECKED = {"holds": "good", "fails": "error", "not_assessable": "info"}
WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "title": "年度报告核查总览", "lead": "政府信息公开工作年度报告逐份核查的结果。错误须改正，警告应改正，询问请与编制机关核实，提示供参考。",
        "skip": "跳到报告列表", "reports": "报告", "unread": "未能读取", "unread_why": "这些文件没有读出报告，其余文件不受影响。",
        "list": "各报告", "caption": "点机关名称看详情。数字为各级发现的条数。", "file": "文件", "organ": "机关", "year": "年度",
        "edition": "格式", "reason": "原因", "unknown": "机关不详", "year_of": "{}年", "form_of": "{}年格式", "clean": "没有发现问题。",
        "advice": "建议：", "rule": "规则", "more": "等{}处", "checks": "勾稽关系与正文核对", "check": "检查", "holds": "成立",
        "fails": "不成立", "not_assessable": "无法判断", "failing": "不成立的：{}", "top": "回到列表",
        "foot": "“无法判断”指有关单元格空白、缺失或存疑；空白不当作0。", "none": "没有报告。", "list_of": "、", "basis": "依据：",
    },
    "en": {
        "title": "Audit of annual reports", "lead": "What the audit found, report by report. Errors must and warnings should be corrected; put queries to the organ; remarks are for information.",
        "skip": "Skip to the list of reports", "reports": "Reports", "unread": "Not read", "unread_why": "No report could be read from these files; the others are not affected.",
        "list": "Reports", "caption": "Follow an organ to its findings. The numbers count findings by severity.", "file": "File", "organ": "Organ",
        "year": "Year", "edition": "Form", "reason": "Reason", "unknown": "organ unknown", "year_of": "{}", "form_of": "form of {}",
        "clean": "Nothing found.", "advice": "Advice: ", "rule": "Rule", "more": "and {} places in all", "checks": "Identities, and prose against tables",
        "check": "Check", "holds": "Hold", "fails": "Fail", "not_assessable": "Not assessable", "failing": "Failing: {}", "top": "Back to the list",
        "foot": "“Not assessable” means that a cell is blank, absent or in doubt; a blank is not taken for 0.", "none": "No reports.", "list_of": ", ", "basis": "Basis: ",
    },
}
GROUPS: tuple[tuple[str, Mapping[Language, str]], ...] = (
    ("app.identity", {"zh": "表三各列：新收＋上年结转＝办结＋结转下年", "en": "Table three, columns: new + carried over = finished + carried forward"}),
    ("app.results_sum", {"zh": "表三各列：办理结果之和＝总计", "en": "Table three, columns: outcomes = total"}),
    ("app.row_total", {"zh": "表三各行：各类申请人之和＝总计", "en": "Table three, rows: applicants = total"}),
    ("rem.total", {"zh": "表四各栏：四种结果之和＝总计", "en": "Table four: results = total"}),
    ("year", {"zh": "与上年度报告的衔接", "en": "Against last year's report"}),
    ("narr", {"zh": "正文与表格、正文自身", "en": "Prose against tables, and within itself"}),
)
PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header>
<a class="skip" href="#list">{skip}</a>
<h1>{title}</h1>
<p class="quiet">{lead}</p>
{sums}
</header>
<main>
{body}
</main>
<footer><p>{foot}</p></footer>
</body>
</html>
"""


def render(results: Iterable[AuditedFile], language: Language = "zh") -> str:
    """The overview, complete in itself."""
    files = list(results)
    words = WORDS[language]
    style = packaged("gongkai.cli").joinpath("overview.css").read_text(encoding="utf-8")
    return PAGE.format(
        lang={"zh": "zh-Hans", "en": "en"}[language], style=style, sums=_sums(files, language),
        body="\n".join(_body(files, language)),
        **{key: escape(words[key]) for key in ("title", "lead", "skip", "foot")},
    )


def _sums(files: Sequence[AuditedFile], language: Language) -> str:
    words = WORDS[language]
    unread = sum(file.refusal is not None for file in files)
    tiles = [("", words["reports"], len(files) - unread)]
    tiles += [
        (severity.value, f"{SIGNS[severity]} {NAMES[language][severity]}", sum(file.count(severity) for file in files))
        for severity in Severity
    ]
    tiles.append(("error" if unread else "", words["unread"], unread))
    cells = (f'<div><dt>{escape(name)}</dt><dd class="{kind if count else ""}">{count}</dd></div>' for kind, name, count in tiles)
    return f'<dl class="sums">{"".join(cells)}</dl>'


def _body(files: Sequence[AuditedFile], language: Language) -> Iterator[str]:
    audited = [(f"r{index}", file) for index, file in enumerate(files, 1) if file.refusal is None]
    yield from _unread([file for file in files if file.refusal is not None], language)
    yield from _list(audited, language)
    for anchor, file in audited:
        yield from _report(anchor, file, language)


def _unread(files: Sequence[AuditedFile], language: Language) -> Iterator[str]:
    """Files that gave no report, with the reason."""
    words = WORDS[language]
    if not files:
        return
    yield f'<section class="list" aria-labelledby="unread"><h2 id="unread">{words["unread"]}</h2>'
    yield f'<table><caption>{words["unread_why"]}</caption>'
    yield f'<thead><tr><th scope="col">{words["file"]}</th><th scope="col">{words["reason"]}</th></tr></thead><tbody>'
    for file in files:
        reason = file.refusal.line(language) if file.refusal else ""
        yield f'<tr><th scope="row" class="file">{escape(file.name)}</th><td class="wide error">{escape(reason)}</td></tr>'
    yield "</tbody></table></section>"


def _list(files: Sequence[tuple[str, AuditedFile]], language: Language) -> Iterator[str]:
    """One line a report, with a link to its findings."""
    words = WORDS[language]
    yield f'<section class="list" aria-labelledby="list"><h2 id="list">{words["list"]}</h2>'
    if not files:
        yield f"<p>{words['none']}</p></section>"
        return
    heads = [f'<th scope="col">{words[key]}</th>' for key in ("organ", "year", "edition", "file")]
    heads += [f'<th scope="col" class="number">{NAMES[language][severity]}</th>' for severity in Severity]
    yield f'<table><caption>{words["caption"]}</caption><thead><tr>{"".join(heads)}</tr></thead><tbody>'
    for anchor, file in files:
        yield f'<tr><th scope="row"><a href="#{anchor}">{escape(file.organ or words["unknown"])}</a></th>{_line(file, language)}</tr>'
    yield "</tbody></table></section>"


def _line(file: AuditedFile, language: Language) -> str:
    words = WORDS[language]
    year = words["year_of"].format(file.year) if file.year else "–"
    edition = words["form_of"].format(file.edition) if file.edition else "–"
    cells = [f"<td>{year}</td>", f'<td class="span">{edition}</td>', f'<td class="file wide">{escape(file.name)}</td>']
    for severity in Severity:
        count = file.count(severity)
        kind = f"number {severity.value}" if count else "number none"
        cells.append(f'<td class="{kind}" data-label="{NAMES[language][severity]}">{count}</td>')
    return "".join(cells)


def _report(anchor: str, file: AuditedFile, language: Language) -> Iterator[str]:
    """One report: what was found, and how its checks came out."""
    words = WORDS[language]
    year = words["year_of"].format(file.year) if file.year else ""
    edition = words["form_of"].format(file.edition) if file.edition else ""
    yield f'<section class="report" aria-labelledby="{anchor}">'
    yield f'<h3 id="{anchor}">{escape(" ".join(part for part in (file.organ or words["unknown"], year) if part))}</h3>'
    yield f'<p class="quiet">{edition}　<span class="file">{escape(file.name)}</span></p>'
    if file.findings:
        yield '<ol class="findings">'
        yield from (_finding(finding, language) for finding in file.findings)
        yield "</ol>"
    else:
        yield f'<p class="good">✓ {words["clean"]}</p>'
    yield from _checks(file.checks, language)
    yield f'<p class="up"><a href="#list">{words["top"]}</a></p></section>'


def _finding(finding: Finding, language: Language) -> str:
    words, severity = WORDS[language], finding.severity
    advice = finding.rule.advice.get(language)
    lines = [
        f'<div class="mark"><strong>{SIGNS[severity]} {NAMES[language][severity]}</strong>{_place(finding, language)}</div>',
        f"<p>{escape(finding.sentence(language))}</p>",
    ]
    if advice:
        lines.append(f"<p>{words['advice']}{escape(advice.format_map(finding.facts))}</p>")
    basis = f"<span>{words['basis']}{escape(finding.rule.basis)}</span>" if finding.rule.basis and language == "zh" else ""
    lines.append(f'<p class="basis">{basis}<span>{words["rule"]} <code>{escape(finding.code)}</code></span></p>')
    return f'<li class="{severity.value}">{"".join(lines)}</li>'


def _place(finding: Finding, language: Language) -> str:
    place = finding.where
    name = escape(place_label(place) if language == "zh" else str(place))
    more = f" {WORDS[language]['more'].format(len(finding.also) + 1)}" if finding.also else ""
    return f"<span>{name}{more}{_quoted(place, finding.sentence(language))}</span>"


def _quoted(place: Place, sentence: str) -> str:
    """The words of the source unless the sentence gives them, and where they stand in it."""
    quote = " ".join(place.quote.split()) if place.quote and place.quote not in sentence else ""
    quote = quote if len(quote) <= 60 else quote[:59] + "…"
    words = f"　<q>{escape(quote)}</q>" if quote else ""
    return words + (f' <span class="quiet">{escape(place.source)}</span>' if place.source else "")


def _checks(checks: Mapping[str, str], language: Language) -> Iterator[str]:
    """How many of each kind of check hold, fail or cannot be made; those that fail by name."""
    words = WORDS[language]
    rows = [row for prefix, name in GROUPS if (row := _group(prefix, name[language], checks, language))]
    if not rows:
        return
    counts = Counter(checks.values())
    opened = "" if counts["holds"] == len(checks) else " open"
    heads = "".join(f'<th scope="col" class="number">{words[state]}</th>' for state in STATES)
    yield f'<details{opened}><summary>{words["checks"]}：{_told(counts, language)}</summary>'
    yield f'<table class="checks"><thead><tr><th scope="col">{words["check"]}</th>{heads}</tr></thead>'
    yield f"<tbody>{''.join(rows)}</tbody></table></details>"


def _told(counts: Mapping[str, int], language: Language) -> str:
    """The sums in the line that stays when the table is folded away."""
    words = WORDS[language]
    parts = (
        f'<span class="{CHECKED[state]}">{words[state]} {counts[state]}</span>' for state in STATES if counts[state]
    )
    return words["list_of"].join(parts)


def _group(prefix: str, name: str, checks: Mapping[str, str], language: Language) -> str:
    words = WORDS[language]
    own = {check: state for check, state in checks.items() if check.startswith(prefix + ".")}
    if not own:
        return ""
    counts = Counter(own.values())
    failing = [check_label(check, language) for check, state in own.items() if state == "fails"]
    note = f'<br><span class="error">✗ {escape(words["failing"].format(words["list_of"].join(failing)))}</span>' if failing else ""
    cells = (
        f'<td class="number {CHECKED[state] if counts[state] else "none"}">{counts[state]}</td>' for state in STATES
    )
    return f'<tr><th scope="row">{escape(name)}{note}</th>{"".join(cells)}</tr>'


_NARRATED = {
    "received": "本年新收", "carried_over": "上年结转", "carried_forward": "结转下年度", "outcome.granted": "予以公开",
    "outcome.partial": "部分公开", "outcome.denied": "不予公开", "outcome.unable": "无法提供", "outcome.rejected": "不予处理",
    "outcome.other": "其他处理", "reconsideration": "行政复议", "litigation": "行政诉讼", "normative_made": "规范性文件制发",
    "licensing": "行政许可", "penalty": "行政处罚", "coercion": "行政强制", "fee_amount": "行政事业性收费", "parts": "分项之和",
    "in_force.rules": "规章现行有效", "in_force.normative": "规范性文件现行有效",
}


def check_label(name: str, language: Language) -> str:
    """What a check is about, as the form names it; its own name in English."""
    if language == "en":
        return name
    head, _, rest = name.partition(".")
    kind, _, key = rest.partition(".")
    if head == "rem":
        return {block.value: label for block, label in REMEDY_LABELS.items()}.get(key, key)
    if kind == "row_total":
        return row_label(key)
    columns = {column.value: label for column, label in APPLICANT_LABELS.items()}
    if key in columns and head in ("app", "year"):
        return columns[key]
    return _NARRATED.get(rest, rest)
