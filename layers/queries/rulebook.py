"""The tables of rules as of a snapshot: the catalogue of procedures, and the rules of one activity."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet, Value

from layers.queries.parcels import as_of
from layers.rulebook.permissions import Permission
from layers.rulebook.procedures import Procedure
from layers.versioned import Fold


def procedures(snapshot: int, words: str = "", field: str = "") -> QuerySet[Procedure]:
    """Procedures whose name holds the words (marks and case do not matter) or whose code begins with them."""
    found = as_of(Procedure, snapshot).order_by("field", "name", "code")
    if field:
        found = found.filter(field=field)
    if words:
        found = found.filter(Q(name_folded__contains=Fold(Value(words))) | Q(code__istartswith=words))
    return found


def fields(snapshot: int) -> list[str]:
    """The fields that have procedures, in the order of the alphabet."""
    return list(as_of(Procedure, snapshot).order_by("field").values_list("field", flat=True).distinct())


def procedure(code: str, snapshot: int) -> Procedure | None:
    return as_of(Procedure, snapshot).filter(code=code).first()


def named(codes: Iterable[str], snapshot: int) -> dict[str, Procedure]:
    """Procedures by their codes; a code nobody brought in is missing."""
    wanted = {code for code in codes if code}
    return {found.code: found for found in as_of(Procedure, snapshot).filter(code__in=wanted)} if wanted else {}


def permissions(activity: str, snapshot: int) -> list[Permission]:
    """Every rule of an activity, those for anywhere first."""
    return list(as_of(Permission, snapshot).filter(activity=activity).order_by("zone_layer", "zone_kind"))


def leading_to(code: str, snapshot: int) -> list[Permission]:
    """Every rule that asks for a procedure."""
    rules = as_of(Permission, snapshot).filter(procedure_code=code)
    return list(rules.order_by("activity", "zone_layer", "zone_kind"))


def procedures_of(layer: str, snapshot: int) -> list[Procedure]:
    """The procedures that rules about a layer's zones ask for, by name."""
    codes = as_of(Permission, snapshot).filter(zone_layer=layer).values_list("procedure_code", flat=True)
    return sorted(named(codes, snapshot).values(), key=lambda found: found.name)
