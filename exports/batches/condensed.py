"""What a batch keeps of a site's answer: its word for each theme, and every zone with its area."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from layers.report.answers import Answer, ThemeFinding
from layers.report.sites import SiteReport

Kept = dict[str, Any]
# A theme that a plan answers by its parts has no word of its own; its parts stand among the zones.
BY_PARTS = "by-parts"


def condensed(report: SiteReport) -> Kept:
    """Areas in m², shares in percent of the site, distances in metres; numbers as text, exactly as in the answer."""
    return {
        "area_m2": str(report.site.area_m2),
        "communes": list(report.site.communes),
        "themes": {theme.theme: theme.answer or BY_PARTS for theme in report.themes},
        "zones": [zone for theme in report.themes for zone in (*zones(theme), *planned(theme))],
        "distances": [
            {"label": one.label, "rule": both(one.rule.title), "inside_m": str(one.inside_m), "answer": one.answer}
            for one in report.distances
        ],
    }


def zones(theme: ThemeFinding) -> Iterator[Kept]:
    for layer in theme.layers:
        for zone in layer.zones:
            if zone.answer is not Answer.NOT_AFFECTED:
                told = kept(layer.layer.slug, zone.label, zone.answer, zone.area_m2, zone.share_percent)
                yield told | {"distance_m": str(zone.distance_m), "feature_id": zone.feature_id}


def planned(theme: ThemeFinding) -> Iterator[Kept]:
    for plan in theme.compositions:
        for part in plan.parts:
            label = both_of([both(kind.title) for kind in part.kinds])
            told = kept(plan.layer.slug, label, BY_PARTS, part.area_m2, part.share_percent)
            yield told | {"distance_m": str(part.distance_m), "feature_id": None}


def kept(layer: str, label: object, answer: str, area: Decimal | None, share: Decimal | None) -> Kept:
    return {
        "layer": layer,
        "label": label,
        "answer": answer,
        "area_m2": None if area is None else str(area),
        "share_percent": None if share is None else str(share),
    }


def both(words: Any) -> dict[str, str]:
    return {"vi": words.vi, "en": words.en}


def both_of(all_words: list[dict[str, str]]) -> dict[str, str]:
    return {language: " + ".join(words[language] for words in all_words) for language in ("vi", "en")}
