"""Where the coordinates are: what the file says, held against where the features then fall. Never guessed silently."""

from __future__ import annotations

import dataclasses

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from importers.crs import OPERATION, STORAGE_EPSG, SYSTEMS, Declared, Proposal, System, identify, named, rank, settled
from importers.crs.operation import to_storage
from importers.crs.propose import INSIDE, NEXT, share_inside
from importers.crs.systems import by_epsg
from importers.findings import Finding, found
from importers.steps.context import COMMUNE_FIELD, Context, Found
from importers.steps.values import plain_number

# Below this share inside its outlines a declared system is doubted, and others are tried.
BELIEVED = 0.95
_LISTED = 4
WGS84 = next(system for system in SYSTEMS if system.epsg == 4326)
Located = tuple[gpd.GeoDataFrame, Found]


def locate(frame: gpd.GeoDataFrame, context: Context) -> Located:
    """Give the frame its system of coordinates (`frame.crs`); coordinates stay, but for axes turned on request.

    A finding that stops is given instead where only a person can say.
    """
    if not context.drawn or frame.geometry.isna().all():
        return frame.copy(), []
    if context.choices.crs:
        return _chosen(frame, context)
    if not context.crs_text and _standard_geojson(frame, context):
        return _prove(frame, WGS84, context, "crs-standard")
    declared = identify(context.crs_text)
    warned = [found(code, operation=OPERATION) for code in declared.warnings]
    if declared.mistake and declared.mistake != "crs-unreadable":
        return frame.copy(), [*warned, _mistaken(declared)]
    if declared.mistake:
        warned.append(found(declared.mistake))
    located, findings = _prove(frame, declared.system, context) if declared.system else _propose(frame, context)
    return located, [*warned, *findings]


def _standard_geojson(frame: gpd.GeoDataFrame, context: Context) -> bool:
    """RFC 7946: a GeoJSON without a crs member is longitude and latitude. Metres in one are somebody's own habit."""
    return context.driver == "GeoJSON" and bool(np.all(np.abs(frame.total_bounds) <= 180))


def _mistaken(declared: Declared) -> Finding:
    blanks = {"systems": _every_system(), **declared.detail}
    return dataclasses.replace(found(declared.mistake or ""), value=blanks.pop("value", ""), detail=blanks)


def _every_system() -> str:
    return ", ".join(str(system) for system in SYSTEMS)


def _chosen(frame: gpd.GeoDataFrame, context: Context) -> Located:
    system = named(context.choices.crs or "")
    if system is None:
        return frame.copy(), [found("crs-unsupported", value=context.choices.crs or "", systems=_every_system())]
    return _prove(frame, system, context, "crs-chosen")


def _prove(frame: gpd.GeoDataFrame, system: System, context: Context, code: str = "crs-read") -> Located:
    """Hold a stated system against the outlines. Where nothing known fits better it stands, and rows tell the rest."""
    shapes, outlines = _shapes(frame), outlines_of(frame, context)
    inside = share_inside(shapes, outlines, system)
    if inside >= BELIEVED:
        return _placed(frame, system, code)
    proposals = rank(shapes, outlines)
    best = proposals[0] if proposals else None
    if best and best.swapped and best.system == system and best.inside >= INSIDE and inside <= NEXT:
        return _swapped(frame, best, context)
    if code == "crs-chosen" or best is None or best.inside < INSIDE:
        return _placed(frame, system, code)
    listed = _listed(proposals)
    return frame.copy(), [found("crs-contradicted", value=str(system), share=_percent(inside), proposals=listed)]


def _propose(frame: gpd.GeoDataFrame, context: Context) -> Located:
    proposals = rank(_shapes(frame), outlines_of(frame, context))
    best = settled(proposals)
    if not proposals:
        return frame.copy(), [found("crs-nowhere")]
    if best is None:
        return frame.copy(), [found("crs-undecided", proposals=_listed(proposals))]
    if best.swapped:
        return _swapped(frame, best, context)
    return _placed(frame, best.system, "crs-found", share=_percent(best.inside))


def _swapped(frame: gpd.GeoDataFrame, best: Proposal, context: Context) -> Located:
    if not context.choices.fix:
        return frame.copy(), [found("axes-swapped", value=str(best.system), share=_percent(best.inside))]
    turned = frame.copy()
    turned.geometry = _mirrored(_shapes(frame))
    placed, findings = _placed(turned, best.system, "crs-found", share=_percent(best.inside))
    return placed, [found("axes-turned", value=str(best.system)), *findings]


def _mirrored(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """X and Y in each other's place; areas keep the direction they were drawn in, which a mirror turns."""
    mirrored: NDArray[np.object_] = shapely.transform(shapes, lambda points: points[:, ::-1])
    areas = shapely.get_dimensions(mirrored) == 2
    mirrored[areas] = shapely.reverse(mirrored[areas])
    return mirrored


def _placed(frame: gpd.GeoDataFrame, system: System, code: str, share: str = "") -> Located:
    said = found(code, value=str(system), storage=str(by_epsg(STORAGE_EPSG)), operation=OPERATION, share=share)
    return frame.set_crs(epsg=system.epsg, allow_override=True), [said]


def outlines_of(frame: gpd.GeoDataFrame, context: Context) -> NDArray[np.object_]:
    """For each row the outline of its commune (EPSG:9209) where that is known, else of the one that the officer named
    for the whole file, else the province's."""
    communes = context.ground.communes
    outlines = np.full(len(frame), communes.get(context.choices.commune, context.ground.province), dtype=object)
    if COMMUNE_FIELD in frame:
        codes = frame[COMMUNE_FIELD].map(lambda code: plain_number(code) if isinstance(code, str) else "")
        for code in set(codes) & set(communes):
            outlines[(codes == code).to_numpy()] = communes[code]
    return outlines


def _shapes(frame: gpd.GeoDataFrame) -> NDArray[np.object_]:
    shapes: NDArray[np.object_] = frame.geometry.to_numpy()
    return shapes


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _listed(proposals: list[Proposal]) -> str:
    return "; ".join(
        f"{proposal.system}{', đảo trục' if proposal.swapped else ''}: {_percent(proposal.inside)}"
        for proposal in proposals[:_LISTED]
    )


def reproject(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Bring shapes to the storage plane (EPSG:9209) by the one pinned operation."""
    moved = frame.copy()
    if context.drawn and frame.crs is not None:
        system = by_epsg(frame.crs.to_epsg())
        assert system is not None  # noqa: S101  (locate sets only systems of the table)
        moved = moved.set_geometry(
            gpd.GeoSeries(to_storage(_shapes(frame), system), index=frame.index), crs=None
        ).set_crs(epsg=STORAGE_EPSG, allow_override=True)
    return moved, []
