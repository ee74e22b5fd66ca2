"""The answer in plain sentences, strongest first: what a citizen reads before anything else."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.templatetags.plan import until
from geoportal.templatetags.portal import area, percent
from layers.report.answers import Answer, PlannedPart, Report, ThemeFinding, ZoneFinding

# More names than this in a sentence are counted, not listed; the cards below name them all.
NAMED = 2


def sentences(report: Report) -> list[str]:
    """At most five sentences: what affects the parcel, what is planned to change, what is too close to call, what does
    not affect it, what nobody knows."""
    themes = report.themes
    made = (affected(themes), planned(report), too_close(themes), not_affected(themes), not_assessed(themes))
    return [sentence for sentence in made if sentence]


def zones_with(themes: tuple[ThemeFinding, ...], answer: Answer) -> list[ZoneFinding]:
    return [zone for theme in themes for layer in theme.layers for zone in layer.zones if zone.answer is answer]


def affected(themes: tuple[ThemeFinding, ...]) -> str:
    zones = zones_with(themes, Answer.AFFECTED)
    told = [share_of(zone) for zone in zones[:NAMED]]
    rest = len(zones) - NAMED
    if rest > 0:
        told.append(ngettext("và còn %(count)d vùng khác", "và còn %(count)d vùng khác", rest) % {"count": rest})
    return joined(told)


def joined(told: list[str]) -> str:
    """One sentence of several: each begins with a figure or a word of ours, never with a name."""
    return "; ".join([*told[:1], *(each[0].lower() + each[1:] for each in told[1:])]) + "." if told else ""


def share_of(zone: ZoneFinding) -> str:
    if zone.area_m2 is None:
        return _("Trong thửa có %(name)s") % {"name": zone.label}
    words = {"share": percent(zone.share_percent), "area": area(zone.area_m2), "name": zone.label}
    return _("%(share)s thửa (%(area)s) nằm trong %(name)s") % words


def planned(report: Report) -> str:
    """What the plan makes of the parcel that it is not today, the largest share first."""
    for plan in (plan for theme in report.themes for plan in theme.compositions if plan.answer is None):
        told = [differing(part) for part in plan.parts if any(kind.as_today is False for kind in part.kinds)]
        if told:
            words = {"year": until(plan), "changes": "; ".join(told)}
            if not words["year"]:
                return _("Quy hoạch: %(changes)s.") % words
            return _("Quy hoạch đến %(year)s: %(changes)s.") % words
    return ""


def differing(part: PlannedPart) -> str:
    kinds = _(" hoặc ").join(f"{kind.code} ({str(kind.title).lower()})" for kind in part.kinds)
    return _("%(share)s thửa là %(kinds)s") % {"share": percent(part.share_percent), "kinds": kinds}


def too_close(themes: tuple[ThemeFinding, ...]) -> str:
    zones = zones_with(themes, Answer.TOO_CLOSE)
    if not zones:
        return ""
    if len(zones) > NAMED:
        return _("Ranh của %(count)d vùng quá sát để kết luận.") % {"count": len(zones)}
    names = _(" và ").join(zone.label for zone in zones)
    return _("Ranh của %(names)s quá sát để kết luận.") % {"names": names}


def not_affected(themes: tuple[ThemeFinding, ...]) -> str:
    free = [str(theme.title).lower() for theme in themes if theme.answer is Answer.NOT_AFFECTED]
    return _("Không bị ảnh hưởng về %(themes)s.") % {"themes": ", ".join(free)} if free else ""


def not_assessed(themes: tuple[ThemeFinding, ...]) -> str:
    """A gap is told even inside a theme that is affected: what nobody looked at may hold more."""
    unknown = [str(theme.title).lower() for theme in themes if has_gap(theme)]
    if not unknown:
        return ""
    return _("Chưa đánh giá được: %(themes)s; chưa đánh giá không có nghĩa là không ảnh hưởng.") % {
        "themes": ", ".join(unknown)
    }


def has_gap(theme: ThemeFinding) -> bool:
    reasons = [layer.reason for layer in theme.layers] + [plan.reason for plan in theme.compositions]
    return theme.reason is not None or any(reason is not None for reason in reasons)
