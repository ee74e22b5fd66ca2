"""What was issued, kept byte for byte: a sheet is made once and handed out again."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class Certificate(models.Model):
    """A certificate that sheets were signed with. The sheets carry it too; here it can be downloaded."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    pem = models.TextField()
    holder = models.CharField(max_length=300)
    valid_until = models.DateTimeField()
    is_demonstration = models.BooleanField()

    def __str__(self) -> str:
        return self.holder


class Sheet(models.Model):
    """One sheet about one subject, of one snapshot, for one day, in one language, by one release of the program.

    `subject` names the kind of thing, `key` tells it from others of its kind, `asked` is what the answer is computed
    from again. `answer` are the canonical bytes of the answer, the same that are attached to the PDF. Once its time is
    over the bytes are dropped and the row stays: an expired code can still be told from one that never was.
    """

    code = models.CharField(max_length=16, primary_key=True)
    subject = models.SlugField(max_length=20)
    key = models.CharField(max_length=64)
    asked = models.JSONField()
    snapshot = models.IntegerField()
    day = models.DateField()
    language = models.CharField(max_length=5)
    release = models.CharField(max_length=40)
    issued_at = models.DateTimeField()
    # "layer:feature" of everything that it tells or draws: what is withdrawn takes the sheets that show it along.
    tells = ArrayField(models.CharField(max_length=90), default=list)
    answer = models.BinaryField(null=True)
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, db_index=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True)
    is_timestamped = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [GinIndex(fields=["tells"], name="sheet_tells")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "key", "snapshot", "day", "language", "release"],
                condition=Q(withdrawn_at=None, pdf__isnull=False),
                name="one_sheet_each",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def bytes_of_pdf(self) -> bytes:
        return bytes(self.pdf or b"")

    @property
    def bytes_of_answer(self) -> bytes:
        return bytes(self.answer or b"")

    @property
    def is_expired(self) -> bool:
        return self.pdf is None

    @classmethod
    def kept(cls) -> models.QuerySet[Sheet]:
        """Sheets that are handed out again: neither withdrawn nor expired."""
        return cls.objects.filter(withdrawn_at=None, pdf__isnull=False)
