"""What every table of rules carries: from which edition a row is, until when that holds, and where it was read."""

from __future__ import annotations

from datetime import date

from django.db import models

from layers.declare import Field, Words
from layers.versioned import Versioned


class Edition(Versioned):
    """A row of rules. An edition without `edition_until` holds until a newer one replaces it."""

    legal_basis = models.CharField(max_length=300, blank=True)
    edition = models.CharField(max_length=200)
    edition_date = models.DateField(null=True, blank=True)
    edition_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta(Versioned.Meta):
        abstract = True

    def is_outdated(self, day: date) -> bool:
        """Whether the edition had ended by that day: then a row is shown, but decides nothing."""
        return self.edition_until is not None and self.edition_until < day


EDITION = (
    Field("legal_basis", Words("Căn cứ pháp lý", "Legal basis"), aliases=("CANCU", "CANCUPHAPLY"), public=True),
    Field("edition", Words("Bản công bố", "Edition"), aliases=("BANCONGBO", "EDITION"), public=True, required=True),
    Field("edition_date", Words("Ngày công bố", "Date of edition"), aliases=("NGAYCONGBO", "EDITIONDATE"), public=True),
    Field(
        "edition_until",
        Words("Bản công bố áp dụng đến", "Edition holds until"),
        aliases=("APDUNGDEN", "EDITIONUNTIL"),
        public=True,
    ),
    Field("source", Words("Nguồn", "Source"), aliases=("NGUON", "SOURCE"), public=True),
)
