"""The form of a search: what can be chosen, and what is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext, gettext_lazy

from layers import catalogue
from layers.declare import Layer, LegendClass
from layers.ground.admin_units import OLD
from layers.search.coordinates import Reading
from layers.search.correcting import Corrected
from layers.search.filters import KINDS, RELEVANCE, SORTS, STATES, Filters, kind_of
from layers.search.paging import Found
from layers.search.words import described
from layers.systems import SYSTEMS


@dataclass(frozen=True)
class Choice:
    value: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Form:
    """`typed`: the values of the plain fields, as they came. `narrow`: whether a filter is set; `told`: all that is
    set, in words."""

    kinds: tuple[Choice, ...]
    layers: tuple[Group, ...]
    classes: tuple[Group, ...]
    states: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    editions: tuple[Choice, ...]
    typed: Mapping[str, str]
    narrow: bool
    told: tuple[str, ...]


FIELDS = ("commune", "area_from", "area_to", "date_from", "date_to", "on", "bbox", "within", "near")


def form_of(filters: Filters, corrected: Corrected, kept: Iterable[tuple[str, str]]) -> Form:
    """The form as the address fills it; `kept` are the words of the address."""
    typed = {name: value for name, value in kept if name in FIELDS}
    form = Form(
        kinds=_choices(KINDS, filters.kinds),
        layers=_layers(filters),
        classes=_classes(filters),
        states=_choices(STATES, (filters.state,)),
        sorts=_choices(SORTS, (filters.sort,)),
        editions=_choices(editions(), (corrected.edition,)),
        typed=typed,
        narrow=filters.narrow or bool(corrected.commune),
        told=(),
    )
    return replace(form, told=tuple(_told(form, filters)))


# A field of the form in words, with what was typed in it; the places are shapes nobody reads.
TOLD = {
    "commune": gettext_lazy("trong “{typed}”"),
    "area_from": gettext_lazy("từ {typed} m²"),
    "area_to": gettext_lazy("đến {typed} m²"),
    "date_from": gettext_lazy("quyết định từ {typed}"),
    "date_to": gettext_lazy("quyết định đến {typed}"),
    "bbox": gettext_lazy("trong khung bản đồ"),
    "within": gettext_lazy("trong vùng vẽ"),
    "near": gettext_lazy("gần {typed}"),
}


def _told(form: Form, filters: Filters) -> Iterator[str]:
    grouped = (*form.layers, *form.classes)
    sorts = form.sorts if filters.sort != RELEVANCE else ()
    for choices in (form.kinds, *(group.choices for group in grouped), form.states, form.editions, sorts):
        yield from (choice.title for choice in choices if choice.chosen)
    yield from (str(words).format(typed=form.typed[name]) for name, words in TOLD.items() if name in form.typed)


def editions() -> dict[str, str]:
    return {"new": gettext("xã mới, sổ mới"), "old": gettext("xã cũ, sổ cũ")}


@dataclass(frozen=True)
class Correction:
    """What was understood, each piece to be put right. Of numbers: `fields` (name, title, value) and whose they are;
    of coordinates: `systems` and `axes`. `hidden`: what is asked along. None of them when nothing was understood."""

    fields: tuple[tuple[str, str, str], ...] = ()
    editions: tuple[Choice, ...] = ()
    kinds: tuple[Choice, ...] = ()
    systems: tuple[Choice, ...] = ()
    axes: tuple[Choice, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()


PIECES = {"q", "sheet", "parcel", "commune", "edition", "kind", "system", "axes"}


def correction_of(
    query: str, found: Found, filters: Filters, corrected: Corrected, kept: Iterable[tuple[str, str]]
) -> Correction:
    """The form that puts right what was understood of a query."""
    others = tuple((name, value) for name, value in kept if name not in PIECES)
    if found.reading:
        return _of_coordinates(query, found.reading, others)
    understood = described(found)
    commune = _one_name(found)
    if not (understood["parcel"] or understood["sheet"]):
        return Correction((("q", gettext("Xã hoặc huyện cũ"), commune),), hidden=others) if commune else Correction()
    titles = {"parcel": gettext("Thửa"), "sheet": gettext("Tờ"), "commune": gettext("Xã hoặc huyện cũ")}
    values = {**understood, "commune": corrected.commune or commune}
    return Correction(
        tuple((name, title, values[name] or "") for name, title in titles.items()),
        _choices(editions(), (corrected.edition,)),
        _choices({kind: KINDS[kind] for kind in ("parcel", "sheet")}, filters.kinds),
        hidden=others,
    )


def _one_name(found: Found) -> str:
    """The likeliest commune, told so that the same one is found again; or the whole district."""
    place = found.place
    if place.district or not place.units:
        return place.district
    first = place.units[0]
    return f"{first.name}, {first.district}" if first.edition == OLD else first.name


def _of_coordinates(query: str, reading: Reading, others: tuple[tuple[str, str], ...]) -> Correction:
    systems = {str(each.epsg): each.title for each in SYSTEMS if each.in_degrees == reading.system.in_degrees}
    axes = {"north": gettext("bắc (X, vĩ độ) trước"), "east": gettext("đông (Y, kinh độ) trước")}
    return Correction(
        systems=_choices(systems, (str(reading.system.epsg),)),
        axes=_choices(axes, ("north" if reading.north_first else "east",)),
        hidden=(("q", query), *others),
    )


def _choices(among: Mapping[str, object], chosen: Iterable[str]) -> tuple[Choice, ...]:
    taken = set(chosen)
    return tuple(Choice(value, str(title), value in taken) for value, title in among.items())


def _layers(filters: Filters) -> tuple[Group, ...]:
    """Layers by theme; those of the ground are the kinds."""
    zones = [layer for layer in catalogue.mapped() if kind_of(layer) == "zone"]
    return tuple(
        Group(str(title), tuple(_layer(layer, filters) for layer in zones if layer.theme == theme))
        for theme, title in catalogue.THEMES.items()
        if any(layer.theme == theme for layer in zones)
    )


def _layer(layer: Layer, filters: Filters) -> Choice:
    return Choice(layer.slug, str(layer.title), layer.slug in filters.layers)


def _classes(filters: Filters) -> tuple[Group, ...]:
    """What the legends tell apart, layer by layer."""
    return tuple(
        Group(str(layer.title), tuple(_class(layer, entry, filters) for entry in layer.legend if entry.value))
        for layer in catalogue.mapped()
        if layer.legend_by and any(entry.value for entry in layer.legend)
    )


def _class(layer: Layer, entry: LegendClass, filters: Filters) -> Choice:
    chosen = filters.legend_class == (layer.slug, entry.value)
    return Choice(f"{layer.slug}:{entry.value}", str(entry.title), chosen)
