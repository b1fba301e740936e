"""What the verbs of organs and people are called in the journal."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "organs.create": _("登记机关"),
    "organs.change": _("修改机关"),
    "organs.close": _("停用机关"),
    "organs.reopen": _("恢复机关"),
    "organs.change_guide": _("修改公开指南"),
    "organs.confirm_guide": _("核对公开指南"),
    "organs.change_settings": _("修改机关设置"),
    "organs.create_person": _("登记人员"),
    "organs.change_person": _("修改人员"),
    "organs.deactivate_person": _("停用人员"),
    "organs.reactivate_person": _("恢复人员"),
    "organs.bind_identity": _("绑定统一身份"),
    "organs.grant_role": _("授予角色"),
    "organs.end_role": _("结束任职"),
    "organs.issue_password": _("发放首次密码"),
    "organs.change_password": _("修改自己的密码"),
    "organs.reset_second_factor": _("重置两步验证"),
    "organs.add_second_factor": _("启用两步验证"),
    "organs.remove_second_factor": _("停用两步验证"),
    "organs.end_sessions": _("结束他人的会话"),
    "organs.end_own_sessions": _("结束自己的会话"),
    "organs.sign_in": _("登录"),
    "organs.lock_out": _("多次失败，暂停登录"),
    "organs.import": _("批量导入"),
}
