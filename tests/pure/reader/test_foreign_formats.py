"""Formats we do not read yet, poisoned: recognised by name or content, refused with advice, never opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.reader import Refused, read
from importers.reader.refusals import words
from tests.pure.reader import making
from tests.pure.reader.test_disguise import Listener, listener

__all__ = ["listener"]

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
KML = '<?xml version="1.0"?>{doctype}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{inside}</Document></kml>'
LINK = "<NetworkLink><Link><href>{address}/a.kml</href></Link></NetworkLink>"
ICON = "<Style><IconStyle><Icon><href>{address}/a.png</href></Icon></IconStyle></Style>"
GML = (
    '<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml" xmlns:xsi="x" '
    'xsi:schemaLocation="a {address}/a.xsd">'
    '<gml:featureMember xlink:href="{address}/b.gml"/></gml:FeatureCollection>'
)
POLYLINE = "0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n90\n2000000000\n70\n0\n10\n1.0\n20\n1.0\n0\nENDSEC\n0\nEOF\n"
NESTED = (
    "0\nSECTION\n2\nBLOCKS\n"
    + "".join(f"0\nBLOCK\n2\nB{n}\n0\nINSERT\n2\nB{n + 1}\n70\n1000\n71\n1000\n0\nENDBLK\n" for n in range(5))
    + "0\nENDSEC\n0\nEOF\n"
)
LABELS = "0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n90\n2\n70\n0\n0\nTEXT\n1\n12\n0\nTEXT\n1\n13\n0\nENDSEC\n0\nEOF\n"
TAB = '!table\n!version 300\nDefinition Table\n  CoordSys Earth Projection 8, 104, "m", 105.5, 0, 0.9999, 500000, 0\n'
MIF = 'Version 300\nCharset "Neutral"\nColumns 1\n  A Char(5)\nData\nPoint 1 1\nPoint 2 2\n'

# name, content, the row of the table of bad inputs
POISONED = {
    "55 entities": ("a.kml", KML.format(doctype=f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>', inside="&a11;")),
    "55 foreign entity": (
        "a.kml",
        KML.format(doctype='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', inside="<name>&a;</name>"),
    ),
    "56 network link": ("a.kml", KML.format(doctype="", inside=LINK + ICON)),
    "56 without a suffix": ("a", KML.format(doctype="", inside=LINK + ICON)),
    "58 remote schema": ("a.gml", GML),
    "58 without a suffix": ("a", GML),
    "67 endless polyline": ("a.dxf", POLYLINE),
    "67 nested inserts": ("a.dxf", NESTED),
    "67 without a suffix": ("a", POLYLINE),
    "68 open rings and two labels": ("a.dxf", LABELS),
    "70 another datum": ("a.tab", TAB),
    "71 unequal rows": ("a.mif", MIF),
    "71 unequal rows, the other half": ("a.mid", '"x"\n'),
}


@pytest.mark.parametrize("row", POISONED)
def test_foreign_formats_are_refused_with_advice_and_without_a_call(
    tmp_path: Path, listener: Listener, row: str
) -> None:
    name, content = POISONED[row]
    file = making.written(tmp_path, name, content.replace("{address}", f"http://127.0.0.1:{listener.port}"))
    with pytest.raises(Refused) as refused:
        read(file)
    assert refused.value.code.startswith("unread-")
    sentence, advice = words(refused.value)
    assert sentence and advice and str(tmp_path) not in sentence + advice
    assert listener.connections == 0
