"""Error pages: what happened, that nothing was lost, and what to do. They need neither session nor database."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .context import site


@dataclass(frozen=True, slots=True)
class Words:
    """What an error page says."""

    title: str | Promise
    what: str | Promise
    kept: str | Promise
    do: str | Promise


UNCHANGED = _("没有任何内容被改动或丢失。")
WORDS: dict[int, Words] = {
    400: Words(_("请求无法处理"), _("浏览器发来的内容不完整，或者格式不对。"), UNCHANGED, _("请返回上一页，刷新后再试一次。")),
    403: Words(_("没有权限"), _("您的账号没有查看这一页或者进行这项操作的权限。"), UNCHANGED, _("需要权限的，请与本机关的系统管理员联系；登录的是别的账号的，请退出后重新登录。")),
    404: Words(_("没有找到这一页"), _("网址可能有误，或者这一页从未公开、已经移走。"), UNCHANGED, _("请核对网址，或者从首页、检索进入。")),
    409: Words(_("内容已被他人修改"), _("在您操作的同时，别人已经保存或者办理了这一件。"), _("您填写的内容已经另存，没有丢失。"), _("请返回该件，看过最新的内容后再继续。")),
    413: Words(_("内容太大"), _("上传的文件或者提交的内容超过了上限。"), _("原来的内容没有改动。"), _("请压缩、拆分文件后重新上传。")),
    429: Words(_("操作太频繁"), _("短时间内的请求太多，已经暂停受理。"), UNCHANGED, _("请过十五分钟再试。")),
    500: Words(_("系统出了错"), _("处理这一页时发生了意外，已经记入系统日志。"), _("已有的内容都还在。"), _("请先刷新，看刚才的操作是否已经生效，再决定是否重做；仍然出错的，请把出错的时间和网址告诉系统管理员。")),
    503: Words(_("暂时无法服务"), _("系统正在维护，或者数据库暂时连接不上。"), _("已有的内容都还在。"), _("请几分钟后再试。")),
}  # fmt: skip
FORGED = Words(
    _("登录状态已变化"),
    _("这一页打开得太久，或者您在别的窗口退出、重新登录过，系统不能确认这次提交出自您本人。"),
    _("这次提交没有执行，已有的内容都还在；编辑页面上填写的内容保存在浏览器里。"),
    _("请返回上一页，刷新后重新提交；浏览器须允许使用 Cookie。"),
)


def page(
    request: HttpRequest | None,
    status: int,
    words: Words | None = None,
    *,
    what: str = "",
    do: str = "",
    back: str = "",
) -> HttpResponse:
    """An error page; `what` and `do` say more exactly what happened and what to do here."""
    said = words or WORDS[status]
    context: dict[str, object] = {
        "status": status,
        "title": said.title,
        "what": what or said.what,
        "kept": said.kept,
        "do": do or said.do,
        "back": back,
    }
    if request is not None:
        context |= site(request) | {"here": request.path}
    return HttpResponse(render_to_string("pages/error.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(
        request, 413 if isinstance(exception, RequestDataTooBig | TooManyFilesSent | TooManyFieldsSent) else 400
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403, what=_said(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database cannot be reached."""
    cause = sys.exc_info()[1]
    response = page(request, 503 if isinstance(cause, OperationalError | InterfaceError) else 500)
    if response.status_code == 503:
        response.headers["Retry-After"] = "120"
    return response


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW."""
    return page(request, 403, FORGED)


def locked_out(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE."""
    return page(request, 429, what=str(_("登录失败的次数太多，这个账号已经暂停登录。")))


def _said(exception: Exception) -> str:
    """What the refusal itself says, where it says something for people."""
    said = str(exception)
    return said if said and not said.isascii() else ""
