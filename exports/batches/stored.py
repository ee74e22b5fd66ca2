"""A batch and its rows: a row is one site with its answer, or with the sentence that tells why it has none."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, Q


class Batch(models.Model):
    """All rows speak of one `snapshot` and one `day`, fixed when the batch is made. `client` is a keyed hash of whoever
    sent it, kept only while it runs: one client has one running batch."""

    RUNNING, DONE, CANCELLED = "running", "done", "cancelled"

    code = models.CharField(max_length=16, primary_key=True)
    client = models.CharField(max_length=64, blank=True)
    snapshot = models.IntegerField()
    day = models.DateField()
    language = models.CharField(max_length=5)
    release = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default=RUNNING)
    made_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(state="running"), name="one_running_batch_each")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_running(self) -> bool:
        return self.state == self.RUNNING

    def counts(self) -> dict[str, int]:
        """How many rows there are, how many are through, and how many of those have no answer."""
        through = Count("pk", filter=Q(answered_at__isnull=False))
        return self.rows.aggregate(total=Count("pk"), through=through, failed=Count("pk", filter=~Q(error="")))


class BatchRow(models.Model):
    """`asked` is the site as it came (see `exports.batches.asking`), `name` what the sender calls it. `answer` is what
    `exports.batches.condensed` keeps, `ground` the site's areas (WKB, EPSG:9209). `tries` counts beginnings: a row
    that brings the worker down is not begun for ever."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    number = models.IntegerField()
    name = models.CharField(max_length=200, blank=True)
    asked = models.JSONField()
    tries = models.IntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    answer = models.JSONField(null=True)
    ground = models.BinaryField(null=True)
    error = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_row_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"
