"""The addresses of the site: the portal for everybody, the desk for the organs' people, the accounts."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gongkai.platform.pages.urls")),
    path("desk/", include("gongkai.platform.desk.urls")),
    path("account/", include("gongkai.platform.organs.account_urls")),
    path("", include("gongkai.platform.organs.urls")),
    path("", include("gongkai.platform.portal.urls")),
]

handler400 = "gongkai.platform.pages.errors.bad_request"
handler403 = "gongkai.platform.pages.errors.forbidden"
handler404 = "gongkai.platform.pages.errors.not_found"
handler429 = "gongkai.platform.organs.views.account.too_often"
handler500 = "gongkai.platform.pages.errors.broken"
