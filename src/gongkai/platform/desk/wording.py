"""Words that the desk's scripts need, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def editor() -> dict[str, object]:
    """For each button of the toolbar: what stands on it, and what it is called."""
    return {
        "toolbar": _("正文格式"),
        "text": _("正文"),
        "pasted_plain": _("未能识别格式，已按纯文本粘贴。"),
        "paragraph": [_("正文"), _("正文段落")],
        "heading2": [_("一、"), _("一级标题（黑体）")],
        "heading3": [_("（一）"), _("二级标题（楷体）")],
        "heading4": [_("1."), _("三级标题")],
        "bold": [_("粗"), _("加粗")],
        "underline": [_("线"), _("下划线")],
        "strike": [_("删"), _("删除线")],
        "superscript": ["x²", _("上标")],
        "subscript": ["x₂", _("下标")],
        "left": [_("左"), _("靠左")],
        "center": [_("中"), _("居中")],
        "right": [_("右"), _("靠右")],
        "bullets": [_("列表"), _("项目列表")],
        "numbers": [_("编号"), _("编号列表")],
        "quote": [_("引文"), _("引文")],
        "link": [_("链接"), _("加上或去掉链接")],
        "table": [_("表格"), _("插入表格")],
        "rowAfter": [_("加行"), _("在下面加一行")],
        "rowDelete": [_("删行"), _("删除这一行")],
        "columnAfter": [_("加列"), _("在后面加一列")],
        "columnDelete": [_("删列"), _("删除这一列")],
        "merge": [_("合并"), _("合并或拆分单元格")],
        "head": [_("表头"), _("设为或取消表头")],
        "tableDelete": [_("删表"), _("删除表格")],
        "undo": [_("撤销"), _("撤销")],
        "redo": [_("重做"), _("重做")],
    }


def keeping() -> dict[str, str]:
    return {
        "kept": _("%s 已自动保存（尚未成为正式版本）"),
        "failed": _("暂时连不上，填写的内容还没有自动保存。请不要关闭这一页，稍后会再试。"),
        "session": _("登录已过期。请照常按“保存”：重新登录以后，填写的内容会回到这里。"),
    }


def uploads() -> dict[str, str]:
    return {
        "done": _("已上传"),
        "large": _("文件太大，服务器没有接收。"),
        "failed": _("没有传上去，请检查网络后再试；其他内容没有丢失。"),
    }
