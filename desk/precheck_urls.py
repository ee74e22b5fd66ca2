"""Addresses of the pre-check, open to who has a firm's key: outside the desk's own, so without session or cookie."""

from __future__ import annotations

from django.urls import path

from desk.views import precheck

urlpatterns = [
    path("precheck", precheck.page, name="precheck"),
    path("precheck.json", precheck.as_json, name="precheck-json"),
    path("precheck.csv", precheck.as_csv, name="precheck-csv"),
]
