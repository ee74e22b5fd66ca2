"""Words the desk's templates need besides the portal's own."""

from __future__ import annotations

from django import template

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
