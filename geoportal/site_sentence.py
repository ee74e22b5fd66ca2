"""The answer about a site in plain sentences, strongest first."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.sentence import NAMED, joined, not_affected, not_assessed, too_close, zones_with
from geoportal.templatetags.portal import area, metres, percent
from layers.report.answers import Answer, ThemeFinding, ZoneFinding
from layers.report.sites import DistanceFinding, SiteReport


def sentences(report: SiteReport) -> list[str]:
    """At most five sentences: what affects the site, which statutory distance it lies in, what is too close to call,
    what does not affect it, what nobody knows."""
    themes = report.themes
    made = (
        affected(themes),
        measured(report.distances),
        too_close(themes),
        not_affected(themes),
        not_assessed(report.themes),
    )
    return [sentence for sentence in made if sentence]


def affected(themes: tuple[ThemeFinding, ...]) -> str:
    zones = zones_with(themes, Answer.AFFECTED)
    told = [share_of(zone) for zone in zones[:NAMED]]
    rest = len(zones) - NAMED
    if rest > 0:
        told.append(ngettext("và còn %(count)d vùng khác", "và còn %(count)d vùng khác", rest) % {"count": rest})
    return joined(told)


def share_of(zone: ZoneFinding) -> str:
    if zone.area_m2 is None:
        return _("Trong khu đất có %(name)s") % {"name": zone.label}
    words = {"share": percent(zone.share_percent), "area": area(zone.area_m2), "name": zone.label}
    return _("%(share)s khu đất (%(area)s) nằm trong %(name)s") % words


def measured(distances: tuple[DistanceFinding, ...]) -> str:
    """The nearest object of which the site lies surely within the distance the law names."""
    inside = [one for one in distances if one.answer is Answer.AFFECTED]
    if not inside:
        return ""
    deepest = max(inside, key=lambda one: one.inside_m)
    words = {"name": deepest.label, "width": metres(deepest.rule.width_m), "inside": metres(deepest.inside_m)}
    return _("Khu đất nằm trong khoảng cách %(width)s tính từ %(name)s, lấn vào %(inside)s.") % words
