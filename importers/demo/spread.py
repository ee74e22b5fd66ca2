"""How the demo answers: over an even sample of its parcels, how many are affected, too close, not affected …"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

import numpy as np
from django.db.models import Max, Min

from layers.ground.parcels import Parcel
from layers.queries.parcels import with_measures
from layers.queries.snapshots import newest, reading
from layers.report.answers import Answer
from layers.report.build import report

SAMPLE: Final = 200


def by_theme(day: date) -> dict[str, Counter[Answer]]:
    """Answers of each theme that answers by zones on that day, by the newest snapshot, for at most SAMPLE parcels."""
    answers: dict[str, Counter[Answer]] = {}
    with reading():
        snapshot = newest()
        standing = Parcel.objects.filter(until=None)
        ends = standing.aggregate(first=Min("feature_id"), last=Max("feature_id"))
        if snapshot is None or ends["first"] is None:
            return answers
        chosen = np.linspace(ends["first"], ends["last"], SAMPLE, dtype=int).tolist()
        for parcel in with_measures(standing.filter(feature_id__in=chosen)):
            for theme in report(parcel, snapshot, day).themes:
                if theme.layers and theme.answer:
                    answers.setdefault(theme.title.en, Counter())[theme.answer] += 1
    return answers
