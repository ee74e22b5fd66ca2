"""Answers over HTTP: of a parcel, of a site of 50 ha, how many a second, and beside pyramid_oereb."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable
from urllib.parse import urlsplit

from bench import questions, sample
from bench.race import Pass, percentile, race, walk
from bench.server import Client, Server

SITE_HA, PARCELS, SITES, CLIENTS = 50, 200, 100, (1, 2, 4)
AT_LEAST, TIMES_AS_FAST = 200, 4
# Metres of a degree at the province's latitude; the squares need not be exact, only always the same.
DEGREE_NORTH_M, DEGREE_EAST_M = 110_700, 111_320
OURS, PEER = "portal", "pyramid_oereb"
WHERE = "PYRAMID_OEREB"
NOT_RUN = f"""\
**Beside pyramid_oereb**: not run: {WHERE} names no address of one. How to get it, in an environment of its own:
`pip install "pyramid_oereb[no-version]==2.6.0" "SQLAlchemy==2.0.*" waitress psycopg2-binary`; its example configuration
and federal lists are in its repository only (github.com/openoereb/pyramid_oereb, folder `dev`), not in what pip brings.
Load the parcels and zones of this database into it, each parcel under the EGRID `CH` and its id
in twelve digits, serve it, and say where: `{WHERE}=http://127.0.0.1:8106/oereb`."""


def measure(server: Server) -> str:
    plots = sample.plots(PARCELS, sample.SEED + 3)
    addresses = [f"/api/parcels/{plot.feature_id}/report" for plot in plots]
    one = questions.table(server, "Parcel report", 15, addresses)
    squares = [square(plot) for plot in sample.plots(SITES, sample.SEED + 12)]
    title = f"Report of a site of {SITE_HA} ha"
    site = questions.table(server, title, 30, ["/api/report"] * len(squares), squares)
    return "\n\n".join([one, site, a_second(server, addresses), beside(server, [plot.feature_id for plot in plots])])


def square(plot: sample.Plot) -> bytes:
    """A square of so many hectares around the plot, as GeoJSON."""
    half = math.sqrt(SITE_HA * 10_000) / 2
    north, east = half / DEGREE_NORTH_M, half / DEGREE_EAST_M / math.cos(math.radians(plot.lat))
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    ring = [[round(plot.lon + x * east, 7), round(plot.lat + y * north, 7)] for x, y in corners]
    return json.dumps({"type": "Polygon", "coordinates": [ring]}).encode()


def a_second(server: Server, addresses: list[str]) -> str:
    """How many reports the server makes in a second for so many clients that ask as fast as they can."""
    rows = []
    for clients in CLIENTS:
        ours = [asking(server.client(), str) for _ in range(clients)]
        walk(ours, addresses)
        done = max((walk(ours, addresses) for _ in range(3)), key=lambda one: len(one.milliseconds) / one.seconds)
        rows.append(f"| {clients} | {len(done.milliseconds) / done.seconds:.0f} | {times(done)} |")
    head = f"**Parcel reports a second**: best of 3 passes, the clients on the same cores; the aim is {AT_LEAST}."
    return "\n".join([head, "", "| clients | reports a second | p50 ms | p95 ms |", "|---|---|---|---|", *rows])


def times(done: Pass) -> str:
    return f"{percentile(done.milliseconds, 50):.1f} | {percentile(done.milliseconds, 95):.1f}"


def asking(client: Client, address: Callable[[str], str]) -> Callable[[str], object]:
    """A client that asks a task's address and takes no other answer than the right one."""

    def ask(task: str) -> object:
        answer = client.get(address(task))
        assert answer.status == 200, (task, answer.status)
        return answer

    return ask


def beside(server: Server, parcels: list[int]) -> str:
    """Both asked for the same parcels in turns, one client, whole HTTP answers as JSON."""
    said = os.environ.get(WHERE)
    if not said:
        return NOT_RUN
    peer = urlsplit(said)
    ours = {OURS: lambda: asking(server.client(), "/api/parcels/{}/report".format)}
    theirs = {
        PEER: lambda: asking(
            Client(peer.port or 80, peer.hostname or "127.0.0.1"),
            lambda task: f"{peer.path}/extract/json/?EGRID=CH{int(task):012d}&GEOMETRY=true",
        )
    }
    done = race(ours | theirs, [str(parcel) for parcel in parcels], clients=1)
    p50, p95 = (percentile(done[PEER].milliseconds, p) / percentile(done[OURS].milliseconds, p) for p in (50, 95))
    reached = "reached" if min(p50, p95) >= TIMES_AS_FAST else "MISSED"
    return "\n".join(
        [
            f"**Beside pyramid_oereb**: {len(parcels)} parcels, one client, in turns, median of 3 passes.",
            "",
            "| who | p50 ms | p95 ms |",
            "|---|---|---|",
            *(f"| {name} | {times(one)} |" for name, one in done.items()),
            "",
            f"{p50:.1f} × as fast by p50, {p95:.1f} × by p95; the aim is {TIMES_AS_FAST} ×: {reached}.",
        ]
    )
