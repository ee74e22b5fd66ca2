"""What is asked: fixed lists, drawn from the data by a fixed seed, so that two runs ask the same."""

from __future__ import annotations

import math
import random
import re
import unicodedata
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import PointOnSurface, Transform
from django.db.models import Max, Min

from layers.ground.admin_units import NEW, OLD, AdminUnit
from layers.ground.parcels import Parcel
from layers.queries.snapshots import DEMO_NOTE
from layers.revisions import Revision

SEED = 20250701
QUESTIONS = 200
TILES = {14: 50, 15: 80, 16: 80, 17: 70}


@dataclass(frozen=True)
class Plot:
    """A parcel of the sample: its numbers, and a point inside it (degrees, WGS 84)."""

    feature_id: int
    commune: str
    sheet_no: str
    parcel_no: str
    old_commune: str
    old_sheet_no: str
    old_parcel_no: str
    lon: float
    lat: float


def demo_size() -> int | None:
    """How many parcels the demo in this database was made with; None when there is none."""
    demo = Revision.objects.filter(note=DEMO_NOTE).order_by("-number")
    last = demo.values_list("delivery_name", flat=True).first()
    named = re.fullmatch(r"demo ([0-9]+)", last) if last else None
    return int(named[1]) if named else None


def plots(count: int, seed: int = SEED) -> list[Plot]:
    """So many different parcels of today, in an order of chance."""
    chance = random.Random(seed)
    today = Parcel.objects.filter(until=None)
    first, last = today.aggregate(first=Min("feature_id"), last=Max("feature_id")).values()
    drawn = chance.sample(range(first, last + 1), min(count * 2, last + 1 - first))
    point = Transform(PointOnSurface("geom"), 4326)
    found = {parcel.feature_id: parcel for parcel in today.filter(feature_id__in=drawn).annotate(point=point)}
    communes = dict(AdminUnit.objects.filter(until=None, edition=NEW).values_list("code", "name"))
    former = dict(AdminUnit.objects.filter(until=None, edition=OLD).values_list("code", "name"))
    return [
        Plot(
            parcel.feature_id,
            communes[parcel.commune_code],
            parcel.sheet_no,
            parcel.parcel_no,
            former.get(parcel.old_commune_code, ""),
            parcel.old_sheet_no,
            parcel.old_parcel_no,
            parcel.point.x,
            parcel.point.y,
        )
        for parcel in (found[feature_id] for feature_id in drawn if feature_id in found)
    ][:count]


def tiles() -> list[tuple[int, int, int]]:
    """Tiles that hold parcels, as many of each zoom as asked for or as there are, in one shuffled order."""
    places = plots(4_000)
    chosen: list[tuple[int, int, int]] = []
    for zoom, count in TILES.items():
        chosen += list(dict.fromkeys(tile_of(plot, zoom) for plot in places))[:count]
    random.Random(SEED).shuffle(chosen)
    return chosen


def tile_of(plot: Plot, zoom: int) -> tuple[int, int, int]:
    across = (plot.lon + 180) / 360
    down = (1 - math.asinh(math.tan(math.radians(plot.lat))) / math.pi) / 2
    return zoom, int(across * 2**zoom), int(down * 2**zoom)


def queries() -> list[str]:
    """Numbers as people type them: new and old book, with and without marks, tidy and short, some with a slip."""
    chance = random.Random(SEED + 1)
    return [typed(plot, way % 5, chance) for way, plot in enumerate(plots(QUESTIONS, SEED + 1))]


def typed(plot: Plot, way: int, chance: random.Random) -> str:
    tidy = f"thửa {plot.parcel_no} tờ {plot.sheet_no} {plot.commune}"
    if way == 1:
        return without_marks(tidy)
    if way == 2:
        return f"{plot.sheet_no}/{plot.parcel_no} {plot.commune}"
    if way == 3 and plot.old_parcel_no:
        return f"thửa {plot.old_parcel_no} tờ {plot.old_sheet_no} {plot.old_commune}"
    if way == 4:
        slip = chance.randrange(len(plot.commune) - 4, len(plot.commune))
        return f"thửa {plot.parcel_no} tờ {plot.sheet_no} {plot.commune[:slip]}{plot.commune[slip + 1 :]}"
    return tidy


def without_marks(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
