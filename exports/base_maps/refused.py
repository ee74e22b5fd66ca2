"""Why an address cannot be a base map: one sentence for the operator."""

from __future__ import annotations

from django.utils.translation import gettext


class Refused(Exception):
    """`str()` is the sentence, in the operator's language."""

    def __init__(self, sentence: str, **words: object) -> None:
        super().__init__(gettext(sentence).format(**words))
