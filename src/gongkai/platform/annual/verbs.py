"""What the verbs of the annual report are called in the journal."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "annual.enter_figures": _("登记数据"),
    "annual.import_figures": _("导入数据"),
    "annual.open": _("开始编制年度报告"),
    "annual.compile": _("汇编表格"),
    "annual.scope": _("确定汇总范围"),
    "annual.write": _("编写正文"),
    "annual.explain": _("说明核查发现"),
    "annual.submit": _("提交审核"),
    "annual.pass_review": _("法制审核通过"),
    "annual.return": _("退回"),
    "annual.approve": _("签发"),
    "annual.publish": _("公布年度报告"),
    "annual.hand_in": _("报送主管部门"),
    "annual.accept": _("接收"),
    "annual.send_back": _("退回下级"),
    "annual.upload": _("上传下级的年度报告"),
    "annual.settle": _("处理读取疑点、核查发现"),
    "annual.adopt": _("登记此前已公布的报告"),
    "annual.correct": _("更正已公布的报告"),
    "annual.website_site": _("登记网站"),
    "annual.website_open": _("开始填报网站工作年度报表"),
    "annual.website_write": _("填报网站工作年度报表"),
    "annual.website_submit": _("提交审核网站工作年度报表"),
    "annual.website_return": _("退回网站工作年度报表"),
    "annual.website_approve": _("审核通过网站工作年度报表"),
    "annual.website_publish": _("公布网站工作年度报表"),
    "annual.website_correct": _("更正已公布的网站工作年度报表"),
    "annual.comment": _("批注"),
    "annual.reply_comment": _("回复批注"),
    "annual.resolve_comment": _("解决批注"),
    "annual.reopen_comment": _("重新提出批注"),
    "annual.change_sentence": _("修改可以写的句子"),
}
