"""The app as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "gongkai.platform.cases"
    label = "cases"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _
        from django.utils.translation import pgettext_lazy

        from gongkai.platform.journal import name_fields, name_verbs

        from .states import ACTS

        name_verbs({f"cases.{act.key}": pgettext_lazy("act", act.zh) for act in ACTS})
        texts = {"upload_template": "上传文书模板", "end_template": "停用文书模板", "set_letterhead": "更改文书设置"}
        name_verbs({f"cases.{key}": pgettext_lazy("act", zh) for key, zh in texts.items()})
        name_verbs({
            "cases.record_remedy": pgettext_lazy("act", "登记复议、诉讼、投诉的进展"),
            "cases.rectify_remedy": pgettext_lazy("act", "更正复议、诉讼、投诉的登记"),
            "cases.remind_remedy": pgettext_lazy("act", "提醒复议、诉讼、投诉的期限"),
            "cases.order_payment": pgettext_lazy("act", "提交缴费订单"),
            "cases.payment_unmatched": pgettext_lazy("act", "到账而不能登记缴费"),
            "cases.resend": pgettext_lazy("act", "重新发送通知"),
            "cases.reseal": pgettext_lazy("act", "换密钥后重新加密"),
            "cases.export_list": pgettext_lazy("act", "导出申请列表"),
            "cases.export_bundle": pgettext_lazy("act", "下载案卷"),
        })  # fmt: skip
        name_fields({
            "events": _("事项"), "letter": _("文书"), "letter_number": _("文号"), "rows": _("行数"), "form": _("格式"), "files": _("文件数"), "size": _("字节"),
            "sha256": _("摘要"), "notice": _("通知"), "from": _("来自"),
        })  # fmt: skip
