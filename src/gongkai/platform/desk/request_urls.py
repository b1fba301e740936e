"""The addresses of the case desk."""

from __future__ import annotations

from django.urls import path

from .views.requests import (
    acting,
    case,
    files,
    letters,
    lists,
    messages,
    reaching,
    registering,
    registers,
    supervising,
    tasks,
    templates,
)

_ORGAN, _ONE = "organs/<slug:slug>/requests/", "requests/<int:request_id>/"
urlpatterns = [
    path(_ORGAN, lists.requests, name="requests"),
    path(f"{_ORGAN}find/", lists.find, name="requests_find"),
    path(f"{_ORGAN}export.<str:form>", lists.export, name="requests_export"),
    path(f"{_ORGAN}overdue/", lists.overdue, name="requests_overdue"),
    path(f"{_ORGAN}new/", registering.register, name="request_register"),
    path(f"{_ORGAN}import/", registers.uploading, name="register_import"),
    path(f"{_ORGAN}import/register.xlsx", registers.template, name="register_template"),
    path(f"{_ORGAN}import/<int:batch_id>/", registers.upload, name="register_upload"),
    path(f"{_ORGAN}likeness/", registering.likeness, name="request_likeness"),
    path(f"{_ORGAN}letters/", templates.templates, name="letter_templates"),
    path(f"{_ORGAN}letters/head/", templates.letterhead, name="letterhead"),
    path(f"{_ORGAN}letters/<slug:key>.docx", templates.built_in, name="letter_template"),
    path(f"{_ORGAN}letters/<slug:key>/", templates.upload, name="letter_template_new"),
    path(f"{_ORGAN}letters/versions/<int:template_id>.docx", templates.uploaded, name="letter_version"),
    path(f"{_ORGAN}letters/versions/<int:template_id>/end/", templates.end, name="letter_version_end"),
    path("supervision/requests/", supervising.supervision, name="requests_supervision"),
    path("messages/", messages.messages, name="messages"),
    path("messages/read/", messages.read, name="messages_read"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<int:task_id>/", tasks.task, name="task"),
    path("tasks/<int:task_id>/cancel/", tasks.cancel, name="task_cancel"),
    path(_ONE, case.case, name="request"),
    path(f"{_ONE}clock/", case.clock, name="request_clock"),
    path(f"{_ONE}receipt/", registering.registered, name="request_registered"),
    path(f"{_ONE}do/<slug:act>/", acting.act, name="request_act"),
    path(f"{_ONE}files/<int:number>/", files.file, name="request_file"),
    path(f"{_ONE}messages/", reaching.outgoing, name="request_messages"),
    path(f"{_ONE}messages/<int:notice_id>/resend/", reaching.resend, name="request_resend"),
    path(f"{_ONE}consultations/<str:ref>/link/", reaching.renew, name="request_link"),
    path(f"{_ONE}bundle/", files.bundle, name="request_bundle"),
    path(f"{_ONE}bundle.zip", files.bundle_zip, name="request_bundle_zip"),
    path(f"{_ONE}letters/new/", letters.new, name="letter_new"),
    path(f"{_ONE}letters/<int:letter_id>/", letters.letter, name="letter"),
    path(f"{_ONE}letters/<int:letter_id>/edit/", letters.edit, name="letter_edit"),
    path(f"{_ONE}letters/<int:letter_id>/do/<slug:act>/", letters.act, name="letter_act"),
    path(f"{_ONE}letters/<int:letter_id>/letter.<str:ending>", letters.file, name="letter_file"),
]
