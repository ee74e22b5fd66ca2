"""What the worker does with a delivery: read it, check it, publish it. Each may be run again after a kill."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone

from desk import choices, drafting, faults, queueing, rights, store
from desk.consequences import effect_of, told
from desk.models import Delivery
from desk.moves import move, tell
from importers import drafts, keeping
from importers.columns import PERSONAL_COLUMNS
from importers.delivering import emptied, losses, publishable, seen_before
from importers.facts import facts
from importers.findings import RULES, Finding
from importers.findings import found as finding
from importers.lineage import Lineage, lineage, succession_rows
from importers.neighbours import against_published, beside_published
from importers.outlines import published_ground
from importers.pipeline import Understood, context_of, first_look, placed, understand
from importers.publish import Delivery as Published
from importers.publish import PublishRefused, alone, compare_rows, publish, revision_of
from importers.publish.publishing import CONNECTION
from importers.reader import Limits, Reading, Refused, read
from layers.ground.parcels import PARCEL_SUCCESSIONS, PARCELS

log = logging.getLogger("desk.working")
NEEDS_CHOICE = {"layer-choose", "layer-unknown"}


def reading(number: int) -> None:
    """received -> choosing: open the file in the confined reader and say what it seems to be."""
    delivery = Delivery.objects.get(pk=number)
    if delivery.state not in ("received", "reading"):
        return
    move(delivery, "reading")
    tell(delivery, "opening", 0.1)
    try:
        opened = open_original(delivery)
    except Refused as refusal:
        refuse(delivery, refusal)
        return
    tell(delivery, "understanding", 0.6)
    fill_in_commune(delivery, opened)
    look(delivery, opened, "choosing")


def open_original(delivery: Delivery) -> Reading:
    """Raises Refused; also when the file is no longer the one that was received."""
    path = store.original(delivery.folder)
    if path is None or store.digest(delivery.folder) != delivery.sha256:
        raise Refused("file-missing")
    limits = Limits(require_namespace=settings.REQUIRE_NAMESPACE)
    sublayer = delivery.choices.get("sublayer") or None
    shapes = delivery.layer.geometry_type is not None
    return read(path, limits=limits, sublayer=sublayer, personal=PERSONAL_COLUMNS, shapes=shapes)


def refuse(delivery: Delivery, refusal: Refused) -> None:
    why = {"code": refusal.code, "detail": refusal.detail}
    if refusal.code in NEEDS_CHOICE:
        move(delivery, "choosing", why=why)
        return
    store.delete(delivery.folder)
    move(delivery, "refused", why=why, folder="", original_gone_at=timezone.now())


def fill_in_commune(delivery: Delivery, opened: Reading) -> None:
    delivery.choices = choices.with_commune(delivery.choices, delivery.layer, opened.columns)
    Delivery.objects.filter(pk=delivery.pk).update(choices=delivery.choices)


def look(delivery: Delivery, opened: Reading, to: str) -> None:
    """Keep what was understood, and what is said of columns, letters and place."""
    context = context_of(opened, delivery.layer, choices.of(delivery.choices), published_ground())
    seen = facts(opened, context)
    faults.keep(delivery, first_look(opened.frame, context))
    move(delivery, to, understood=seen, rows=seen["rows"], why={})


def checking(number: int) -> None:
    """checking -> checked: keep public columns only, delete the file, run every step, compare."""
    delivery = Delivery.objects.get(pk=number)
    if delivery.state != "checking":
        return
    tell(delivery, "reading", 0.1)
    try:
        opened = kept(delivery)
    except Refused as refusal:
        refuse_again(delivery, refusal)
        return
    tell(delivery, "checking", 0.3)
    layer = delivery.layer
    context = context_of(opened, layer, choices.of(delivery.choices), published_ground())
    understood = understand(opened.frame, context)
    if any(RULES[finding.code].stops for finding in understood.findings):
        delivery.understood = {**delivery.understood, **systems_of(opened, context)}
        faults.keep(delivery, understood.findings)
        move(delivery, "choosing", understood=delivery.understood, unchecked=list(understood.unchecked))
        return
    tell(delivery, "comparing", 0.6)
    conclude(delivery, understood)


def systems_of(opened: Reading, context: Any) -> dict[str, Any]:
    seen = facts(opened, context)
    return {"systems": seen["systems"], "texts": seen["texts"]}


def kept(delivery: Delivery) -> Reading:
    """The kept columns; the first time they are made from the original, which is deleted then."""
    path = store.kept(delivery.folder)
    if not path.is_file():
        opened = open_original(delivery)
        keeping.keep(opened, delivery.layer, choices.of(delivery.choices), path)
        store.delete_original(delivery.folder)
        Delivery.objects.filter(pk=delivery.pk).update(original_gone_at=timezone.now())
    return keeping.kept(path)


def refuse_again(delivery: Delivery, refusal: Refused) -> None:
    store.delete(delivery.folder)
    why = {"code": refusal.code, "detail": refusal.detail}
    move(delivery, "failed", why=why, folder="", original_gone_at=timezone.now())


def conclude(delivery: Delivery, understood: Understood, to: str = "checked") -> None:
    """Compare with what is published, keep findings and rows to look at, and open the page to the officer."""
    layer = delivery.layer
    frame = publishable(understood.frame, layer)
    found: list[Finding] = [*understood.findings, *seen_before(layer, delivery.sha256)]
    found += beyond_rights(delivery, drafts.communes(frame))
    changes: dict[str, Any] = {}
    steps = None
    try:
        compared = compare_rows(layer, frame, whole_layer=delivery.whole_layer)
    except PublishRefused:
        compared = None  # the findings say which rows block
    if compared:
        found += [*losses(compared.difference), *emptied(layer, frame, compared.difference)]
        steps, unexplained = against_published(layer, understood.frame)
        found += [*placed(beside_published(layer, understood.frame), understood.frame, layer)]
        found += [*placed(unexplained, understood.frame, layer)]
        changes = counts(compared.difference) | {"revision": compared.revision}
    tell(delivery, "effect", 0.7)
    may_go = compared is not None and not any(finding.severity == "block" for finding in found)
    consequences = consequences_of(delivery, frame, steps) if may_go else {"effect": {}, "lineage": {}}
    tell(delivery, "drawing", 0.9)
    drafting.keep(delivery, understood.frame, compared.changes if compared else ())
    faults.keep(delivery, found)
    move(
        delivery,
        to,
        difference=changes,
        compared_with=compared.revision if compared else 0,
        digest=drafts.digest(frame, layer),
        communes=drafts.communes(frame),
        rows=len(frame),
        quiet=list(understood.quiet),
        unchecked=list(understood.unchecked),
        **consequences,
    )


def beyond_rights(delivery: Delivery, communes: list[str]) -> list[Finding]:
    """A sender with rights in some communes sends nothing of another one, whatever the form said."""
    allowed = rights.communes_of(rights.of(delivery.sender), delivery.layer_slug)
    beyond = [] if allowed is None else [code for code in communes if code not in allowed]
    return [finding("commune-not-yours", communes=", ".join(beyond))] if beyond else []


def consequences_of(delivery: Delivery, frame: Any, steps: Lineage | None) -> dict[str, Any]:
    """Told only of rows that could be published."""
    layer = delivery.layer
    try:
        found = effect_of(layer, frame, delivery.whole_layer)
    except PublishRefused:
        return {"effect": {}, "lineage": {}}
    return {"effect": found, "lineage": told(steps) if steps else {}}


def counts(difference: Any) -> dict[str, int]:
    return {kind: getattr(difference, kind) for kind in ("added", "changed", "removed", "same")}


def publishing(number: int) -> None:
    """publishing -> published, in one transaction with the revision; back to waiting when the layer moved on."""
    delivery = Delivery.objects.get(pk=number)
    if delivery.state != "publishing":
        return
    tell(delivery, "checking", 0.2)
    opened = keeping.kept(store.kept(delivery.folder))
    context = context_of(opened, delivery.layer, choices.of(delivery.choices), published_ground())
    understood = understand(opened.frame, context)
    frame = publishable(understood.frame, delivery.layer)
    if drafts.digest(frame, delivery.layer) != delivery.digest or revision_of(delivery.layer) != delivery.compared_with:
        compare_again(delivery, understood)
        return
    tell(delivery, "publishing", 0.5)
    with alone():
        if revision_of(delivery.layer) == delivery.compared_with:
            write(delivery, frame)
    delivery.refresh_from_db()
    if delivery.state == "publishing":
        compare_again(delivery, understood)
    else:
        close(delivery)


def write(delivery: Delivery, frame: Any) -> None:
    note = f"đợt {delivery.pk}"
    officers = delivery.sender.officer.name, delivery.approver.officer.name if delivery.approver else ""
    sent = Published(delivery.name, delivery.sha256, *officers, note)
    steps = lineage(PARCELS, frame) if delivery.layer is PARCELS else None
    revision = publish(delivery.layer, [frame], sent, whole_layer=delivery.whole_layer)
    if revision and steps:
        document = delivery.choices.get("document") or ""
        followed = succession_rows(steps, revision, document)
        if len(followed):
            publish(PARCEL_SUCCESSIONS, [followed], sent)
    to = "published" if revision else "unchanged"
    move(delivery, to, using=CONNECTION, revision=revision.number if revision else None)


def compare_again(delivery: Delivery, understood: Understood) -> None:
    """The layer has moved on since it was compared: what would change is another thing, so it is approved again."""
    conclude(delivery, understood, to="waiting")
    Delivery.objects.filter(pk=delivery.pk).update(moved_on=True, approver=None, approved_at=None)
    queueing.write_to_approvers(delivery)


def close(delivery: Delivery) -> None:
    """Nothing of a delivery that has ended is kept but its history."""
    store.delete(delivery.folder)
    delivery.drafts.all().delete()
    Delivery.objects.filter(pk=delivery.pk).update(folder="")


WORK: dict[str, Callable[[int], None]] = {"received": reading, "checking": checking, "publishing": publishing}


def fail(number: int) -> None:
    """A job that ended by an error nobody foresaw: the delivery says so, nothing is published."""
    delivery = Delivery.objects.get(pk=number)
    if delivery.stage.works:
        move(delivery, "failed", why={"code": "broken"})
        close(delivery)
