"""What people told us and asked of us. Whatever they wrote, and every address, lies sealed (`contact.sealing`)."""

from __future__ import annotations

from django.contrib.gis.db import models


class Mistake(models.Model):
    """A mistake that somebody reported. `subject_layer` and `subject_id` name the record by its id for ever ("" and
    None: a place only), `subject` its words on the day. `place` is in degrees (WGS 84): a picture of where, never
    measured. `sealed_photo` is a JPEG of ours; contact and photo are gone once the case is closed."""

    code = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=10, default="received")
    language = models.CharField(max_length=2, default="vi")
    subject_layer = models.SlugField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    snapshot = models.IntegerField(null=True, blank=True)
    place = models.GeometryField(srid=4326, null=True, blank=True)
    sealed_text = models.TextField()
    sealed_photo = models.BinaryField(null=True, blank=True)
    sealed_contact = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    officer = models.CharField(max_length=150, blank=True)
    received_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_at"], condition=~models.Q(state="closed"), name="mistake_open"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class Watched(models.Model):
    """An answer that somebody follows. `kind` and `reference` name its subject (`contact.subjects`), `title` names it
    in both languages, `twin` is the JSON twin of the answer as it was last computed."""

    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=1_800)
    title = models.JSONField()
    twin = models.JSONField()
    snapshot = models.IntegerField()
    day = models.DateField()
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "reference"], name="watched_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Change(models.Model):
    """An answer that changed: old and new in `words` of both languages, as of a snapshot and a day."""

    watched = models.ForeignKey(Watched, models.CASCADE, related_name="changes")
    found_at = models.DateTimeField()
    snapshot = models.IntegerField()
    day = models.DateField()
    words = models.JSONField()

    def __str__(self) -> str:
        return f"{self.watched} {self.day}"


class Follow(models.Model):
    """Somebody who wants to be told. `token` opens his private pages and feed; `told`: the last change he was told of.
    `mark` is a keyed fingerprint of the address: it counts letters to one address and leads to none."""

    watched = models.ForeignKey(Watched, models.CASCADE, related_name="follows")
    token = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=20)
    sealed_address = models.TextField(blank=True)
    mark = models.CharField(max_length=64, blank=True, db_index=True)
    language = models.CharField(max_length=2, default="vi")
    origin = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.channel} {self.watched}"
