"""How strong a password must be, beside Django's own rules (length, common ones, likeness to the name)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .models import Person

_KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]")


class Long(MinimumLengthValidator):
    """Django's rule, whose sentence has no Chinese in this version."""

    def get_error_message(self) -> str:
        return _("密码太短，至少要有 %(n)s 个字符。") % {"n": self.min_length}

    def get_help_text(self) -> str:
        return self.get_error_message()


class Mixed:
    """Three kinds of characters, or sixteen characters: long words are as good as signs."""

    def validate(self, password: str, user: Person | None = None) -> None:
        kinds = sum(bool(re.search(kind, password)) for kind in _KINDS)
        if len(password) < 16 and kinds < 3:
            raise ValidationError(self.get_help_text(), code="password_plain")
        if len(set(password)) < 6:
            raise ValidationError(_("密码里不同的字符太少，请至少用 6 个不同的字符。"), code="password_repeats")
        login = (user.login if user is not None else "").casefold()
        if len(login) >= 3 and login in password.casefold():
            raise ValidationError(_("密码里不能含有登录名。"), code="password_login")

    def get_help_text(self) -> str:
        return _("密码须含大写字母、小写字母、数字、符号中的至少三种；16 个字符以上的不限。")
