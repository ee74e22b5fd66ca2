"""How often the portal could not decide, by commune: too close to call plus not assessed. Computed after publishing."""

from __future__ import annotations

from django.db import models


class UndecidedRate(models.Model):
    """Of the parcels of a commune at a snapshot, how many were looked at and what they got. `layer` is empty where
    the row speaks of the whole theme. `asked` is less than `parcels` where a sample stands for a large commune."""

    snapshot = models.IntegerField()
    commune_code = models.CharField(max_length=5)
    theme = models.SlugField(max_length=60, db_index=False)
    layer = models.SlugField(max_length=60, blank=True, db_index=False)
    parcels = models.IntegerField()
    asked = models.IntegerField()
    too_close = models.IntegerField()
    not_assessed = models.IntegerField()
    day = models.DateField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "commune_code", "theme", "layer"], name="undecidedrate_one"),
        ]

    def __str__(self) -> str:
        return f"{self.commune_code} {self.layer or self.theme}, snapshot {self.snapshot}"

    @property
    def percent(self) -> float:
        """The undecided share of the parcels asked, to a tenth."""
        return round(100 * (self.too_close + self.not_assessed) / self.asked, 1)
