"""Typed coordinates, read but never transformed: that is the database's (`layers.queries.points`). Pure.

`wording` makes one spelling of the many signs and words, `angles` and `plane` read the numbers, `reading` says which
systems they may be meant in.
"""

from layers.search.coordinates.reading import Reading, Typed, read

__all__ = ["Reading", "Typed", "read"]
