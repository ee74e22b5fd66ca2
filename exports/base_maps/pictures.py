"""Is what came a picture? A server that lies sends a page of words with the status of success."""

from __future__ import annotations

import io
import re

from django.utils.translation import gettext_noop
from PIL import Image

from exports.base_maps.fetching import Answer, fetch
from exports.base_maps.refused import Refused

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
LARGEST = 1024  # pixels along an edge


def picture(address: str) -> tuple[str, int]:
    """Format and width in pixels of the picture at an address. Raises Refused when it is none."""
    answer = fetch(address)
    if answer.status != 200:
        raise Refused(
            gettext_noop("Ô bản đồ thử trả lời lỗi {status}: {words}"), status=answer.status, words=words_of(answer)
        )
    return measured(answer)


def measured(answer: Answer) -> tuple[str, int]:
    try:
        with Image.open(io.BytesIO(answer.body), formats=FORMATS) as image:
            size, kind = image.size, str(image.format)
            if max(size) <= LARGEST:
                image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused(
            gettext_noop("Ô bản đồ thử không phải là hình mà là {kind}: {words}"),
            kind=answer.content_type,
            words=words_of(answer),
        ) from None
    if size[0] != size[1] or size[0] > LARGEST:
        raise Refused(gettext_noop("Ô bản đồ thử có cỡ {width} × {height}; phải vuông."), width=size[0], height=size[1])
    return kind, size[0]


def words_of(answer: Answer) -> str:
    """The first words of a page or an error, without its tags."""
    text = re.sub(
        r"<(script|style|title)\b.*?</\1>|<[^>]*>", " ", answer.body[:4000].decode("utf-8", "replace"), flags=re.S
    )
    plain = " ".join(text.split())[:160]
    return f"“{plain}”" if plain.isprintable() and plain else f"({len(answer.body)} byte)"
