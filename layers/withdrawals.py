"""What was published by mistake and had to go from every version: a person's name, a military line.

The only exception to "nothing is overwritten". A row here is all that is left: which feature, since when it had been
public, who withdrew it and why. Whoever keeps copies of answers (stored sheets, archives of tiles) reads this table.
"""

from __future__ import annotations

from django.db import models


class Withdrawal(models.Model):
    """`number` is the revision that withdrew; `since` the first in which the feature had been public.

    `reason` is shown in the history, so it must not repeat what was withdrawn.
    """

    number = models.IntegerField(primary_key=True)
    layer = models.SlugField(max_length=60, db_index=False)
    feature_id = models.BigIntegerField()
    since = models.IntegerField()
    reason = models.CharField(max_length=500)
    publisher = models.CharField(max_length=150)
    approver = models.CharField(max_length=150)
    withdrawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["layer", "feature_id"], name="withdrawal_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.layer} {self.feature_id}"
