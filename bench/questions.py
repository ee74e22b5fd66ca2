"""Search, click and report over HTTP, one question after the other; what counts is the portal's own time."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from bench import sample
from bench.race import percentile
from bench.server import Server

# Every thread of the server opens its connections and plans each kind of statement on its first use; not measured.
WARM_UP_ROUNDS = 8


def search(server: Server) -> str:
    return table(server, "Search", 5, [f"/api/search?{urlencode({'q': query})}" for query in sample.queries()])


def identify(server: Server) -> str:
    places = sample.plots(sample.QUESTIONS, sample.SEED + 2)
    words = [urlencode({"lon": plot.lon, "lat": plot.lat, "z": 17}) for plot in places]
    return table(server, "Click", 10, [f"/api/identify?{word}" for word in words])


def report(server: Server) -> str:
    places = sample.plots(sample.QUESTIONS, sample.SEED + 3)
    return table(server, "Parcel report", 15, [f"/api/parcels/{plot.feature_id}/report" for plot in places])


def table(server: Server, title: str, aim_ms: int, addresses: Sequence[str]) -> str:
    """A table in Markdown: server time of each question, and what it should stay under."""
    for address in WARM_UP_ROUNDS * list(addresses):
        server.client().get(address)
    client = server.client()
    answers = [client.get(address) for address in addresses]
    wrong = [answer.status for answer in answers if answer.status != 200]
    times = [answer.server_ms for answer in answers]
    p50, p95 = percentile(times, 50), percentile(times, 95)
    reached = "reached" if p95 <= aim_ms and not wrong else "MISSED"
    return "\n".join(
        [
            f"**{title}**: {len(answers)} questions, server time in ms.",
            "",
            "| p50 | p95 | longest | aim for p95 | |",
            "|---|---|---|---|---|",
            f"| {p50:.1f} | {p95:.1f} | {max(times):.1f} | {aim_ms} | {reached} |",
            *([f"\n{len(wrong)} were not answered: {sorted(set(wrong))}"] if wrong else []),
        ]
    )
