"""The administrator's page: who has an account, with which rights; add one, lock one, give a new password."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from desk import rights
from desk.accounts import add_officer, begin_again
from desk.models import ADMINISTRATOR, ROLES, Officer, Right
from desk.views.common import officer_of, rights_of
from geoportal.problems import Problem
from layers import catalogue
from layers.ground.admin_units import NEW, AdminUnit
from layers.versioned import NOW

LONGEST_NAME = 150


def administrator(request: HttpRequest) -> Officer:
    if not rights.has_role(rights_of(request), ADMINISTRATOR):
        raise Problem("not-allowed")
    return officer_of(request)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """All accounts; after adding one its first password, shown this once."""
    by = administrator(request)
    added = add(request, by) if request.method == "POST" else {}
    return render(request, "desk/officers.html", listed() | added, status=400 if added.get("fault") else 200)


def listed() -> dict[str, Any]:
    enrolled = set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True))
    officers = Officer.objects.select_related("user").prefetch_related("user__rights").order_by("user__username")
    communes = AdminUnit.objects.filter(NOW, edition=NEW).order_by("name").values_list("code", "name")
    return {
        "officers": [{"officer": one, "enrolled": one.user_id in enrolled} for one in officers],
        "roles": ROLES.items(),
        "layers": catalogue.every(),
        "communes": list(communes),
    }


def add(request: HttpRequest, by: Officer) -> dict[str, Any]:
    username = request.POST.get("username", "").strip()[:LONGEST_NAME]
    role, layer = request.POST.get("role", ""), request.POST.get("layer", "")
    commune = request.POST.get("commune", "")[:5]
    if not User.username_validator.regex.fullmatch(username):  # type: ignore[union-attr]  # always compiled
        return {"fault": _("Tên đăng nhập chỉ gồm chữ, số và các dấu @ . + - _")}
    if User.objects.filter(username__iexact=username).exists():
        return {"fault": _("Đã có tài khoản {name}.").format(name=username)}
    if role not in ROLES or (layer and layer not in {known.slug for known in catalogue.every()}):
        return {"fault": _("Chọn vai trò và lớp trong danh sách.")}
    name = request.POST.get("name", "").strip()[:LONGEST_NAME]
    password = add_officer(username, name, [(role, layer, commune)], by.name)
    return listed() | {"username": username, "password": password}


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Lock or open an account, give it one more right or take one, or begin again: password and second factor."""
    by = administrator(request)
    officer = Officer.objects.select_related("user").filter(pk=number).first()
    if officer is None:
        raise Problem("delivery-unknown")
    if officer.pk == by.pk:
        raise Problem("own-account")
    what = request.POST.get("what", "")
    if what == "again":
        password = begin_again(officer)
        return render(
            request, "desk/officers.html", listed() | {"username": officer.user.username, "password": password}
        )
    with transaction.atomic():
        if what in CHANGES:
            CHANGES[what](officer, request, by)
    return redirect("desk-officers")


def lock(officer: Officer, request: HttpRequest, by: Officer) -> None:
    User.objects.filter(pk=officer.user_id).update(is_active=not officer.user.is_active)


def grant(officer: Officer, request: HttpRequest, by: Officer) -> None:
    role, layer = request.POST.get("role", ""), request.POST.get("layer", "")
    if role in ROLES and (not layer or layer in {known.slug for known in catalogue.every()}):
        place = {"layer": layer, "commune_code": request.POST.get("commune", "")[:5]}
        Right.objects.get_or_create(user=officer.user, role=role, **place, defaults={"granted_by": by.name})


def take(officer: Officer, request: HttpRequest, by: Officer) -> None:
    number = request.POST.get("right", "")
    if number.isdigit():
        Right.objects.filter(user=officer.user, pk=int(number)).delete()


CHANGES = {"lock": lock, "grant": grant, "take": take}
