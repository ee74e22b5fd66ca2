"""What the desk remembers: officers and their rights, deliveries on their way, findings, what was accepted and seen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.gis.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.states import ENDED, STATES, State
from exports.api_keys.stored import ApiKey
from importers.findings import RULES
from layers import catalogue
from layers.declare import Layer

EDITOR, APPROVER, ADMINISTRATOR = "editor", "approver", "administrator"
ROLES = {EDITOR: _("Biên tập"), APPROVER: _("Phê duyệt"), ADMINISTRATOR: _("Quản trị")}


class Officer(models.Model):
    """An account's human side. `name` stands in the history; a password somebody else made must be changed first."""

    user = models.OneToOneField(User, models.CASCADE, related_name="officer")
    name = models.CharField(max_length=150)
    must_change_password = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Right(models.Model):
    """What an officer may do: a role, for one layer or all (empty), in one commune or all (empty)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="rights")
    role = models.CharField(max_length=20)
    layer = models.SlugField(max_length=60, blank=True)
    commune_code = models.CharField(max_length=5, blank=True)
    granted_by = models.CharField(max_length=150)
    granted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "layer", "commune_code"], name="right_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user.username}: {self.role} {self.layer or '*'} {self.commune_code or '*'}"


class Delivery(models.Model):
    """A file on its way to the map. `folder` holds the original until its columns are confirmed, then only public
    columns (`desk.store`); `choices` is what the officer said; `understood`, `difference`, `effect` what machines did.

    `compared_with` is the revision of the layer that the difference speaks of; `digest` the rows that were seen."""

    layer_slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    sender = models.ForeignKey(User, models.PROTECT, related_name="deliveries")
    received_at = models.DateTimeField(default=timezone.now)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    folder = models.CharField(max_length=64, blank=True)
    original_gone_at = models.DateTimeField(null=True, blank=True)

    state = models.CharField(max_length=20, default="received")
    state_since = models.DateTimeField(default=timezone.now)
    doing = models.CharField(max_length=60, blank=True)
    done_share = models.FloatField(default=0)
    why = models.JSONField(default=dict)

    choices = models.JSONField(default=dict)
    whole_layer = models.BooleanField(default=False)
    understood = models.JSONField(default=dict)
    quiet = models.JSONField(default=list)
    unchecked = models.JSONField(default=list)
    communes = models.JSONField(default=list)
    rows = models.IntegerField(default=0)
    difference = models.JSONField(default=dict)
    effect = models.JSONField(default=dict)
    lineage = models.JSONField(default=dict)
    compared_with = models.IntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    moved_on = models.BooleanField(default=False)

    sent_at = models.DateTimeField(null=True, blank=True)
    message = models.CharField(max_length=500, blank=True)
    approver = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="approved")
    approved_at = models.DateTimeField(null=True, blank=True)
    revision = models.IntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "state_since"], name="delivery_state"),
            models.Index(fields=["sender", "-received_at"], name="delivery_sender"),
        ]
        constraints = [
            # Two people who send one file at the same moment: the database lets one of them through.
            models.UniqueConstraint(
                fields=["layer_slug", "sha256"], condition=~models.Q(state__in=ENDED), name="file_under_way_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"

    @property
    def layer(self) -> Layer:
        return catalogue.get(self.layer_slug)

    @property
    def stage(self) -> State:
        return STATES[self.state]


class Step(models.Model):
    """One change of a delivery's state: who or what did it, when, and in what words."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    who = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.state}"

    @property
    def title(self) -> Any:
        return STATES[self.state].title


class Fault(models.Model):
    """One finding of a delivery, as `importers.findings` gave it; `place`, and the shape `before` a repair, in
    EPSG:9209."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="faults")
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=10)
    key = models.CharField(max_length=200, blank=True)
    row = models.IntegerField(null=True)
    field = models.CharField(max_length=60, blank=True)
    value = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    place = models.PointField(srid=settings.STORAGE_SRID, null=True, spatial_index=False)
    before = models.GeometryField(srid=settings.STORAGE_SRID, null=True, spatial_index=False)
    is_open = models.BooleanField(default=False)
    acceptance = models.ForeignKey("Acceptance", models.SET_NULL, null=True, blank=True, related_name="faults")

    class Meta:
        indexes = [models.Index(fields=["delivery", "severity", "code"], name="fault_of_delivery")]

    def __str__(self) -> str:
        return f"{self.code} {self.key}"


class Draft(models.Model):
    """One feature of a delivery as it would be published: public fields as text, shape in EPSG:9209."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="drafts")
    row = models.IntegerField()
    key = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, blank=True)
    values = models.JSONField(default=dict)
    geom = models.GeometryField(srid=settings.STORAGE_SRID, null=True, spatial_index=True)

    class Meta:
        indexes = [models.Index(fields=["delivery", "kind", "row"], name="draft_of_delivery")]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.key}"


class Acceptance(models.Model):
    """A finding somebody answers for. The same fault of the same feature is not asked again unless it grows.

    `key` is empty when a whole kind was accepted; `measure` is how large it was (m², m or rows), None: not measured."""

    layer_slug = models.SlugField(max_length=60)
    code = models.CharField(max_length=40)
    key = models.CharField(max_length=200, blank=True)
    field = models.CharField(max_length=60, blank=True)
    measure = models.FloatField(null=True)
    place = models.PointField(srid=settings.STORAGE_SRID, null=True, spatial_index=False)
    reason = models.CharField(max_length=500)
    who = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="acceptances")

    class Meta:
        indexes = [models.Index(fields=["layer_slug", "code", "key"], name="acceptance_again")]

    def __str__(self) -> str:
        return f"{self.code} {self.key}"

    @property
    def title(self) -> str:
        """What was accepted, in the words of its rule with the blanks left open."""
        return RULES[self.code].said if self.code in RULES else self.code


class Look(models.Model):
    """Somebody of the staff looked at what is not public: who, when, at what."""

    user = models.ForeignKey(User, models.PROTECT, related_name="looks")
    at = models.DateTimeField(default=timezone.now)
    delivery = models.ForeignKey(Delivery, models.CASCADE, null=True, related_name="looks")
    what = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="look_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.what}"


class Undoing(models.Model):
    """Somebody asks to roll a revision back (`number`) or to withdraw a feature (`feature_id`); another one decides.

    `state`: waiting, working, done, declined, refused. `refusal`: the engine's code and what it named."""

    kind = models.CharField(max_length=12)
    layer_slug = models.SlugField(max_length=60)
    number = models.IntegerField(null=True)
    feature_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="undoings_asked")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="undoings_decided")
    decided_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="waiting")
    revision = models.IntegerField(null=True)
    refusal = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["state", "-asked_at"], name="undoing_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.layer_slug} {self.number or self.feature_id}"

    @property
    def layer(self) -> Layer:
        return catalogue.get(self.layer_slug)


class FirmKey(models.Model):
    """A program's key with which its firm may also have files checked before it delivers, one at a time."""

    key = models.OneToOneField(ApiKey, models.PROTECT, related_name="firm")
    running_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key.name


class Precheck(models.Model):
    """All that is left of a file a firm had checked: whose, its hash, for which layer, when, how many findings."""

    key = models.ForeignKey(FirmKey, models.PROTECT, related_name="prechecks")
    sha256 = models.CharField(max_length=64)
    layer_slug = models.SlugField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.key_id} {self.sha256}"
