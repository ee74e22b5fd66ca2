"""Revisions: the numbered history of everything published. The newest number is the portal's snapshot."""

from __future__ import annotations

from django.db import models


class Revision(models.Model):
    """One publication of one layer: who, when, from which delivery, what changed.

    `digest` chains: SHA-256 over the layer's previous digest and the rows this revision opened and closed.
    `undoes` is the revision this one took back. `stands` is False when nothing of the layer's publications stands any
    more: then the layer counts as not published, so that ground without records is never *not affected*.
    """

    number = models.IntegerField(primary_key=True)
    layer = models.SlugField(max_length=60)
    published_at = models.DateTimeField()
    publisher = models.CharField(max_length=150)
    approver = models.CharField(max_length=150, blank=True)
    delivery_name = models.CharField(max_length=200, blank=True)
    delivery_sha256 = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=500, blank=True)
    added = models.IntegerField()
    changed = models.IntegerField()
    removed = models.IntegerField()
    digest = models.CharField(max_length=64)
    undoes = models.IntegerField(null=True)
    stands = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["layer", "-number"], name="revision_of_layer")]

    def __str__(self) -> str:
        return f"{self.number} {self.layer}"
