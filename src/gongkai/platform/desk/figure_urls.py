"""The addresses of the ledger of figures on the desk."""

from __future__ import annotations

from django.urls import path

from .views.figures import counted, entering, importing, year

_LEDGER = "organs/<slug:slug>/figures/"
_YEAR = f"{_LEDGER}<int:year>/"

urlpatterns = [
    path(_LEDGER, year.now, name="figures_now"),
    path(_YEAR, year.year_page, name="figures"),
    path(f"{_YEAR}counted/<str:place>/", counted.counted, name="figures_counted"),
    path(f"{_YEAR}records/", year.records, name="figures_records"),
    path(f"{_YEAR}figures.xlsx", year.export, name="figures_export"),
    path(f"{_YEAR}template.xlsx", importing.template, name="figures_template"),
    path(f"{_YEAR}import/", importing.uploading, name="figures_import"),
    path(f"{_YEAR}import/<int:batch_id>/", importing.upload, name="figures_upload"),
    path(f"{_YEAR}<slug:topic>/<int:month>/", entering.month, name="figures_month"),
]
