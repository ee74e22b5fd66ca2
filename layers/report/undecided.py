"""How often an answer is undecided (too close to call, or not assessed), counted over the parcels of one commune."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from layers import catalogue
from layers.declare import Layer
from layers.ground.parcels import PARCELS
from layers.queries import subjects, undecided, zones
from layers.queries.snapshots import published
from layers.queries.undecided import Standing
from layers.report.answers import Answer, strongest
from layers.report.build import obstacle

# A commune with more parcels than this is judged by a sample; 500 of them tell a share to within 4.4 points (95 %).
EVERY_PARCEL_UP_TO, SAMPLE = 2_000, 500


@dataclass(frozen=True)
class Count:
    """What the `asked` parcels got. `layer` is empty where the count speaks of the whole theme."""

    theme: str
    layer: str
    asked: int
    too_close: int
    not_assessed: int


def count(commune: str, parcels: int, snapshot: int, day: date) -> list[Count]:
    """Counts for every theme that has a layer, and for each of its layers. Read inside `snapshots.reading()`."""
    layers = catalogue.reported()
    most = parcels if parcels <= EVERY_PARCEL_UP_TO else SAMPLE
    asked = undecided.standing_for(commune, snapshot, most)
    found: Counter[tuple[str, str, Answer]] = Counter()
    there = published(snapshot)
    for parcel in asked:
        answers = answered(parcel, layers, there, snapshot, day)
        for layer in layers:
            found[layer.theme, layer.slug, answers[layer.slug]] += 1
        for theme in {layer.theme for layer in layers}:
            own = [answers[layer.slug] for layer in layers if layer.theme == theme]
            found[theme, "", strongest(own)] += 1
    subjects = sorted({(theme, layer) for theme, layer, _ in found})
    return [
        Count(*subject, len(asked), found[*subject, Answer.TOO_CLOSE], found[*subject, Answer.NOT_ASSESSED])
        for subject in subjects
    ]


def answered(
    parcel: Standing, layers: tuple[Layer, ...], there: set[str], snapshot: int, day: date
) -> dict[str, Answer]:
    """The answer of each layer for one parcel, by slug: as the report gives it, without its words."""
    subject = subjects.parcel(parcel.row_id)
    ground = zones.ground_of(subject, (*layers, PARCELS), snapshot)
    accuracy = parcel.accuracy_m if parcel.accuracy_m is not None else ground[PARCELS.slug].accuracy_m
    known = {layer.slug: ground[layer.slug].accuracy_m for layer in layers if layer.slug in there}
    blind = zones.without_accuracy([slug for slug, metres in known.items() if metres is None], snapshot)
    hits = zones.hits(subject, accuracy, known, snapshot, day) if accuracy is not None and known else []
    answers = {}
    for layer in layers:
        reason = obstacle(layer, accuracy, ground[layer.slug], there, blind)
        base = Answer.NOT_AFFECTED if reason is None else Answer.NOT_ASSESSED
        answers[layer.slug] = strongest([base, *(Answer(hit.answer) for hit in hits if hit.layer == layer.slug)])
    return answers
