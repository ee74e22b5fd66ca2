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


def procedures_of(layers: Iterable[str], snapshot: int) -> dict[str, list[Procedure]]:
    """The procedures that rules about the zones of each layer ask for, by name; a layer without any is missing."""
    asked = as_of(Permission, snapshot).filter(zone_layer__in=list(layers)).exclude(procedure_code="")
    pairs = set(asked.values_list("zone_layer", "procedure_code"))
    known = named((code for _, code in pairs), snapshot)
    found: dict[str, list[Procedure]] = {}
    for layer, code in sorted(pairs, key=lambda pair: known[pair[1]].name if pair[1] in known else ""):
        if code in known:
            found.setdefault(layer, []).append(known[code])
    return found
