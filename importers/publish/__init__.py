"""The only writer of layer tables: one lock, one transaction, all of a delivery or nothing of it.

`compare` says what would change; `publish` does it and records the revision. Nothing is overwritten: rows that
changed or went are closed (`until`), new versions are opened (`since`). `roll_back` undoes a revision by copies;
`withdraw` blanks what should never have been public, and needs two officers.
"""

from importers.publish.delivery import Delivery, Difference, PublishRefused
from importers.publish.listing import Change, Compared, alone, compare_rows, revision_of
from importers.publish.publishing import compare, publish
from importers.publish.undoing import roll_back
from importers.publish.withdrawing import withdraw

__all__ = [
    "Change",
    "Compared",
    "Delivery",
    "Difference",
    "PublishRefused",
    "alone",
    "compare",
    "compare_rows",
    "publish",
    "revision_of",
    "roll_back",
    "withdraw",
]
