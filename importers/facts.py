"""What was understood of a delivered file, and why, as plain facts a person can look at, confirm or correct.

Nothing here shows a value of a column that is no field, or of one that may hold a person's name.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from importers.columns import is_organisation, match
from importers.crs import identify, rank
from importers.crs.operation import to_storage
from importers.reader import Reading
from importers.reader.refusals import words
from importers.steps.context import Choices, Context
from importers.steps.decode_text import decode_text
from importers.steps.locate import outlines_of
from importers.steps.match_columns import match_columns
from importers.text import ENCODINGS, UNDECODED, choose, decode
from layers.declare import Field, Layer

SAMPLES, SYSTEMS_SHOWN, POINTS_SHOWN = 10, 6, 150
Facts = dict[str, Any]


def facts(reading: Reading, context: Context) -> Facts:
    """Everything page three of the journey shows, ready to be kept as JSON. Shapes are points in EPSG:9209."""
    frame, layer, choices = reading.frame, context.layer, context.choices
    delivered = [str(name) for name in frame.columns if name != "geometry"]
    matched = match(layer, delivered, choices.mapping, choices.constants)
    return {
        "driver": reading.driver,
        "rows": len(frame),
        "members": list(reading.members),
        "ignored": list(reading.ignored),
        "dropped": list(reading.dropped_columns),
        "delivered": delivered,
        "unused": matched.unused(delivered),
        "columns": [_column(field, matched.columns.get(field.name), choices) for field in layer.fields],
        "texts": _texts(frame, matched.columns, layer, context),
        "declared_encoding": reading.declared_encoding,
        "declared_system": _declared(reading),
        "systems": _systems(frame, context) if context.drawn else [],
        "notices": [[notice.code, notice.detail] for notice in reading.findings],
    }


def notice_words(notices: list[list[Any]]) -> list[str]:
    """The reader's notices in the active language."""
    from importers.reader.outcome import Notice

    return [" ".join(filter(None, words(Notice(code, detail)))) for code, detail in notices]


def _column(field: Field, column: str | None, choices: Choices) -> Facts:
    return {"field": field.name, "column": column, "constant": choices.constants.get(field.name, "")}


def _texts(frame: gpd.GeoDataFrame, columns: dict[str, str], layer: Layer, context: Context) -> list[Facts]:
    """Columns whose letters depend on the encoding: the reading chosen, how sure, ten samples before and after."""
    fields = {field.name: field for field in layer.fields}
    told = []
    for name, column in columns.items():
        choice = choose(frame[column], context.encoding_known)
        if choice is None:
            continue
        asked = context.choices.encodings.get(name) or context.choices.encodings.get("") or choice.encoding
        scores = sorted(choice.scores.items(), key=lambda score: -score[1])
        told.append(
            {
                "field": name,
                "column": column,
                "encoding": asked,
                "sure": choice.sure,
                "scores": [[encoding, round(share, 3)] for encoding, share in scores],
                "samples": _samples(frame[column], asked, fields[name]),
            }
        )
    return told


def _samples(column: pd.Series, encoding: str, field: Field) -> list[list[str]]:
    """Delivered and read, for the first cells with a sign that is not ASCII."""
    found: list[list[str]] = []
    for cell in column.dropna().unique():
        text = str(cell)
        if text.isascii():
            continue
        read = decode(text, encoding if encoding in ENCODINGS else "unicode").replace(UNDECODED, "\ufffd")
        if field.organisation and not is_organisation(read):
            continue
        found.append([text[:80], read[:80]])
        if len(found) == SAMPLES:
            break
    return found


def _declared(reading: Reading) -> Facts:
    """What the file itself says of its coordinates: a system, a known mistake, or nothing."""
    declared = identify(reading.crs_text)
    return {
        "said": bool(reading.crs_text),
        "epsg": declared.system.epsg if declared.system else None,
        "mistake": declared.mistake,
    }


def _systems(frame: gpd.GeoDataFrame, context: Context) -> list[Facts]:
    """Systems that bring something inside, the best first, each with where the features would then lie."""
    named, _ = match_columns(frame, context)
    named, _ = decode_text(named, context)
    shapes = frame.geometry.to_numpy()
    proposals = rank(shapes, outlines_of(named, context))[:SYSTEMS_SHOWN]
    present = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    step = max(len(present) // POINTS_SHOWN, 1)
    bounds = shapely.bounds(present[::step])
    middles = shapely.points((bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2)
    return [
        {
            "epsg": proposal.system.epsg,
            "title": str(proposal.system),
            "swapped": proposal.swapped,
            "inside": round(proposal.inside, 4),
            "points": _points(to_storage(middles, proposal.system, swapped=proposal.swapped)),
        }
        for proposal in proposals
    ]


def _points(points: np.ndarray[Any, Any]) -> list[list[float]]:
    return [[round(float(x), 1), round(float(y), 1)] for x, y in shapely.get_coordinates(points) if np.isfinite(x + y)]
