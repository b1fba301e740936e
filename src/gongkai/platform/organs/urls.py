"""The addresses of one's own account, of the administrator's pages, of an organ's guide and journal."""

from __future__ import annotations

from django.urls import path

from .views import account, holidays, importing, journal, organs, people

app_name = "organs"
urlpatterns = [
    path("account/me/", account.me, name="me"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("desk/organs/<slug:slug>/guide/", organs.guide, name="guide"),
    path("desk/organs/<slug:slug>/guide/checked/", organs.guide_checked, name="guide_checked"),
    path("desk/organs/<slug:slug>/journal/", journal.organ, name="organ_journal"),
    path("desk/organs/<slug:slug>/journal/export.csv", journal.organ_export, name="organ_journal_export"),
    path("desk/admin/organs/", organs.organs, name="organs"),
    path("desk/admin/organs/new/", organs.new, name="new_organ"),
    path("desk/admin/organs/of/<slug:slug>/", organs.organ, name="organ"),
    path("desk/admin/organs/of/<slug:slug>/edit/", organs.change, name="change_organ"),
    path("desk/admin/organs/of/<slug:slug>/settings/", organs.settings, name="settings"),
    path("desk/admin/organs/of/<slug:slug>/close/", organs.close, name="close_organ"),
    path("desk/admin/organs/of/<slug:slug>/reopen/", organs.reopen, name="reopen_organ"),
    path("desk/admin/people/", people.people, name="people"),
    path("desk/admin/people/new/", people.new, name="new_person"),
    path("desk/admin/people/<int:person_id>/", people.person, name="person"),
    path("desk/admin/people/<int:person_id>/edit/", people.change, name="change_person"),
    path("desk/admin/people/<int:person_id>/password/", people.password, name="password"),
    path("desk/admin/people/<int:person_id>/do/<slug:verb>/", people.act, name="act"),
    path("desk/admin/people/<int:person_id>/roles/new/", people.grant, name="grant"),
    path("desk/admin/people/<int:person_id>/roles/<int:role_id>/end/", people.end_role, name="end_role"),
    path("desk/admin/imports/<slug:kind>/", importing.upload, name="upload"),
    path("desk/admin/imports/<slug:kind>/template.xlsx", importing.template, name="template"),
    path("desk/admin/imports/batches/<int:batch_id>/", importing.batch, name="import"),
    path("desk/admin/imports/batches/passwords.xlsx", importing.passwords, name="passwords"),
    path("desk/admin/holidays/", holidays.holidays, name="holidays"),
    path("desk/admin/holidays/sample.csv", holidays.sample, name="holiday_sample"),
    path("desk/admin/holidays/<int:batch_id>/", holidays.notice, name="notice"),
    path("desk/admin/journal/", journal.platform, name="journal"),
    path("desk/admin/journal/export.csv", journal.platform_export, name="journal_export"),
    path("desk/admin/journal/heads.txt", journal.all_heads, name="heads"),
]
