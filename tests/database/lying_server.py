"""A map server of a test: on this machine, with the answers it is given, truthful or not."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from PIL import Image

# What stands at a path or for a WMS/WMTS request: status, type, body, further headers.
Said = tuple[int, str, bytes, dict[str, str]]

WMS = b"""<?xml version="1.0"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms"><Capability>
 <Request><GetMap><Format>image/png</Format><Format>image/jpeg</Format></GetMap></Request>
 <Layer><Title>All</Title><CRS>EPSG:3857</CRS>
  <Layer><Name>ortho</Name><Title>Orthophoto 2025</Title></Layer>
  <Layer><Name>relief</Name><Title>Relief</Title></Layer>
 </Layer></Capability></WMS_Capabilities>"""
WMS_IN_DEGREES = WMS.replace(b"EPSG:3857", b"EPSG:4326")
MATRICES = "".join(
    f"<TileMatrix><ows:Identifier>g:{zoom}</ows:Identifier>"
    f"<ScaleDenominator>{559082264.0287178 / 2**zoom}</ScaleDenominator></TileMatrix>"
    for zoom in range(6, 19)
)
WMTS = f"""<?xml version="1.0"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"><Contents>
 <Layer><ows:Identifier>ortho</ows:Identifier><Style><ows:Identifier>plain</ows:Identifier></Style>
  <Format>image/png</Format><TileMatrixSetLink><TileMatrixSet>web</TileMatrixSet></TileMatrixSetLink></Layer>
 <TileMatrixSet><ows:Identifier>web</ows:Identifier>
  <ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>{MATRICES}</TileMatrixSet>
</Contents></Capabilities>""".encode()
PAGE = b"<!doctype html><title>x</title><h1>Please sign in</h1>"


def picture(size: int = 256, kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (size, size), (40, 90, 60)).save(stream, kind)
    return stream.getvalue()


def plain(body: bytes, kind: str = "image/png", status: int = 200, **headers: str) -> Said:
    return status, kind, body, headers


@contextmanager
def served(answers: dict[str, Said | None]) -> Iterator[str]:
    """The server's address. `answers` by path, or by the word after REQUEST= in the query; None: it never answers."""
    silent = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            request = {name.lower(): values[0] for name, values in parse_qs(parts.query).items()}.get("request", "")
            said = answers.get(request, answers.get(parts.path, plain(b"no", "text/plain", 404)))
            if said is None:
                silent.wait(30)
                return
            status, kind, body, headers = said
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Access-Control-Allow-Origin": "*", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        silent.set()
        server.shutdown()
        server.server_close()
