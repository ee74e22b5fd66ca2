"""How values are written in the reader's style: Vietnamese 1.234,5 and 24/11/2026, English 1,234.5 and 24 Nov 2026."""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime as Moment
from decimal import Decimal

from django import template
from django.conf import settings
from django.template import Context
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, gettext_lazy, gettext_noop

from exports import tints
from exports.base_maps import offered, origin
from layers import public
from layers.report.answers import Answer, Attribute, Cell, ParcelCard, Reason
from layers.systems import by_epsg

register = template.Library()

Number = Decimal | float | int
SPACE = "\u00a0"
FOR_PROGRAMS = frozenset({"fields", "tile_fields", "revision", "accuracy_m"})
# Units that declarations name and that are words, not signs.
UNITS = (gettext_noop("m³/ngày"),)
MINUS = "\u2212"

ANSWERS: dict[Answer, object] = {
    Answer.AFFECTED: gettext_lazy("Có ảnh hưởng"),
    Answer.TOO_CLOSE: gettext_lazy("Sát ranh, chưa kết luận"),
    Answer.NOT_AFFECTED: gettext_lazy("Không ảnh hưởng"),
    Answer.NOT_ASSESSED: gettext_lazy("Chưa đánh giá"),
}
# Each reason says in the same breath that it does not mean unaffected.
REASONS: dict[Reason, object] = {
    Reason.NO_LAYER: gettext_lazy(
        "Cổng chưa có lớp vùng nào của lĩnh vực này. Điều đó không có nghĩa là không ảnh hưởng."
    ),
    Reason.NO_ZONES: gettext_lazy(
        "Lĩnh vực này mới có trạm đo, chưa có vùng nào để xét cho thửa đất. Điều đó không có nghĩa là không ảnh hưởng."
    ),
    Reason.NOT_PUBLISHED: gettext_lazy(
        "Dữ liệu của lớp này chưa được công bố. Điều đó không có nghĩa là không ảnh hưởng."
    ),
    Reason.NOT_COVERED: gettext_lazy(
        "Một phần thửa đất nằm ngoài vùng đã khảo sát. Điều đó không có nghĩa là không ảnh hưởng."
    ),
    Reason.NO_ACCURACY: gettext_lazy(
        "Chưa biết dữ liệu chính xác đến đâu nên không thể kết luận. Điều đó không có nghĩa là không ảnh hưởng."
    ),
}


def in_english() -> bool:
    return (get_language() or "vi").startswith("en")


@register.filter
def number(value: Number | None, digits: int | None = None) -> str:
    """A number with its thousands told apart; `digits` after the sign, without it as many as it needs (max 2)."""
    if value is None:
        return ""
    text = f"{abs(value):,.{2 if digits is None else digits}f}"
    if digits is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not in_english():
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


@register.filter
def area(value: Number | None) -> str:
    """Square metres to a tenth, as SQL has rounded them."""
    return "" if value is None else f"{number(value, 1)}{SPACE}m²"


@register.filter
def whole_area(value: Number | None) -> str:
    """Square metres as a red book prints them: a tenth only where there is one."""
    return "" if value is None else f"{number(value)}{SPACE}m²"


@register.filter
def metres(value: Number | None) -> str:
    return "" if value is None else f"{number(value)}{SPACE}m"


@register.filter
def far(value: Number | None) -> str:
    """A distance as one speaks of it: metres, from a kilometre on in kilometres to a tenth."""
    if value is None:
        return ""
    return metres(round(value)) if value < 1000 else f"{number(round(float(value) / 1000, 1))}{SPACE}km"


@register.filter
def percent(value: Number | None) -> str:
    """A share to a tenth; what is not nothing never reads as 0, what is not all never as 100."""
    if value is None:
        return ""
    digits = 2 if 0 < abs(float(value)) < 0.05 or 99.95 <= float(value) < 100 else 1
    return f"{number(value, digits)}{'' if in_english() else SPACE}%"


@register.simple_tag
def difference(drawn: Number, paper: Number | None) -> str:
    """By how much the drawn area differs from the one on paper: +0,5 %; empty without an area on paper."""
    if not paper:
        return ""
    share = (Decimal(drawn) - Decimal(paper)) / Decimal(paper) * 100
    return f"{'+' if share > 0 else ''}{percent(round(share, 1))}"


@register.filter
def day(value: Day | None) -> str:
    return "" if value is None else date_format(value, "j M Y" if in_english() else "d/m/Y", use_l10n=False)


@register.filter
def moment(value: Moment | None) -> str:
    """A day with its hour on Vietnam's clock: 07:00 20/11/2026, 20 Nov 2026 07:00."""
    if value is None:
        return ""
    local = localtime(value)
    clock = local.strftime("%H:%M")
    return f"{day(local)} {clock}" if in_english() else f"{clock} {day(local)}"


@register.filter
def degrees(value: float | None) -> str:
    return "" if value is None else number(value, 5)


@register.filter
def answer_words(answer: str) -> str:
    return str(ANSWERS[Answer(answer)])


@register.filter
def reason_words(reason: str | None) -> str:
    return str(REASONS[Reason(reason)]) if reason else ""


@register.filter
def written(attribute: Attribute | Cell) -> str:
    """An attribute's value as a person reads it: the code list's words, a date, a number with its unit, yes or no."""
    value = attribute.value
    if attribute.label is not None:
        return str(attribute.label)
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    if isinstance(value, Moment):
        return moment(value)
    if isinstance(value, Day):
        return day(value)
    if isinstance(value, int) and not attribute.unit:
        return str(value)  # a year or a number that is a name, not a quantity
    if isinstance(value, int | float | Decimal):
        return f"{number(value)}{SPACE}{gettext(attribute.unit) if attribute.unit else ''}".rstrip()
    return "" if value is None else f"{value}{SPACE if attribute.unit else ''}{attribute.unit}"


@register.filter
def plain(value: Number) -> str:
    """A number for machines (an attribute, a coordinate), whatever the reader's language."""
    return f"{value:f}" if isinstance(value, Decimal) else repr(value)


@register.filter
def in_reading_order(counts: dict[Answer, int]) -> list[tuple[Answer, int]]:
    """The four counts as people read them: what applies, what may, what does not, what nobody knows."""
    return [(answer, counts.get(answer, 0)) for answer in ANSWERS]


@register.filter
def of(table: dict[str, object] | None, key: str) -> object:
    """What a table says of a key; nothing where it has none."""
    return (table or {}).get(key)


@register.filter
def span_m(parcel: ParcelCard) -> float:
    """The longer side of a parcel's bounding box in metres: how far the map has to zoom in."""
    west, south, east, north = parcel.bounds
    return round(max(east - west, north - south), 1)


@register.filter
def in_language(words: dict[str, str]) -> str:
    """Words that travelled as JSON, in the reader's language."""
    return words["en" if in_english() else "vi"]


@register.simple_tag
def map_layers(snapshot: int | None) -> list[dict[str, object]]:
    """The declarations the browser draws the map and the legend from, as of the page's snapshot."""
    return public.map_layers(snapshot or 0)


@register.filter
def drawn(layers: list[dict[str, object]]) -> list[dict[str, object]]:
    """Of the declarations what the browser draws from; the rest is for programs and would weigh on every page."""
    return [{name: value for name, value in layer.items() if name not in FOR_PROGRAMS} for layer in layers]


@register.simple_tag
def land_use_tints() -> dict[str, str]:
    """The colour a parcel of each land-use code has on the map."""
    return tints.land_use()


@register.simple_tag(takes_context=True)
def base_maps(context: Context) -> list[dict[str, object]]:
    """The base maps a visitor may choose. The page may load pictures from their hosts, and from no other."""
    bases = offered()
    request = context.get("request")
    if request is not None:
        request.picture_hosts = sorted({host for base in bases if (host := origin(base["tiles"]))})
    return bases


@register.simple_tag
def dated(address: str, dating: str) -> str:
    """An address that speaks of the page's snapshot and day (`dating`: "" or "?at=…"); it may have a query already."""
    return address + (dating.replace("?", "&", 1) if "?" in address else dating)


@register.simple_tag
def storage_plane() -> dict[str, object]:
    """The plane that areas are measured in: its title in both languages, its meridian (degrees east) and scale."""
    system = by_epsg(settings.STORAGE_SRID)
    if system is None:
        raise LookupError(f"EPSG:{settings.STORAGE_SRID} is in no row of layers/systems.csv")
    return {"title": public.both(system.title), "meridian": str(system.meridian), "scale": str(system.scale)}


@register.filter
def add_to(value: float, more: int) -> str:
    """A place in a drawing, moved by so many of its units."""
    return plain(value + more)
