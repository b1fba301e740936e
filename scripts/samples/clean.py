"""Reports without a fault: an audit must stay silent on them but for remarks on their layout."""

from __future__ import annotations

from gongkai.law.editions import EDITION_2019, EDITION_2021

from .draft import Draft, Fault, active_2021, remedies, requests, row

GOVERNMENT = Draft(
    name="lanyuan_government_2023.html",
    organ="澜原县人民政府",
    title=("澜原县人民政府2023年政府信息公开工作年度报告",),
    year=2023,
    edition=EDITION_2021,
    active=active_2021(normative=(6, 2, 31), licensing=12846, penalty=1573, coercion=64, fee=2318.46),
    requests=requests(
        "2021",
        new=row(38, 6, 0, 1, 2),
        over=row(3),
        outcomes={
            "granted": row(18, 2, 0, 1, 1),
            "partial": row(5, 1),
            "denied_third_party": row(2),
            "denied_internal_affairs": row(1),
            "denied_process_info": row(2),
            "denied_admin_query": row(0, 1),
            "unable_not_held": row(8, 2, 0, 0, 1),
            "unable_needs_making": row(1),
            "rejected_petition": row(1),
            "other_no_correction": row(1),
            "other_misc": row(1),
        },
        forward=row(1),
    ),
    remedies=remedies((2, 1, 0, 1), (), (1,)),
    before=(
        "本报告依照《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号规定的格式编制，由县人民政府办公室汇总各乡镇、"
        "各部门的情况形成。所列数据的统计期限自2023年1月1日起，至2023年12月31日止。对本报告有疑问，"
        "请与县政务公开办公室联系。",
    ),
    sections={
        1: (
            "（一）主动公开。全县通过县政府门户网站发布政府信息3260条，其中政策文件184条、政策解读97条。"
            "修订县政府及部门公开目录，公布行政规范性文件6件，宣布废止2件，并在原文页面注明失效。",
            "（二）依申请公开。全年新收政府信息公开申请47件，上年结转3件。办结49件，其中予以公开22件、部分公开6件、"
            "不予公开6件、无法提供12件、不予处理1件、其他处理2件；结转下年度继续办理1件。因政府信息公开被申请行政复议4件、"
            "被提起行政诉讼1件，纠正的1件已按复议决定重新答复。",
            "（三）政府信息管理。制发公文时同步确定公开属性，每季度对已经公开的文件清理一次有效性，清理结果在网站上列表公布。",
            "（四）平台建设。把二十一个部门网站栏目并入县政府门户网站，统一设置政府信息公开专栏。县12345热线全年受理诉求7812件，"
            "其中求助5120件、咨询1490件、投诉890件、建议312件，均转交承办单位答复。",
            "（五）监督保障。把公开工作列入年度考核，占百分制的3分；组织培训2期；委托测评1次，结果向各单位通报。"
            "全年没有因违反公开规定被追究责任的情形。",
        ),
        5: (
            "一是部分乡镇公开目录更新迟缓。已要求每月核对一次，连续两月未更新的由县政务公开办公室约谈。"
            "二是答复书说理过于简单。将选编本县案例，统一各类答复的写法。三是政策解读多用文字。下一年度涉企文件都配流程图。",
        ),
        6: ("2023年，全县各级行政机关没有收取政府信息公开信息处理费。", "没有其他需要报告的事项。"),
    },
    signed=("澜原县人民政府", "2024年3月18日"),
    holds=(
        "47+3=49+1，逐列成立",
        "22+6+6+12+1+2=49",
        "5120+1490+890+312=7812",
        "正文复议4件、诉讼1件与表四一致；已报告信息处理费；落款在3月31日前",
    ),
    layout="保存的整张网页：导航、面包屑、信息表、正文、页脚；表格用 rowspan 和 colspan",
)

EDUCATION = Draft(
    name="lanyuan_education_2023.docx",
    organ="澜原县教育局",
    title=("澜原县教育局", "2023年政府信息公开工作年度报告"),
    year=2023,
    edition=EDITION_2021,
    active=active_2021(normative=(2, 0, 9), licensing=23, penalty=1),
    requests=requests(
        "2021",
        new=row(5, 1),
        outcomes={"granted": row(4, 1), "unable_not_held": row(1)},
    ),
    remedies=remedies(),
    before=("现公布澜原县教育局2023年政府信息公开工作年度报告，统计时间为2023年1月1日至12月31日。",),
    sections={
        1: (
            "（一）主动公开情况。我局全年公开信息412条，其中招生入学类96条、学校收费类38条。春秋两季开学前集中公布学区划分和学位数。",
            "（二）依申请公开情况。收到政府信息公开申请6件，全部在法定期限内答复：予以公开5件，因本机关不掌握而无法提供1件。",
            "（三）政府信息管理情况。文件起草科室提出公开意见，办公室复核，分管负责人审定；不公开的逐件写明理由。",
            "（四）公开平台建设情况。在县政府门户网站设教育信息专栏，学校公示栏同步张贴招生信息。",
            "（五）监督保障情况。明确一名副局长分管，开展专题学习2次。全年未发生政府信息公开行政复议、行政诉讼，没有责任追究。",
        ),
        5: ("信息发布多集中在招生季，其余月份偏少。我局将按月排定公开计划，把经费使用、教师招聘等内容纳入其中。",),
        6: ("本年度未收取政府信息公开信息处理费。",),
    },
    signed=("澜原县教育局", "2024年1月19日"),
    holds=("6+0=6+0；5+1=6", "正文收到6件与表三一致；未发生复议、诉讼与表四一致；落款在1月31日前"),
    faults=(
        Fault("layout.title_wrapped", "info", "title", "标题分成两行。", "The title stands on two lines."),
    ),
    layout="DOCX，真正的合并单元格；标题两行",
)

WATER = Draft(
    name="lanyuan_water_2022.pdf",
    organ="澜原县水利局",
    title=("澜原县水利局2022年政府信息公开工作年度报告",),
    year=2022,
    edition=EDITION_2021,
    active=active_2021(normative=(1, 1, 4), licensing=87, penalty=12, coercion=3, fee=156.2),
    requests=requests(
        "2021",
        new=row(2, 0, 0, 0, 1),
        over=row(1),
        outcomes={"granted": row(2), "denied_process_info": row(0, 0, 0, 0, 1)},
        forward=row(1),
    ),
    remedies=remedies((1,)),
    before=("本年度报告由澜原县水利局编制，数据统计期限为2022年1月1日至2022年12月31日。",),
    sections={
        1: (
            "（一）主动公开。全年在县政府网站公开水利信息237条，分别为：工程建设143条、水旱灾害防御52条、行政执法42条。"
            "汛期每日公布水库水位。",
            "（二）依申请公开。本年新收申请3件，上年结转1件；予以公开2件，属于过程性信息不予公开1件，结转下年度1件。"
            "有申请人申请行政复议1件，复议机关维持。",
            "（三）政府信息管理。建立公文公开属性台账，全年审查公文118件。",
            "（四）平台建设。水资源公报、取水许可结果在专栏内按年份归档，可以检索。",
            "（五）监督保障。局办公室每季度自查一次，发现问题9个，已全部改正。",
        ),
        5: ("工程类信息专业词汇多，群众不易看懂。今后公开工程信息时附一页说明，讲清楚位置、工期和影响范围。",),
        6: ("2022年没有发出收费通知，收取信息处理费0元。",),
    },
    signed=("澜原县水利局", "2023年1月12日"),
    holds=("3+1=3+1", "143+52+42=237", "正文复议1件、维持1件与表四一致", "信息处理费已报告；落款在1月31日前"),
    layout="PDF，表三跨页，页脚有页码",
)

FINANCE = Draft(
    name="zean_finance_2020.html",
    organ="泽安市财政局",
    title=("泽安市财政局2020年政府信息公开工作年度报告",),
    year=2020,
    edition=EDITION_2019,
    active={
        "rules_new_made": 0,
        "rules_new_published": 0,
        "rules_total_published": 0,
        "normative_new_made": 5,
        "normative_new_published": 5,
        "normative_total_published": 38,
        "licensing_prev_items": 2,
        "licensing_delta": 0,
        "licensing_decisions": 116,
        "other_services_prev_items": 14,
        "other_services_delta": -3,
        "other_services_decisions": 402,
        "penalty_prev_items": 21,
        "penalty_delta": 2,
        "penalty_decisions": 4,
        "coercion_prev_items": 1,
        "coercion_delta": 0,
        "coercion_decisions": 1,
        "fee_prev_items": 3,
        "fee_delta": -1,
        "procurement_items": 17,
        "procurement_amount": 286.415,
    },
    raw={"procurement_amount": "286.415万元", "other_services_delta": "-3", "penalty_delta": "+2", "fee_delta": "-1"},
    requests=requests(
        "2019",
        new=row(11, 2),
        outcomes={"granted": row(6, 2), "denied_third_party": row(1), "unable_not_held": row(3), "other": row(1)},
    ),
    remedies=remedies((), (0, 0, 1)),
    before=("按照国办公开办函〔2019〕60号的格式，现将我局2020年（1月1日至12月31日）的政府信息公开工作报告如下。",),
    sections={
        1: (
            "主动公开方面，全年公开信息531条，其中预算决算类214条、政府采购类177条。市本级和各部门的预算、决算全部在法定时限内公开。",
            "依申请公开方面，收到申请13件，当年全部办结：予以公开8件，涉及第三方合法权益不予公开1件，本机关不掌握无法提供3件，其他处理1件。",
            "政府信息管理方面，完成旧文件清理，公布继续有效的行政规范性文件38件。",
            "平台建设方面，预决算公开平台与市政府网站互通。监督保障方面，接受人大代表询问2次，聘请社会监督员5名。",
        ),
        4: ("本年度有1件行政诉讼案件，原告撤回起诉。未发生行政复议案件。",),
        5: ("预算说明仍嫌笼统。下一步增加名词解释，重大项目附绩效目标表。",),
        6: ("本年度没有收取政府信息公开信息处理费。",),
    },
    signed=("泽安市财政局", "2021年1月22日"),
    holds=("13+0=13+0；8+1+3+1=13", "2019年格式用于2020年度，正确", "正文诉讼1件与表四一致"),
    layout="旧式网页：版面用表格排，正文的三个表嵌套在版面表格里；金额带单位，增减带正负号",
)

OFFICE = Draft(
    name="zean_office_2025.md",
    organ="泽安市人民政府办公室",
    title=("2025年泽安市人民政府办公室政府信息公开工作年度报告",),
    year=2025,
    edition=EDITION_2021,
    active=active_2021(rules=(4, 3, 26), normative=(11, 6, 83)),
    notes={"rules_repealed": "其中修订2件", "normative_repealed": "含自然失效4件"},
    requests=requests(
        "2021",
        new=row(312, 18, 0, 0, 3),
        over=row(27, 2),
        outcomes={
            "granted": row(74, 5),
            "partial": row(6),
            "denied_state_secret": row(1),
            "denied_internal_affairs": row(3),
            "denied_process_info": row(2, 0, 0, 0, 1),
            "denied_admin_query": row(2),
            "unable_not_held": row(141, 9),
            "unable_needs_making": row(16, 1),
            "unable_unclear_after_correction": row(4),
            "rejected_petition": row(19),
            "rejected_repeat": row(5, 1),
            "rejected_mass_repeat": row(1),
            "other_no_correction": row(13),
            "other_misc": row(30, 3, 0, 0, 2),
        },
        forward=row(22, 1),
    ),
    remedies=remedies((9, 1, 2, 1), (1, 0, 1, 1), (2, 0, 0, 1)),
    before=(
        "本报告按照《中华人民共和国政府信息公开条例》（以下称《条例》）和国办公开办函〔2021〕30号的要求编写。"
        "数据统计期限为2025年1月1日至12月31日。",
    ),
    sections={
        1: (
            "（一）主动公开\n公布市政府规章4件、行政规范性文件11件，其他文件67件。全年召开新闻发布会18场。",
            "（二）依申请公开\n收到政府信息公开申请333件，办结339件（含上年结转29件）。其中，予以公开及部分公开85件（25.07%），"
            "不予公开9件（2.65%），无法提供171件（50.44%），不予处理26件（7.67%），其他处理48件（14.16%）。",
            "（三）政府信息管理\n对拟发公文逐件作公开审查，全年审查249件；编印市政府公报12期。",
            "（四）平台建设\n市政府门户网站完成适老化改造，新设一件事办理指南42项。",
            "（五）监督保障\n印发年度要点并列出29项任务，年底逐项对账；举办培训3期。",
        ),
        4: ("注：行政复议、行政诉讼数量含上年度结转数量。",),
        5: (
            "一年来针对上年的问题作了改进：公开信箱改为专人值守，答复书模板重新拟定。仍然存在的问题主要是政策文件分散、"
            "检索不便，个别答复说理不足。下一步将建成统一的政策文件库，并把典型答复汇编成册。",
        ),
        6: ("2025年度本机关未收取信息公开处理费。",),
    },
    faults=(
        Fault("layout.cells_detached", "info", "active", "表二的废止件数脱离表格。", "Cells of table two are detached."),
        Fault("heading.lost", "info", "section5", "第五部分的标题缺失。", "The heading of section five is lost."),
    ),
    holds=("85+9+171+26+48=339，各百分比成立", "333+29=339+23", "13=9+1+2+1；3=1+0+1+1；3=2+0+0+1"),
    layout="由 PDF 转成的文字：表格碎裂，标签与数据分离，页码夹在中间",
)

CLEAN = (GOVERNMENT, EDUCATION, WATER, FINANCE, OFFICE)
