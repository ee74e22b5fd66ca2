"""Addresses of the desk. Each view but those of signing in is guarded here, so none can forget it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import views as accounts
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from desk.accounts import officers_only
from desk.views import (
    account,
    delivery,
    difference,
    findings,
    history,
    home,
    measuring,
    mistakes,
    officers,
    understood,
    upload,
)


def guarded(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, officers_only(view), name=name)


urlpatterns = [
    path("account/login/", accounts.login, name="account_login"),
    path("account/logout/", accounts.logout, name="account_logout"),
    path("account/inactive/", accounts.account_inactive, name="account_inactive"),
    path("account/again/", accounts.reauthenticate, name="account_reauthenticate"),
    path("account/password/", accounts.password_change, name="account_change_password"),
    path("account/closed/", account.closed, name="account_signup"),
    path("account/second/", RedirectView.as_view(pattern_name="mfa_view_recovery_codes"), name="mfa_index"),
    path("account/second/code/", factors.authenticate, name="mfa_authenticate"),
    path("account/second/again/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("account/second/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second/app/on/", RedirectView.as_view(pattern_name="desk"), name="mfa_deactivate_totp"),
    path("account/second/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/second/recovery/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    guarded("", home.page, "desk"),
    guarded("deliveries/new", upload.page, "desk-new"),
    guarded("deliveries/<int:number>", delivery.page, "desk-delivery"),
    guarded("deliveries/<int:number>/record", delivery.record, "desk-record"),
    guarded("deliveries/<int:number>/state", delivery.state, "desk-state"),
    guarded("deliveries/<int:number>/understood", understood.page, "desk-understood"),
    guarded("deliveries/<int:number>/repair", understood.repair, "desk-repair"),
    guarded("deliveries/<int:number>/findings", findings.page, "desk-findings"),
    guarded("deliveries/<int:number>/findings.csv", findings.as_csv, "desk-findings-csv"),
    guarded("deliveries/<int:number>/findings/<int:fault>/accept", findings.accept, "desk-accept"),
    guarded("deliveries/<int:number>/difference", difference.page, "desk-difference"),
    guarded("measure", measuring.page, "desk-measuring"),
    guarded("measure/map", measuring.frame, "desk-measuring-map"),
    guarded("measure.csv", measuring.as_csv, "desk-measuring-csv"),
    guarded("mistakes", mistakes.queue, "desk-mistakes"),
    guarded("mistakes/<int:number>", mistakes.case, "desk-mistake"),
    guarded("mistakes/<int:number>/photo.jpg", mistakes.photo, "desk-mistake-photo"),
    guarded("mistakes/<int:number>/work", mistakes.work, "desk-mistake-work"),
    guarded("officers", officers.page, "desk-officers"),
    guarded("officers/<int:number>", officers.change, "desk-officer"),
    guarded("history", history.page, "desk-history"),
    guarded("history/<int:number>", history.revision, "desk-revision"),
    guarded("history/<slug:slug>/<int:number>", history.feature, "desk-feature"),
    guarded("undoings/<int:number>", history.undoing, "desk-undoing"),
    guarded("undoings/<int:number>/decide", history.decide, "desk-decide"),
    guarded("deliveries/<int:number>/map", difference.frame, "desk-map"),
    guarded("deliveries/<int:number>/cancel", delivery.cancel, "desk-cancel"),
    guarded("deliveries/<int:number>/send", delivery.send, "desk-send"),
    guarded("deliveries/<int:number>/approve", delivery.approve, "desk-approve"),
    guarded("deliveries/<int:number>/return", delivery.give_back, "desk-return"),
]
