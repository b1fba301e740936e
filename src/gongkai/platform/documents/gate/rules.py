"""Rules: everything that the check before publication (发布前检查) looks for; its page in the documentation is printed from here."""

from __future__ import annotations

from typing import Final

from gongkai.platform.documents.sentence import Sentence

from .finding import Rule, Severity

_B, _W = Severity.BLOCK, Severity.WARN


def _rule(code: str, severity: Severity, zh: str, en: str, advice_zh: str, advice_en: str) -> Rule:
    return Rule(code, severity, Sentence(zh, en), Sentence(advice_zh, advice_en))


_HIDE: Final = (
    "删去，或只保留前后几位（如 653***********12）。确需公开的，写明理由后放行。",
    "Remove it, or keep a few signs at both ends only. Where it must be public, waive with the reason.",
)

IDENTITY: Final = _rule(
    "identity_card", _B, "有公民身份号码：{number}。", "A citizen's identity number: {number}.", *_HIDE
)
IDENTITY_ODD: Final = _rule(
    "identity_card_odd",
    _W,
    "写作身份证号，但校验位不对：{number}。",
    "Called an identity number, but its check character is wrong: {number}.",
    *_HIDE,
)
IDENTITY_OLD: Final = _rule(
    "identity_card_15",
    _W,
    "可能是 15 位身份证号：{number}。",
    "It may be an identity number of 15 digits: {number}.",
    *_HIDE,
)
BANK_CARD: Final = _rule("bank_card", _B, "有银行卡号：{number}。", "A bank card number: {number}.", *_HIDE)
BANK_CARD_LIKELY: Final = _rule(
    "bank_card_likely", _W, "可能是银行卡号：{number}。", "It may be a bank card number: {number}.", *_HIDE
)
MOBILE: Final = _rule(
    "mobile",
    _W,
    "有手机号码：{number}。",
    "A mobile telephone number: {number}.",
    "个人手机号请删去或遮盖；值班手机等可以公开的，写明理由后放行。办公电话不受影响。",
    "Remove or mask a person's; waive one on duty with the reason. Office telephones are no concern.",
)
TRAVEL: Final = _rule(
    "travel_document", _B, "有护照或通行证号码：{number}。", "A passport or travel permit number: {number}.", *_HIDE
)
MAIL: Final = _rule(
    "personal_mail",
    _W,
    "有个人邮箱：{number}。",
    "A personal mail address: {number}.",
    "请改用单位邮箱；确为对外公布的联系方式，写明理由后放行。",
    "Use the organ's mail address; waive with the reason if this one is meant for the public.",
)
SECRECY: Final = _rule(
    "secrecy_mark",
    _B,
    "有密级标志：{words}。",
    "A mark of secrecy: {words}.",
    "涉密文件一律不得发布（条例第十四条）。已解密的，请使用去除标志的文本，并写明解密依据。",
    "Nothing secret may be published (Art 14). If declassified, use the text without the mark and name the ground.",
)
INTERNAL: Final = _rule(
    "internal_mark",
    _B,
    "有不公开的标注：{words}。",
    "A mark that it is not public: {words}.",
    "请核对公开属性和保密审查意见；属于误留的，删去标注。",
    "Check the attribute and the secrecy review; remove the mark if it was left by mistake.",
)
ON_REQUEST: Final = _rule(
    "on_request_mark",
    _W,
    "文中标注为依申请公开：{words}。",
    "The text is marked as disclosed on request: {words}.",
    "请核对公开属性：主动公开的，把标注改为“此件公开发布”。",
    "Check the attribute; if it is proactive, correct the mark.",
)
WRONG_ORGAN: Final = _rule(
    "wrong_organ",
    _B,
    "机关名称有误：“{wrong}”。",
    "An organ's name is wrong: {wrong}.",
    "应为“{right}”。",
    "It should be {right}.",
)
WRONG_LEADER: Final = _rule(
    "wrong_leader",
    _B,
    "领导姓名或职务有误：“{wrong}”。",
    "A leader's name or office is wrong: {wrong}.",
    "应为“{right}”。",
    "It should be {right}.",
)
TYPO: Final = _rule(
    "typo", _W, "疑似错字：“{wrong}”。", "Probably a slip: {wrong}.", "是否应为“{right}”？", "Should it be {right}?"
)
FORBIDDEN: Final = _rule(
    "forbidden_word", _B, "有不得使用的词：“{wrong}”。", "A word that must not be used: {wrong}.", "{right}", "{right}"
)

NO_TITLE: Final = _rule("title_empty", _B, "没有标题。", "There is no title.", "请填写标题。", "Write one.")
TITLE_LONG: Final = _rule(
    "title_long",
    _W,
    "标题有 {count} 个字，过长。",
    "The title has {count} characters, too many.",
    "一般不超过 {most} 个字。",
    "At most {most}, as a rule.",
)
TITLE_STOP: Final = _rule(
    "title_stop",
    _W,
    "标题以标点“{sign}”结尾。",
    "The title ends in {sign}.",
    "标题末尾不用标点（书名号、引号、括号除外）。",
    "A title ends without a stop.",
)
TITLE_PAIRS: Final = _rule(
    "title_pairs",
    _W,
    "标题里的{sign}不成对。",
    "The marks {sign} in the title do not pair.",
    "请补全或删去。",
    "Complete or remove them.",
)
TITLE_KIND: Final = _rule(
    "title_kind",
    _W,
    "标题以“关于”起首，却没有文种。",
    "The title says what it is about, not what it is.",
    "写成“关于……的通知（意见、公告、批复……）”。",
    "Write 关于……的通知 (意见, 公告, 批复…).",
)
TITLE_TWICE: Final = _rule(
    "title_twice",
    _W,
    "标题里有重复的词：“{words}”。",
    "A word stands twice in the title: {words}.",
    "请核对。",
    "Check it.",
)
TITLE_FILE: Final = _rule(
    "title_file",
    _W,
    "标题像文件名：“{words}”。",
    "The title looks like the name of a file: {words}.",
    "请写成正式标题。",
    "Write it as a title.",
)
NO_TEXT: Final = _rule(
    "nothing",
    _B,
    "没有正文，也没有附件。",
    "There is neither text nor attachment.",
    "请填写正文或上传附件。",
    "Write the text or upload a file.",
)

FUTURE: Final = _rule(
    "date_future",
    _B,
    "{what}（{day}）在今天之后。",
    "The date ({day}) lies in the future.",
    "请核对日期。",
    "Check the date.",
)
DATES: Final = _rule(
    "date_order",
    _B,
    "{what}（{day}）早于{other}（{before}）。",
    "Dates in the wrong order: {day} before {before}.",
    "请核对日期。",
    "Check the dates.",
)
NUMBER: Final = _rule(
    "number_form",
    _W,
    "发文字号不合规范：“{number}”。",
    "The document number has not the right form: {number}.",
    "{right}",
    "{right_en}",
)
NUMBER_YEAR: Final = _rule(
    "number_year",
    _W,
    "发文字号的年份（{year}）与成文日期（{day}）不符。",
    "The year of the document number ({year}) is not that of its date ({day}).",
    "请核对。",
    "Check both.",
)

UNCHECKED: Final = _rule(
    "unchecked",
    _B,
    "附件未能检查：{reason}",
    "The attachment could not be checked: {reason}",
    "请换成能检查的文件；确需发布的，由审查人看过后写明放行。",
    "Replace it; or look through it by eye and waive with the reason.",
)
HIDDEN_SHEET: Final = _rule(
    "hidden_sheet",
    _B,
    "有隐藏的工作表“{name}”，内有 {count} 个单元格。",
    "A hidden sheet ({name}) holds {count} cells.",
    "删除，或取消隐藏后核对内容。",
    "Delete it, or show and check it.",
)
HIDDEN_COLUMNS: Final = _rule(
    "hidden_columns",
    _B,
    "工作表“{name}”有隐藏的列：{what}。",
    "Hidden columns in sheet {name}: {what}.",
    "删除整列，或取消隐藏后核对内容。",
    "Delete the columns, or show and check them.",
)
HIDDEN_ROWS: Final = _rule(
    "hidden_rows",
    _B,
    "工作表“{name}”有 {count} 行隐藏（{what}）。",
    "{count} hidden rows in sheet {name} ({what}).",
    "删除整行（包括筛选掉的行），或取消隐藏后核对内容。",
    "Delete the rows (also those filtered out), or show and check them.",
)
PIVOT: Final = _rule(
    "pivot_cache",
    _W,
    "带有数据透视表的缓存，里面存着源数据。",
    "A pivot table's cache, which holds its source data.",
    "把透视表粘贴为数值后再上传。",
    "Paste the pivot table as values.",
)
OTHER_BOOK: Final = _rule(
    "other_workbook",
    _W,
    "引用了其他工作簿，里面存着对方的数据和路径。",
    "It refers to another workbook, whose data and path it keeps.",
    "断开链接（数据—编辑链接）后再上传。",
    "Break the links.",
)
CHART_BOOK: Final = _rule(
    "chart_workbook",
    _W,
    "图表里嵌有整个工作簿。",
    "A chart has a whole workbook embedded.",
    "核对其中的数据，或把图表粘贴为图片。",
    "Check its data, or paste the chart as a picture.",
)
COMMENTS: Final = _rule(
    "comments",
    _B,
    "有 {count} 条批注没有删除。",
    "{count} comments are left in it.",
    "删除全部批注后再上传。",
    "Delete all comments.",
)
CHANGES: Final = _rule(
    "tracked_changes",
    _B,
    "有 {count} 处修订没有接受或拒绝。",
    "{count} tracked changes are left in it.",
    "接受或拒绝全部修订后再上传。",
    "Accept or reject all changes.",
)
HIDDEN_TEXT: Final = _rule(
    "hidden_text",
    _B,
    "有看不见的文字（{how}）。",
    "Text that is not seen ({how_en}).",
    "删除这些文字，不要只把它藏起来。",
    "Delete the text; do not only hide it.",
)
HIDDEN_SLIDE: Final = _rule(
    "hidden_slide",
    _B,
    "有隐藏的幻灯片：第 {number} 张。",
    "Slide {number} is hidden.",
    "删除，或取消隐藏后核对内容。",
    "Delete it, or show and check it.",
)
NOTES: Final = _rule(
    "slide_notes",
    _W,
    "第 {number} 张幻灯片有备注。",
    "Slide {number} has notes.",
    "删除备注，或核对内容。",
    "Delete or check the notes.",
)
AUTHOR: Final = _rule(
    "author",
    _W,
    "文件属性里有个人信息（{what}：{name}）。",
    "The file's properties name a person ({what}: {name}).",
    "用“检查文档”删除属性和个人信息后再上传。",
    "Remove properties and personal information (Inspect Document).",
)
COVERED: Final = _rule(
    "covered_text",
    _B,
    "遮盖下面还有文字，共 {count} 个字，复制即可取出。",
    "{count} characters lie under a cover and can be copied from there.",
    "删除文字本身，或打印成图片再扫描；只画色块遮不住。",
    "Delete the text itself, or print and scan the page; a box hides nothing.",
)
SCAN: Final = _rule(
    "no_text_layer",
    _W,
    "{pages}没有文字层，不能检索，也未能检查。",
    "{pages_en}: no text, so it can be neither searched nor checked.",
    "请换成由文档导出的 PDF；只能用扫描件的，由审查人逐页看过。",
    "Use a PDF exported from the document; or look through the scan page by page.",
)
ANNOTATIONS: Final = _rule(
    "annotations",
    _B,
    "有 {count} 处批注或标记没有清除。",
    "{count} annotations are left in it.",
    "清除批注后重新导出。",
    "Remove the annotations and export again.",
)

RULES: Final = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
