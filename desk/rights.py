"""Who may do what: roles by layer and commune, asked of the table of rights. Nobody approves her own delivery."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from desk.models import ADMINISTRATOR, APPROVER, EDITOR, Delivery, Right
from layers import catalogue
from layers.declare import Layer

Rights = list[Right]


def of(user: User) -> Rights:
    return list(user.rights.all()) if user.is_active else []


def has_role(rights: Rights, role: str) -> bool:
    return any(right.role == role for right in rights)


def covers(rights: Rights, role: str, layer: str, communes: Iterable[str] = ()) -> bool:
    """Whether these rights hold for the layer in all of the communes; without communes for the layer at all."""
    fitting = [right for right in rights if right.role == role and right.layer in ("", layer)]
    everywhere = any(not right.commune_code for right in fitting)
    named = {right.commune_code for right in fitting}
    return everywhere or (bool(fitting) and set(communes) <= named)


def layers_of(rights: Rights, role: str = EDITOR) -> list[Layer]:
    return [layer for layer in catalogue.every() if covers(rights, role, layer.slug)]


def communes_of(rights: Rights, layer: str) -> set[str] | None:
    """Communes to which an editor of the layer is limited; None: all."""
    fitting = [right for right in rights if right.role == EDITOR and right.layer in ("", layer)]
    return None if any(not right.commune_code for right in fitting) else {right.commune_code for right in fitting}


def may_see(user: User, rights: Rights, delivery: Delivery) -> bool:
    if delivery.sender_id == user.pk or has_role(rights, ADMINISTRATOR):
        return True
    return any(covers(rights, role, delivery.layer_slug, delivery.communes) for role in (EDITOR, APPROVER))


def may_edit(user: User, rights: Rights, delivery: Delivery) -> bool:
    """Her own delivery, while she still has the right."""
    return delivery.sender_id == user.pk and covers(rights, EDITOR, delivery.layer_slug, delivery.communes)


def may_approve(user: User, rights: Rights, delivery: Delivery) -> bool:
    if delivery.sender_id == user.pk:
        return False
    return covers(rights, APPROVER, delivery.layer_slug, delivery.communes)


def seen_by(user: User, rights: Rights) -> QuerySet[Delivery]:
    """Deliveries of a person and of her layers; communes are looked at one by one by `may_see`."""
    if has_role(rights, ADMINISTRATOR) or any(not right.layer for right in rights):
        return Delivery.objects.all()
    slugs = {right.layer for right in rights}
    return Delivery.objects.filter(Q(sender=user) | Q(layer_slug__in=slugs))
