"""Words the desk's templates need besides the portal's own."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy

from desk.models import ROLES
from layers import catalogue

register = template.Library()


@register.filter
def layer_title(slug: str) -> str:
    """A layer's title; its slug where a release no longer knows it."""
    try:
        return str(catalogue.get(slug).title)
    except KeyError:
        return slug


@register.filter
def role_title(role: str) -> str:
    return str(ROLES.get(role, role))


@register.filter
def share(value: float) -> float:
    """A share of 1 as hundredths, for a bar."""
    return round(float(value) * 100, 1)


STEPS = {
    "split": gettext_lazy("Tách thửa"),
    "merge": gettext_lazy("Hợp thửa"),
    "renumber": gettext_lazy("Đánh số lại"),
    "rearrange": gettext_lazy("Vẽ lại ranh"),
}


@register.filter
def step_title(kind: str) -> str:
    return str(STEPS.get(kind, kind))


@register.filter
def theme_title(slug: str) -> str:
    return str(catalogue.THEMES.get(slug, slug))


REFUSALS = {
    "built-upon": gettext_lazy("Các bản sau đã dựa vào bản này; phải hoàn tác chúng trước:"),
    "unknown-revision": gettext_lazy("Không có bản công bố này."),
    "withdrawal": gettext_lazy("Bản này là một lần rút dữ liệu; không thể hoàn tác."),
    "nothing-to-undo": gettext_lazy("Bản này không còn gì để hoàn tác."),
    "two-officers": gettext_lazy("Cần hai cán bộ khác nhau."),
    "no-reason": gettext_lazy("Cần ghi lý do."),
    "unknown-feature": gettext_lazy("Không có đối tượng này."),
    "already-withdrawn": gettext_lazy("Đối tượng này đã được rút rồi."),
}


@register.filter
def refusal_words(code: str) -> str:
    """Why the engine did not take something back."""
    return str(REFUSALS.get(code, code))
