"""From a reading to a frame that can be published: a straight row of pure steps, and everything they found.

Nothing here knows who asks: the console command and the staff desk both call `understand`.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import shapely

from importers.columns import match
from importers.findings import RULES, Finding, Rule, delivered, drawn, fitting, found, undecided
from importers.reader import Reading
from importers.steps.areas import compare_areas
from importers.steps.context import Choices, Context, Ground, Step
from importers.steps.convert import convert
from importers.steps.decode_text import decode_text
from importers.steps.finish import finish
from importers.steps.ground import check_ground
from importers.steps.holders import keep_organisations
from importers.steps.keys import join_rows
from importers.steps.locate import locate, reproject
from importers.steps.match_columns import match_columns
from importers.steps.overlaps import check_overlaps
from importers.steps.purposes import read_purposes
from importers.steps.rings import turn_rings
from importers.steps.seams import check_seams
from importers.steps.senses import check_senses
from importers.steps.shapes import check_shapes
from layers.declare import Layer

# The order matters: columns are matched first, so that values of columns nobody declared are never looked at.
STEPS: tuple[tuple[Step, dict[str, Rule]], ...] = (
    (match_columns, delivered.COLUMNS),
    (decode_text, delivered.TEXT),
    (keep_organisations, delivered.HOLDERS),
    (locate, drawn.SYSTEMS),
    (reproject, {}),
    (convert, delivered.VALUES),
    (check_senses, delivered.SENSES),
    (read_purposes, delivered.PURPOSES),
    (turn_rings, {}),
    (check_shapes, drawn.SHAPES),
    (check_ground, fitting.GROUND),
    (join_rows, fitting.KEYS),
    (check_overlaps, fitting.OVERLAPS),
    (check_seams, fitting.SEAMS),
    (compare_areas, fitting.AREAS),
    (finish, {}),
)
# Of these, what settles columns, letters and place: enough to show an officer what was understood.
FIRST_LOOK = 5
LISTED_PER_RULE = 1_000


@dataclass(frozen=True)
class Understood:
    """What came of a delivery. `frame` has the layer's columns, geometry in EPSG:9209, index = delivered row; it may
    be published only when `open` is empty. `quiet` are rules that ran and found nothing; `unchecked` did not run."""

    frame: gpd.GeoDataFrame
    findings: tuple[Finding, ...]
    quiet: tuple[str, ...]
    unchecked: tuple[str, ...]
    open: tuple[Finding, ...]


def context_of(reading: Reading, layer: Layer, choices: Choices, ground: Ground) -> Context:
    matched = match(layer, reading.columns, choices.mapping, choices.constants).columns
    return Context(
        layer=layer,
        choices=choices,
        ground=ground,
        crs_text=reading.crs_text,
        driver=reading.driver,
        encoding_known=reading.encoding_known,
        declared_encoding=reading.declared_encoding,
        dropped_columns=reading.dropped_columns,
        widths={name: reading.widths[column] for name, column in matched.items() if column in reading.widths},
    )


def understand(frame: gpd.GeoDataFrame, context: Context) -> Understood:
    """Run every step until one stops; `frame` is left as it is."""
    findings: list[Finding] = []
    ran: list[str] = []
    for step, rules in STEPS:
        frame, said = step(frame, context)
        findings += said
        ran += rules
        if any(RULES[finding.code].stops for finding in said):
            break
    findings = placed(_capped(findings), frame, context.layer)
    spoken = {finding.code for finding in findings}
    every = [code for _, rules in STEPS for code in rules]
    return Understood(
        frame=frame,
        findings=tuple(findings),
        quiet=tuple(code for code in ran if code not in spoken),
        unchecked=tuple(code for code in every if code not in ran),
        open=tuple(undecided(findings, context.choices.accepted)),
    )


def first_look(frame: gpd.GeoDataFrame, context: Context) -> list[Finding]:
    """What is said of columns, letters and place, before a person has confirmed anything."""
    findings: list[Finding] = []
    for step, _ in STEPS[:FIRST_LOOK]:
        frame, said = step(frame, context)
        findings += said
        if any(RULES[finding.code].stops for finding in said):
            break
    return _capped(findings)


def _capped(findings: list[Finding]) -> list[Finding]:
    """At most LISTED_PER_RULE findings of a rule; how many there were is said."""
    counted: Counter[str] = Counter()
    kept = []
    for finding in findings:
        counted[finding.code] += 1
        if counted[finding.code] <= LISTED_PER_RULE:
            kept.append(finding)
    return kept + [
        found("findings-capped", value=code, count=count, limit=LISTED_PER_RULE)
        for code, count in counted.items()
        if count > LISTED_PER_RULE
    ]


def placed(findings: Iterable[Finding], frame: gpd.GeoDataFrame, layer: Layer) -> list[Finding]:
    """Give each finding of a row the feature's name, and its middle where the fault itself has no place."""
    names = [name for name in layer.key if name in frame]
    in_storage = "geometry" in frame and frame.crs is not None and frame.crs.to_epsg() == 9209
    return [_complete(finding, frame, names, in_storage) for finding in findings]


def _complete(finding: Finding, frame: gpd.GeoDataFrame, names: list[str], in_storage: bool) -> Finding:
    if finding.row is None or finding.row not in frame.index:
        return finding
    key = " / ".join(str(part) for part in frame.loc[finding.row, names] if part is not None)
    place = finding.place
    if place is None and in_storage:
        place = _middle(frame.geometry.loc[finding.row])
    return dataclasses.replace(finding, key=key, place=place)


def _middle(shape: shapely.Geometry | None) -> tuple[float, float] | None:
    if shape is None or shape.is_empty:
        return None
    west, south, east, north = shape.bounds
    return (west + east) / 2, (south + north) / 2
