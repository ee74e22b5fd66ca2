"""What differs between two answers, theme by theme, in facts a person can read. Works on their JSON twins: the older
one may have been written by an earlier release, so only what both say is compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from layers.declare import Words

Twin = dict[str, Any]
Key = tuple[object, ...]


@dataclass(frozen=True)
class Fact:
    """One thing an answer says: of a theme (`label` empty), of a zone in it, of a planned part, of the parcel itself.

    `said` are further attributes as (title, value in both languages); in a difference only those that differ."""

    label: Words | None = None
    answer: str = ""
    reason: str = ""
    area_m2: float | None = None
    share_percent: float | None = None
    length_m: float | None = None
    distance_m: float | None = None
    margin_m: float | None = None
    said: tuple[tuple[Words, Words], ...] = ()

    def beside(self, other: Fact | None) -> Fact:
        """This fact with only those attributes that the other says otherwise; with none where there is no other."""
        kept = () if other is None else tuple(one for one in self.said if one not in other.said)
        return replace(self, said=kept)


@dataclass(frozen=True)
class Difference:
    """A theme (or the subject itself) that says something else: fact by fact what it said and what it says (None: it
    did not say it, or no longer does)."""

    title: Words
    facts: tuple[tuple[Fact | None, Fact | None], ...]

    @property
    def before(self) -> tuple[Fact, ...]:
        return tuple(old for old, _ in self.facts if old)

    @property
    def after(self) -> tuple[Fact, ...]:
        return tuple(new for _, new in self.facts if new)


def differences(old: Twin, new: Twin, subject: Words) -> tuple[Difference, ...]:
    """What the new answer says otherwise, the subject's own facts first, then the themes in their order."""
    pairs = [(subject, own_facts(old), own_facts(new))]
    before = {theme["theme"]: theme for theme in old["themes"]}
    for theme in new["themes"]:
        told = dict(facts(before[theme["theme"]])) if theme["theme"] in before else {}
        pairs.append((words(theme["title"]), told, dict(facts(theme))))
    pairs += [
        (title, dict(told_of(old)), dict(told_of(new)))
        for title, member, told_of in FURTHER
        if member in old and member in new
    ]
    return tuple(found for pair in pairs if (found := differing(*pair)))


def differing(title: Words, old: dict[Key, Fact], new: dict[Key, Fact]) -> Difference | None:
    keys = [*old, *(key for key in new if key not in old)]
    changed = [key for key in keys if old.get(key) != new.get(key)]
    if not changed:
        return None
    return Difference(title, tuple(beside_each_other(old.get(key), new.get(key)) for key in changed))


def beside_each_other(old: Fact | None, new: Fact | None) -> tuple[Fact | None, Fact | None]:
    return old and old.beside(new), new and new.beside(old)


def facts(theme: Twin) -> Iterator[tuple[Key, Fact]]:
    """Everything a theme says: its answer, its gaps, its zones, the parts of its plans."""
    yield ("answer",), Fact(answer=theme["answer"] or "", reason=theme["reason"] or "")
    for layer in theme["layers"]:
        if layer["reason"]:
            yield ("gap", layer["layer"]["slug"]), gap(layer, layer["uncovered_percent"])
        for zone in layer["zones"]:
            yield ("zone", layer["layer"]["slug"], zone["feature_id"]), of_zone(zone)
    for plan in theme.get("compositions", ()):
        if plan["reason"]:
            yield ("gap", plan["layer"]["slug"]), gap(plan, plan["unsurveyed_percent"])
        for part in (*plan["parts"], *plan["possible"]):
            yield part_key(plan, part), of_part(part)


def gap(finding: Twin, uncovered: float) -> Fact:
    return Fact(label=words(finding["layer"]["title"]), reason=finding["reason"], share_percent=uncovered or None)


def of_zone(zone: Twin) -> Fact:
    measures = {name: zone[name] for name in ("area_m2", "share_percent", "length_m", "margin_m")}
    return Fact(
        label=Words(zone["label"], zone["label"]),
        answer=zone["answer"],
        distance_m=zone["distance_m"] or None,
        said=tuple((words(one["title"]), value_of(one)) for one in zone["attributes"]),
        **measures,
    )


def part_key(plan: Twin, part: Twin) -> Key:
    kinds = tuple((kind["code"], kind["vocabulary"]) for kind in part["kinds"])
    return "part", plan["layer"]["slug"], part["area_m2"] is None, kinds


def of_part(part: Twin) -> Fact:
    kinds = part["kinds"]
    label = Words(
        *(" + ".join(f"{kind['code']} ({kind['title'][language]})" for kind in kinds) for language in ("vi", "en"))
    )
    return Fact(
        label=label,
        area_m2=part["area_m2"],
        share_percent=part["share_percent"],
        distance_m=part["distance_m"] or None,
        margin_m=part["margin_m"],
    )


def own_facts(twin: Twin) -> dict[Key, Fact]:
    """What is told of the parcel or site itself; a subject without such a card has none."""
    if "site" in twin:
        return site_facts(twin["site"])
    card = twin.get("parcel") or {}
    told = {
        "area_paper_m2": Words("Diện tích trên giấy tờ (m²)", "Area on paper (m²)"),
        "area_drawn_m2": Words("Diện tích theo bản đồ (m²)", "Area on the map (m²)"),
        "parcel_no": Words("Thửa đất số", "Parcel"),
        "sheet_no": Words("Tờ bản đồ số", "Map sheet"),
        "commune": Words("Xã, phường", "Commune"),
    }
    found: dict[Key, Fact] = {
        (name,): Fact(label=title, said=((title, written(card[name])),)) for name, title in told.items() if name in card
    }
    if "purposes" in card:
        title = Words("Mục đích sử dụng", "Purposes")
        codes = ", ".join(f"{one['code']} {one['area_m2'] or ''}".strip() for one in card["purposes"])
        found["purposes",] = Fact(label=title, said=((title, written(codes)),))
    if "polygons" in card:
        title = Words("Ranh thửa", "Outline")
        corners = [ring for polygon in card["polygons"] for ring in polygon]
        found["outline",] = Fact(label=title, said=((title, written(outline_words(corners))),))
    return found


def site_facts(card: Twin) -> dict[Key, Fact]:
    rings = [ring for polygon in card["polygons"] for ring in polygon]
    told = {
        "area_m2": (Words("Diện tích (m²)", "Area (m²)"), card["area_m2"]),
        "accuracy_m": (Words("Sai số của khu đất (m)", "Accuracy of the site (m)"), card["accuracy_m"]),
        "communes": (Words("Xã, phường", "Communes"), ", ".join(card["communes"])),
        "parcels": (Words("Thửa đất trong khu (m²)", "Parcels in the site (m²)"), parcels_words(card["parcels"])),
        "parcel_count": (Words("Số thửa trong khu", "Number of parcels"), card["parcel_count"]),
        "outside_m2": (Words("Ngoài mọi thửa (m²)", "On no parcel (m²)"), card["outside_m2"]),
        "outline": (Words("Ranh khu đất", "Outline of the site"), outline_words(rings)),
    }
    return {
        (name,): Fact(label=title, said=((title, value if isinstance(value, Words) else written(value)),))
        for name, (title, value) in told.items()
    }


def parcels_words(parcels: list[Twin]) -> Words:
    """Sheet/parcel and what it shares, in the order of their numbers: which is the largest may change by a hair."""
    shares = sorted((one["sheet_no"], one["parcel_no"], one["shared_m2"]) for one in parcels)
    told = [(f"{sheet}/{number}", f"{shared:.1f}") for sheet, number, shared in shares]
    return Words(
        "; ".join(f"{name}: {shared.replace('.', ',')}" for name, shared in told),
        "; ".join(f"{name}: {shared}" for name, shared in told),
    )


def distance_facts(twin: Twin) -> Iterator[tuple[Key, Fact]]:
    """The distances a law names: each rule that was looked at, and each object that lies within its reach."""
    for rule in twin.get("rules", ()):
        width, edition = Words("Khoảng cách", "Distance"), Words("Bản", "Edition")
        outdated = Words("Đã hết hiệu lực", "Outdated")
        said = ((width, written(rule["width_m"], "m")), (edition, written(rule["edition"])))
        yield ("rule", rule["code"]), Fact(words(rule["title"]), said=(*said, (outdated, written(rule["is_outdated"]))))
    for one in twin.get("distances", ()):
        title = words(one["rule"]["title"])
        label = Words(f"{title.vi}: {one['label']}", f"{title.en}: {one['label']}")
        inside = Words("Nằm trong (m)", "Inside by (m)")
        yield (
            ("distance", one["rule"]["code"], one["layer"], one["feature_id"]),
            Fact(
                label=label,
                answer=one["answer"],
                distance_m=one["distance_m"] or None,
                margin_m=one["margin_m"],
                said=((inside, written(one["inside_m"])),),
            ),
        )


def beside_facts(twin: Twin) -> Iterator[tuple[Key, Fact]]:
    for one in twin.get("beside", ()):
        said = tuple((words(each["title"]), value_of(each)) for each in one["attributes"])
        label = Words(one["label"], one["label"])
        yield ("beside", one["layer"], one["feature_id"]), Fact(label, distance_m=one["distance_m"], said=said)


def uncomputed_facts(twin: Twin) -> Iterator[tuple[Key, Fact]]:
    for rule in twin.get("not_computed", ()):
        why, edition = Words("Vì", "Because"), Words("Bản", "Edition")
        said = ((why, words(rule["why"])), (edition, written(rule["edition"])))
        yield ("not-computed", rule["code"]), Fact(words(rule["title"]), said=said)


# What not every answer has: by the member that holds it. What a release did not tell has not changed.
FURTHER = (
    (Words("Khoảng cách theo luật", "Distances named by law"), "distances", distance_facts),
    (Words("Ở cạnh khu đất", "Beside the site"), "beside", beside_facts),
    (Words("Cổng chưa tính", "Not computed by the portal"), "not_computed", uncomputed_facts),
)


def outline_words(rings: list[list[list[float]]]) -> str:
    """An outline in so many words that another outline reads otherwise: its corners to the centimetre."""
    return "; ".join(f"{north:.2f} {east:.2f}" for ring in rings for east, north in ring[:-1])


def words(both: dict[str, str]) -> Words:
    return Words(both["vi"], both["en"])


def value_of(attribute: Twin) -> Words:
    """The code list's words, or the value with its unit."""
    label = attribute.get("label")
    return words(label) if label else written(attribute["value"], attribute["unit"])


def written(value: object, unit: str = "") -> Words:
    """A value of JSON as people of either language write it: yes or no, a day, a number with its unit."""
    if isinstance(value, bool):
        return Words("có", "yes") if value else Words("không", "no")
    if isinstance(value, float):
        text = f"{value:.2f}".rstrip("0").rstrip(".")
        return Words(f"{text.replace('.', ',')} {unit}".strip(), f"{text} {unit}".strip())
    text = "" if value is None else str(value)
    with suppress(ValueError):
        return Words(f"{date.fromisoformat(text):%d/%m/%Y}", text)
    return Words(f"{text} {unit}".strip(), f"{text} {unit}".strip())
