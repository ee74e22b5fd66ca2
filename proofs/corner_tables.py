"""Tables of corners against where they belong: 300 tables of 15 spellings, placed right, asked about, or refused.

A scratch province holds blocks of irregular parcels, also where a table would land that is read in a wrong system. Half
of the tables say their system; the others are to be recognised by the cadastre. A quarter has a mistake planted. None
may be placed where it does not belong; a sound one may not be refused.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django
import geopandas
import pyproj
import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()

from importers.publish import Delivery, publish
from layers.ground.parcels import PARCELS
from layers.sites import corners, placing
from layers.sites.troubles import SiteTrouble
from layers.systems import SYSTEMS as SYSTEMS_KNOWN
from tests.oracle.corner_tables import FAULTS, SPELLINGS, Written, spoiled, written

SEED, TABLES, SCRATCH = 2026, 300, "geoportal_proof_corners"
# Systems a table may be written in, the province's own most often; all are met in its archives.
SYSTEMS = (9209, 9209, 9209, 5897, 9210, 9211, 3405)
BLOCK, PARCEL_M = 9, 24.0
CENTRES = [(583_000.0, 2_262_000.0), (589_000.0, 2_259_000.0), (594_500.0, 2_268_000.0)]
RIGHT_SHARE = 0.01


@dataclass(frozen=True)
class Posed:
    table: Written
    shape: BaseGeometry
    system: int


def moved(shape: BaseGeometry, start: int, end: int) -> BaseGeometry:
    across = pyproj.Transformer.from_crs(start, end, always_xy=True)
    return shapely.transform(shape, lambda x, y: across.transform(x, y), interleaved=False)


def block(centre: tuple[float, float], dice: random.Random) -> list[list[BaseGeometry]]:
    """Irregular quadrilaterals side by side, their corners shared and written to the centimetre."""
    west, south = centre
    nodes = [
        [
            (round(west + i * PARCEL_M + dice.uniform(-7, 7), 2), round(south + j * PARCEL_M + dice.uniform(-7, 7), 2))
            for i in range(BLOCK + 1)
        ]
        for j in range(BLOCK + 1)
    ]
    return [
        [shapely.Polygon([nodes[j][i], nodes[j][i + 1], nodes[j + 1][i + 1], nodes[j + 1][i]]) for i in range(BLOCK)]
        for j in range(BLOCK)
    ]


def cadastre(dice: random.Random) -> list[list[list[BaseGeometry]]]:
    """A block at each centre, and where its tables would land if they were read in another of the systems."""
    places = [(x, y) for x, y in CENTRES]
    for x, y in CENTRES:
        for system in sorted({*SYSTEMS} - {9209}):
            there = moved(shapely.Point(x, y), system, 9209)
            places.append((round(there.x), round(there.y)))
    return [block(place, dice) for place in places]


def publish_blocks(blocks: list[list[list[BaseGeometry]]]) -> None:
    shapes = [shape for rows in blocks for row in rows for shape in row]
    said = [
        {"commune_code": "12817", "sheet_no": "1", "parcel_no": str(n), "accuracy_m": 0.3} for n in range(len(shapes))
    ]
    frame = geopandas.GeoDataFrame(said, geometry=shapes, crs=9209)
    publish(PARCELS, [frame], Delivery("corner tables", "0" * 64, "proof"))


def shapes(blocks: list[list[list[BaseGeometry]]], dice: random.Random) -> Iterator[BaseGeometry]:
    """A parcel, several side by side, or ground that follows no parcel."""
    while True:
        rows = dice.choice(blocks[: len(CENTRES)])
        i, j, wide = dice.randrange(BLOCK - 3), dice.randrange(BLOCK), dice.randrange(1, 4)
        kind = dice.random()
        if kind < 0.75:
            yield shapely.union_all(rows[j][i : i + wide])
        else:
            middle = rows[j][i].centroid
            yield shapely.affinity.rotate(middle.buffer(dice.uniform(15, 60), quad_segs=2), dice.uniform(0, 45))


def poses(blocks: list[list[list[BaseGeometry]]], count: int, dice: random.Random) -> list[Posed]:
    made: list[Posed] = []
    source = shapes(blocks, dice)
    while len(made) < count:
        shape, system = next(source), dice.choice(SYSTEMS)
        typed = moved(shape, 9209, system)
        ring = [(round(x, 2), round(y, 2)) for x, y in shapely.get_coordinates(typed.exterior)[:-1]]
        table = written(
            ring, list(SPELLINGS)[len(made) % len(SPELLINGS)], said_of(system) if dice.random() < 0.5 else ""
        )
        if len(made) % 4 == 3:
            table = spoiled(table, dice.choice(list(FAULTS)), dice) or table
            if table.fault == "two rows swapped" and still_simple(ring):
                continue  # another outline, and a good one: nobody could know
        made.append(Posed(table, shape, system))
    return made


def still_simple(ring: list[tuple[float, float]]) -> bool:
    """Whether some exchange of two corners, as the fault makes it, leaves an outline that does not cross itself."""
    swapped = list(ring)
    swapped[1], swapped[3] = swapped[3], swapped[1]
    return len(ring) < 5 or bool(shapely.Polygon(swapped).is_valid)


def said_of(system: int) -> str:
    return f"Hệ tọa độ {next(one for one in SYSTEMS_KNOWN if one.epsg == system).title.vi}"


def outcome(posed: Posed) -> str:
    """What becomes of a table, in one word; "wrong" is the one that must not be."""
    try:
        placed = placing.site(corners.read(posed.table.text))
    except SiteTrouble as trouble:
        return "refused" if trouble.sentence else "wrong"
    except placing.Undecided as undecided:
        there = any(is_right(candidate.shape, posed.shape) for candidate in undecided.candidates)
        return "asked" if there or posed.table.fault else "lost"
    return "right" if is_right(placed.geometry, posed.shape) else "wrong"


def is_right(found: Any, shape: BaseGeometry) -> bool:
    ground = shapely.from_wkb(bytes(found.wkb))
    return bool(ground.symmetric_difference(shape).area <= RIGHT_SHARE * shape.area)


def judged(count: int, seed: int) -> list[tuple[Posed, str]]:
    """Publish the cadastre and read every table; needs an empty database."""
    dice = random.Random(seed)  # noqa: S311  (a proof repeats itself; nothing here is secret)
    blocks = cadastre(dice)
    publish_blocks(blocks)
    return [(posed, outcome(posed)) for posed in poses(blocks, count, dice)]


def failed(results: list[tuple[Posed, str]]) -> list[tuple[Posed, str]]:
    """Placed wrong; lost; or a sound table refused."""
    return [(p, word) for p, word in results if word in ("wrong", "lost") or (word == "refused" and not p.table.fault)]


def main() -> int:
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    connections["default"].settings_dict["TEST"]["NAME"] = SCRATCH
    scratch = setup_databases(verbosity=0, interactive=False)
    try:
        results = judged(TABLES, SEED)
    finally:
        connections.close_all()
        teardown_databases(scratch, verbosity=0)
    for faulty in (False, True):
        words = Counter(word for posed, word in results if bool(posed.table.fault) == faulty)
        print(
            f"{'with a planted mistake' if faulty else 'sound'}: {words.total()} tables, {dict(sorted(words.items()))}"
        )
    for posed, word in failed(results):
        print(
            f"  {word}: {posed.table.spelling}, {posed.table.fault or 'sound'}, EPSG:{posed.system}\n{posed.table.text}"
        )
    wrong = len(failed(results))
    print(f"{len(results)} tables of {len(SPELLINGS)} spellings, {wrong} wrong, lost or refused without need")
    return int(bool(failed(results)))


if __name__ == "__main__":
    sys.exit(main())
