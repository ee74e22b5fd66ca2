"""The words that OGC services describe themselves with, read carefully: they come from somebody else."""

from __future__ import annotations

import contextlib
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from django.utils.translation import gettext_noop

from exports.base_maps.fetching import fetch
from exports.base_maps.pictures import words_of
from exports.base_maps.refused import Refused


def with_query(address: str, **words: str) -> str:
    """The address with these words in its query instead of what it had of the same name (in any case)."""
    parts = urlsplit(address)
    gone = {name.lower() for name in words}
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name.lower() not in gone]
    query = urlencode([*kept, *((name.upper(), value) for name, value in words.items())], safe="{}:,/")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def document(address: str, root: str) -> Element:
    """The XML document at an address, whose root is named `…root`. Raises Refused when it is something else."""
    answer = fetch(address)
    if answer.status != 200 or declares_entities(answer.body):
        raise Refused(
            gettext_noop("Dịch vụ không cho biết mình có gì (lỗi {status}): {words}"),
            status=answer.status,
            words=words_of(answer),
        )
    try:
        found = ElementTree.fromstring(answer.body)  # noqa: S314  (no entities, and limited in size)
    except ElementTree.ParseError:
        found = None
    if found is None or not plain(found.tag).endswith(root):
        raise Refused(
            gettext_noop("Dịch vụ trả lời bằng {kind} chứ không phải bản mô tả của mình: {words}"),
            kind=answer.content_type,
            words=words_of(answer),
        )
    strip(found)
    return found


def declares_entities(body: bytes) -> bool:
    """Whether an XML document, in whatever encoding, says before its first fault what a name of its own stands for:
    from such names a page grows to gigabytes."""
    declared: list[str] = []
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = lambda name, *_rest: declared.append(name)
    with contextlib.suppress(expat.ExpatError):  # what is no XML is told by the reader of it
        parser.Parse(body, True)
    return bool(declared)


def plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def strip(root: Element) -> None:
    """Names without their namespaces: services of all versions then read alike."""
    for element in root.iter():
        element.tag = plain(element.tag)


def text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def no_such_layer(wanted: str, known: list[str]) -> Refused:
    names = ", ".join(known[:20]) + (" …" if len(known) > 20 else "")
    if not wanted:
        return Refused(gettext_noop("Chọn một lớp bằng --layer: {names}."), names=names)
    return Refused(gettext_noop("Không có lớp “{wanted}”. Có: {names}."), wanted=wanted, names=names)
