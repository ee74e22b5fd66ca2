"""Accounts of officers: made by an administrator, opened by a password of their own and a second factor."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from contact import sealing
from desk import rights
from desk.models import ADMINISTRATOR, Officer, Right

View = Callable[..., HttpResponse]


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đang bị khóa."),
        "enter_current_password": _("Nhập mật khẩu hiện tại."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "too_many_login_attempts": _("Sai quá nhiều lần. Chờ năm phút rồi thử lại."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng."),
        "rate_limited": _("Thử quá nhiều lần. Chờ một chút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not on the first day: who has no second factor yet has just typed her password."""
        return bool(is_mfa_enabled(self.request.user) and super().is_reauthentication_required(app=app, **more))


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Staff cannot be without it; who lost it asks an administrator. Its secret lies sealed in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Không thể tắt bước xác thực thứ hai."),
        "incorrect_code": _("Mã không đúng, hoặc đã hết hạn. Nhập mã đang hiện trên điện thoại."),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret of an app; nothing fits one whose key is gone, so its owner has to begin again."""
        try:
            return sealing.unseal(encrypted_text)
        except sealing.Unsealable:
            return ""

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return False


def add_officer(username: str, name: str, roles: list[tuple[str, str, str]], granted_by: str) -> str:
    """Make an account with rights (role, layer, commune); the password for its first day. Raises IntegrityError."""
    password = one_time_password()
    with transaction.atomic():
        user = User.objects.create_user(username, password=password)
        Officer.objects.create(user=user, name=name or username)
        Right.objects.bulk_create(
            Right(user=user, role=role, layer=layer, commune_code=commune, granted_by=granted_by)
            for role, layer, commune in roles
        )
    return password


def one_time_password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(4))


def begin_again(officer: Officer) -> str:
    """A new password for one use, no second factor, no open session: for who lost her phone or her password."""
    password = one_time_password()
    with transaction.atomic():
        officer.user.set_password(password)  # sessions end: they carry a hash of the password
        officer.user.save()
        Authenticator.objects.filter(user=officer.user).delete()
        Officer.objects.filter(pk=officer.pk).update(must_change_password=True)
    return password


def officers_only(view: View) -> View:
    """The desk opens to who is signed in, has a password of her own and a second factor; not before."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
        officer = Officer.objects.filter(user=user).first()
        if officer is None:
            return redirect("account_logout")
        if officer.must_change_password:
            return redirect("account_change_password")
        if not is_mfa_enabled(user):
            return redirect("mfa_activate_totp")
        request.officer, request.rights = officer, rights.of(user)  # type: ignore[attr-defined]  # ours
        request.administers = rights.has_role(request.rights, ADMINISTRATOR)  # type: ignore[attr-defined]  # ours
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def password_is_own(sender: object, user: User, **more: Any) -> None:
    """Called when somebody has changed her password."""
    Officer.objects.filter(user=user).update(must_change_password=False)
