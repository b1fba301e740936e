"""Reports with known faults, each of a kind met in practice."""

from __future__ import annotations

from gongkai.law.editions import EDITION_2019, EDITION_2021

from .draft import Cells, Draft, Fault, active_2021, remedies, requests, row

NO_FEE = Fault(
    "section6.fee_missing", "warning", "section6",
    "第六部分没有报告收取信息处理费的情况。", "Section six does not report on the information-processing fee.",
)
TOTAL_ONLY: Cells = [None, None, None, None, None, None, 0]

LUTING = Draft(
    name="luting_2023.txt",
    organ="澜原县鹭汀镇人民政府",
    title=("澜原县鹭汀镇人民政府2023年政府信息公开工作年度报告",),
    year=2023,
    edition=EDITION_2019,
    active={
        "rules_new_made": 0, "rules_new_published": 0, "rules_total_published": 0,
        "normative_new_made": 0, "normative_new_published": 0, "normative_total_published": 3,
        "licensing_prev_items": 6, "licensing_delta": 0, "licensing_decisions": 31,
        "other_services_prev_items": 22, "other_services_delta": 1, "other_services_decisions": 140,
        "penalty_prev_items": 9, "penalty_delta": 0, "penalty_decisions": 2,
        "coercion_prev_items": 2, "coercion_delta": 0, "coercion_decisions": 1,
        "fee_prev_items": 0, "fee_delta": 0,
        "procurement_items": 4, "procurement_amount": 61.508,
    },
    raw={"procurement_amount": "61.508万元"},
    requests={key: list(TOTAL_ONLY) for key in requests("2019", row(), {})},
    remedies={
        block: {result: 0 if result == "total" else None for result in cells} for block, cells in remedies().items()
    },
    before=("根据有关规定，鹭汀镇编制本报告，统计期限为2023年1月1日至2023年12月31日。",),
    sections={
        1: (
            "（一）主动公开。镇政府全年在县政府网站鹭汀镇页面发布信息168条，村务公开栏同步更换12次。",
            "（二）依申请公开。2023年没有收到政府信息公开申请。",
            "（三）政府信息管理。由党政办公室登记、送审和发布，设信息员3名。",
            "（四）平台建设。便民服务中心设查阅点1处，配电脑和纸质目录。",
            "（五）监督保障。公布监督电话，全年未接到投诉，也没有行政复议和行政诉讼。",
        ),
        5: ("公开内容以活动动态居多，办事信息偏少。今后把补贴发放、低保审核等事项列为必须公开的内容。",),
        6: ("无。",),
    },
    faults=(
        Fault("template.outdated", "error", "active,applications.other",
              "2023年度报告用了2019年的旧格式。", "The 2019 form is used for a 2023 report."),
        Fault("cells.blank_should_be_zero", "warning", "applications",
              "表三只填总计，其余各列空白。", "Only the totals of table three are filled in."),
        NO_FEE,
    ),
    holds=("正文没有收到申请与表三各总计0一致",),
    layout="纯文本，一格一行，制表符开头，被合并的格为空行",
)

_resources = requests(
    "2021",
    new=row(9, 3),
    outcomes={
        "granted": row(4, 2),
        "partial": row(1),
        "denied_third_party": row(1),
        "unable_not_held": row(2, 1),
        "rejected_petition": row(1),
    },
)
_resources["unable_not_held"] = [2, 1, 0, 0, 0, 0, 4]
_resources["carried_over"] = [None] * 6 + [0]
RESOURCES = Draft(
    name="lanyuan_resources_2023.html",
    organ="澜原县自然资源局",
    title=("澜原县自然资源局2023年政府信息公开工作年度报告",),
    year=2023,
    edition=EDITION_2021,
    active=active_2021(normative=(3, 0, 14), licensing=642, penalty=38, coercion=5, fee=5120.7),
    requests=_resources,
    remedies=remedies((0, 1)),
    printed={"行政规范性文件": "规范性文件"},
    before=("为方便公众了解我局政府信息公开工作，特编制本报告，所列数据自2023年1月1日起至12月31日止。",),
    sections={
        1: (
            "（一）主动公开情况。全年通过政府网站公开各类信息703条，其中土地供应类211条、规划类164条、不动产登记类90条。",
            "（二）依申请公开情况。收到申请12件，均按时答复。",
            "（三）信息管理情况。征地信息按批次建档，公告、补偿方案、听证材料一并公开。",
            "（四）平台建设情况。规划公示页面增加地图截图和文字说明。",
            "（五）监督保障情况。股室负责人对本股室公开内容负责，每季度抽查一次。",
        ),
        5: ("存在的问题是栏目更新不够及时。下一步，2023年我局将由专人每周检查栏目，发现空白及时补充。",),
        6: ("本年度没有收取信息处理费。",),
    },
    signed=("澜原县自然资源局", "2024年1月25日"),
    faults=(
        Fault("applications.total_wrong", "error", "applications.unable_not_held.total",
              "“本机关不掌握相关政府信息”各列之和为3，总计填4。", "The row adds up to 3, the total says 4."),
        Fault("applications.results_sum", "error", "applications.results_total.total",
              "总计列各办理结果之和13，总计填12。", "The column of totals adds up to 13, the total says 12."),
        Fault("cells.blank_should_be_zero", "warning", "applications.carried_over",
              "“上年结转”一行六格空白。", "Six cells of the row carried over are blank."),
        Fault("text.stale_year", "warning", "section5",
              "下一步措施写作2023年，应为2024年。", "The next steps are dated 2023; 2024 is meant."),
        Fault("remedies.not_in_text", "warning", "remedies.reconsideration",
              "表四有被纠正的行政复议1件，正文未提。", "One reconsideration in table four, none in the prose."),
        Fault("label.variant", "info", "active.normative_made",
              "表二写“规范性文件”。", "Table two says 规范性文件."),
    ),
    holds=("9+0=9+0；3+0=3+0", "正文收到12件与表三一致", "已报告信息处理费；落款在1月31日前"),
    layout="GB18030 编码的网页；文字拆成许多 span，空白格是 <o:p>",
)

MARKET = Draft(
    name="lanyuan_market_2023.xlsx",
    organ="澜原县市场监督管理局",
    title=("澜原县市场监督管理局2023年政府信息公开工作年度报告",),
    year=2023,
    edition=EDITION_2021,
    active=active_2021(normative=(1, 0, 3), licensing=4371, penalty=206, coercion=17),
    requests=requests(
        "2021",
        new=row(6, 2),
        outcomes={"granted": row(3, 2), "denied_enforcement_file": row(2), "unable_not_held": row(1)},
    ),
    remedies=remedies(),
    before=("本报告统计期限为2023年1月1日至2023年12月31日。",),
    sections={
        1: (
            "（一）主动公开。全年主动公开政府信息860条，分别为：网站公开520条、微信公众号公开310条、公示栏公开40条。",
            "（二）依申请公开。全年收到政府信息公开申请7件，已全部答复。",
            "（三）政府信息管理。行政处罚决定书作出后七个工作日内上网公示。",
            "（四）平台建设。食品抽检结果设独立栏目。全年受理投诉举报156件，其中办结165件。",
            "（五）监督保障。未发生行政复议和行政诉讼。",
        ),
        5: ("抽检信息公布后缺少解释。今后对不合格项目附消费提示。",),
        6: ("本年度没有收取政府信息公开信息处理费。",),
    },
    signed=("澜原县市场监督管理局", "2024年1月9日"),
    faults=(
        Fault("narrative.sum_wrong", "error", "section1",
              "520+310+40=870，不等于860。", "520+310+40=870, not 860."),
        Fault("narrative.part_exceeds_total", "error", "section1",
              "受理156件，其中办结165件，部分大于总数。", "165 of 156: a part exceeds its total."),
        Fault("narrative.claim_contradicts_table", "warning", "section1,applications.new_received",
              "正文收到申请7件，表三新收8件。", "The prose says 7 requests, table three 8."),
    ),
    holds=("8+0=8+0；5+2+1=8", "已报告信息处理费；落款在1月31日前"),
    layout="XLSX，一个工作表，文字与三个表依次排列，合并单元格",
)

HEALTH = Draft(
    name="lanyuan_health_2023.md",
    organ="澜原县卫生健康局",
    title=("澜原县卫生健康局2023年政府信息公开工作年度报告",),
    year=2023,
    edition=EDITION_2021,
    active=active_2021(normative=(0, 0, 2), licensing=318, penalty=45, coercion=1),
    requests=requests("2021", new=row(2), outcomes={"granted": row(2)}),
    remedies=remedies(),
    before=(
        "依照《中华人民共和国政府信息公开条例》（国务院令第492号）编制本报告，统计期限为2023年1月1日至12月31日。",
    ),
    sections={
        1: (
            "（一）主动公开。全年公开卫生健康信息295条，其中医疗机构监督检查结果88条。",
            "（二）依申请公开。收到申请2件，予以公开2件。",
            "（三）政府信息管理。涉及个人信息的内容在发布前遮盖。",
            "（四）平台建设。疫苗接种点、发热门诊名单每月更新。",
            "（五）监督保障。没有因政府信息公开引起的行政复议、行政诉讼。",
        ),
        5: ("基层医疗机构公开不平衡，下一步统一公开目录并抽查。",),
        6: ("没有其他需要报告的事项。",),
    },
    signed=("澜原县卫生健康局", "2024年3月8日"),
    faults=(
        Fault("law.repealed", "warning", "document",
              "引用已被修订取代的国务院令第492号，应为第711号。", "Decree 492 was replaced by Decree 711."),
        NO_FEE,
        Fault("report.late_publication", "warning", "document",
              "部门报告应在1月31日前公布，落款为3月8日。", "Due by 31 January, signed on 8 March."),
    ),
    holds=("2+0=2+0", "正文收到2件、予以公开2件与表三一致"),
    layout="Markdown 竖线表格",
)

YANHU = Draft(
    name="yanhu_2021.txt",
    organ="澜原县砚湖乡人民政府",
    title=("澜原县砚湖乡人民政府2021年政府信息公开工作年度报告",),
    title_printed="瀾原縣硯湖鄉人民政府2021年政府信息公開工作年度報告",
    year=2021,
    edition=EDITION_2021,
    active=active_2021(licensing=12, penalty=1, coercion=1),
    requests=requests("2021", new=row(1), outcomes={"granted": row(1)}),
    remedies=remedies(),
    before=(),
    sections={
        1: (
            "本报告的统计期限为2021年1月1日至2021年12月31日。",
            "(一)主动公开。全年在网站公开信息74条,通过广播播送惠农政策36次。",
            "(二)依申请公开。收到政府信息公开申请1件,当场提供。没有行政复议和行政诉讼。",
            "(三)政府信息管理。发布前由分管领导审签,并留存底稿。",
            "(四)平台建设。乡便民大厅放置公开指南和申请表。",
            "(五)监督保障。年终由各村代表评议一次。",
        ),
        5: ("部分村的公示只贴几天就被覆盖。今后公示满期才可更换,并拍照存档。",),
        6: ("没有其他需要报告的事项。",),
    },
    faults=(
        Fault("layout.duplicated_body", "info", "document", "正文重复两遍，数值一致。", "The body is printed twice; both agree."),
        Fault("layout.traditional_chars", "info", "document", "全文为繁体字。", "The text is in traditional characters."),
        NO_FEE,
    ),
    holds=("1+0=1+0", "正文收到1件与表三一致", "两遍正文数值一致"),
    layout="繁体；先是信息表，再是逐行的一遍，再是竖线表格的一遍，最后是网站残留",
)

_yuwu = requests("2021", new=row(3), outcomes={"granted": row(2)}, forward=row(1))
_mixed = {key: cells for key, cells in _yuwu.items() if not key.startswith("other_")}
_mixed = {
    key: _mixed[key] if key in _mixed else row()
    for key in (*[k for k in _mixed if k not in ("results_total", "carried_forward")], "other", "results_total",
                "carried_forward")
}
YUWU_2022 = Draft(
    name="yuwu_2022.docx",
    organ="澜原县榆坞镇人民政府",
    title=("澜原县榆坞镇人民政府2022年政府信息公开工作年度报告",),
    year=2022,
    edition=EDITION_2021,
    active=active_2021(rules=(1, 0, 2), normative=(1, 0, 5), licensing=26, penalty=3, coercion=1),
    requests=_mixed,
    remedies=remedies(),
    before=("现将榆坞镇2022年政府信息公开工作情况报告如下，数据统计自2022年1月1日至12月31日。",),
    sections={
        1: (
            "（一）主动公开。全年公开镇村信息132条。",
            "（二）依申请公开。全年受理公民、法人和其他组织向市政府及市政府办公室提出的政府信息公开申请3件，已答复2件，"
            "结转下年度继续办理1件。",
            "（三）政府信息管理。登记、审核、发布三个环节分人负责。",
            "（四）平台建设。更新网站镇情简介和机构电话。",
            "（五）监督保障。没有行政复议、行政诉讼案件，没有责任追究。",
        ),
        5: ("公开人员兼职多、变动大。今后固定一名专职人员，并做好交接。",),
        6: ("本年度没有收取政府信息公开信息处理费。",),
    },
    signed=("澜原县榆坞镇人民政府", "2023年1月16日"),
    faults=(
        Fault("template.mixed", "error", "applications.other",
              "表二为2021年格式，表三“其他处理”仍为2019年的单行。", "Tables two and three are of two editions."),
        Fault("active.rules_by_township", "error", "active.rules_made,active.rules_in_force",
              "乡镇无权制定规章。", "A township cannot make 规章."),
        Fault("narrative.copied_scope", "error", "section1",
              "乡镇报告写“向市政府及市政府办公室提出的”申请，系照抄他处。", "A township's report speaks of the city government."),
    ),
    holds=("3+0=2+1", "正文受理3件与表三一致", "已报告信息处理费；落款在1月31日前"),
    layout="DOCX，新旧格式混用",
)

YUWU_2023 = Draft(
    name="yuwu_2023.txt",
    organ="澜原县榆坞镇人民政府",
    title=("2023年澜原县榆坞镇人民政府政府信息公开", "工作年度报告"),
    year=2023,
    edition=EDITION_2021,
    active=active_2021(normative=(1, 0, 5), licensing=30, penalty=2, coercion=1),
    requests=requests("2021", new=row(1), outcomes={"partial": row(1)}),
    remedies=remedies(),
    printed={"三、本年度办理结果": "0三、\n本年\n度办\n理结\n果"},
    before=("榆坞镇2023年政府信息公开工作年度报告，统计期限为2023年1月1日至12月31日。",),
    sections={
        1: (
            "（一）主动公开。全年公开镇村信息151条。",
            "（二）依申请公开。收到政府信息公开申请1件，部分公开1件。",
            "（三）政府信息管理。继续实行三人分段负责。",
            "（四）平台建设。网站栏目由9个并为6个。",
            "（五）监督保障。没有行政复议、行政诉讼案件，没有责任追究。",
        ),
        5: ("办事指南与实际流程有出入。已逐项核对，今后流程一变即更新。",),
        6: ("[bookmark: _GoBack]本年度没有收取政府信息公开信息处理费。",),
    },
    signed=("澜原县榆坞镇人民政府", "2024年1月18日"),
    faults=(
        Fault("layout.stray_prefix", "warning", "applications",
              "标签“三、本年度办理结果”前多出“0”。", "A stray 0 stands before the label."),
        Fault("layout.bookmark_residue", "info", "section6", "留有编辑软件的书签文字。", "A bookmark of the editor was left."),
        Fault("layout.title_wrapped", "info", "title", "标题分成两行。", "The title stands on two lines."),
    ),
    holds=("1+0=1+0", "正文收到1件、部分公开1件与表三一致"),
    layout="纯文本，一格一行；标签断成五行；与上年报告对照时结转与现行有效件数不衔接",
)

ARCHIVES = Draft(
    name="lanyuan_archives_2023.json",
    organ="澜原县档案局",
    title=("澜原县档案局2023年政府信息公开工作年度报告",),
    year=2023,
    edition=EDITION_2021,
    active=active_2021(licensing=1, penalty=1, coercion=1),
    requests=requests("2021", new=row(3), outcomes={"granted": row(2)}),
    remedies=remedies(),
    before=("本报告统计期限为2023年1月1日至12月31日。",),
    sections={
        1: (
            "（一）主动公开。全年公开信息59条。（二）依申请公开。收到政府信息公开申请3件。（三）政府信息管理。按年度归档。"
            "（四）平台建设。开放档案目录可在网站检索。（五）监督保障。没有行政复议、行政诉讼。",
        ),
        5: ("目录著录不够细，下一步补充关键词。",),
        6: ("本年度没有收取政府信息公开信息处理费。",),
    },
    signed=("澜原县档案局", "2024年1月11日"),
    faults=(
        Fault("applications.balance", "error", "applications.new_received.natural,applications.new_received.total",
              "新收3件，办结2件，结转0件，不平。", "Three received, two finished, none carried forward."),
    ),
    holds=("正文收到3件与表三一致", "已报告信息处理费；落款在1月31日前"),
    layout="本项目的 JSON 交换格式",
)

_songyin = remedies((2, 1), (), (1, 0, 1))
_songyin["reconsideration"]["total"] = 2
_songyin["litigation_after_reconsideration"]["total"] = 0
SONGYIN = Draft(
    name="songyin_2022.pdf",
    organ="澜原县松隐街道办事处",
    title=("澜原县松隐街道办事处2022年政府信息公开工作年度报告",),
    year=2022,
    edition=EDITION_2021,
    active=active_2021(licensing=58, penalty=74, coercion=9),
    requests=requests(
        "2021",
        new=row(16),
        over=row(1),
        outcomes={
            "granted": row(5),
            "partial": row(3),
            "denied_enforcement_file": row(1),
            "unable_not_held": row(5),
            "rejected_petition": row(2),
        },
        forward=row(1),
    ),
    remedies=_songyin,
    before=("松隐街道按规定编制2022年度报告，数据统计自2022年1月1日至2022年12月31日。",),
    sections={
        1: (
            "（一）主动公开。公开街道信息219条，其中拆迁安置类63条、民生保障类81条。",
            "（二）依申请公开。全年新收申请16件，上年结转1件；办结16件，其中予以公开5件（31.25%）、部分公开3件、不予公开1件、"
            "无法提供5件、不予处理2件；结转下年度1件。发生行政复议和行政诉讼，均与拆迁补偿信息有关。",
            "（三）政府信息管理。拆迁项目的公告、协议样本、评估机构名单逐项目建档公开。",
            "（四）平台建设。社区微信群推送办事通知。",
            "（五）监督保障。聘请居民监督员11名，开会2次。",
        ),
        5: ("申请集中在拆迁领域，答复经验不足。已请法律顾问参与审核，并主动公开项目资料以减少申请。",),
        6: ("本年度没有收取政府信息公开信息处理费。",),
    },
    signed=("澜原县松隐街道办事处", "2023年1月20日"),
    faults=(
        Fault("remedies.total_wrong", "error",
              "remedies.reconsideration.total,remedies.litigation_after_reconsideration.total",
              "行政复议2+1=3，总计填2；复议后起诉1+1=2，总计填0。", "Totals 2 and 0 are printed where 3 and 2 are due."),
    ),
    holds=("16+1=16+1；5+3+1+5+2=16", "5÷16=31.25%", "已报告信息处理费；落款在1月31日前"),
    layout="PDF，表三跨页，竖排标签",
)

FAULTY = (LUTING, RESOURCES, MARKET, HEALTH, YANHU, YUWU_2022, YUWU_2023, ARCHIVES, SONGYIN)
