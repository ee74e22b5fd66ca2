"""Search and click over HTTP, one question after the other; what counts is the portal's own time."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from bench import asked, sample
from bench.race import percentile
from bench.server import Server

# Every thread of the server opens its connections and plans each kind of statement on its first use; not measured.
WARM_UP_ROUNDS = 8


def search(server: Server) -> str:
    """Numbers of red books; then twelve kinds of queries, whether they find what they mean; then lists by filters."""
    numbers = table(server, "Search", 5, [f"/api/search?{urlencode({'q': query})}" for query in sample.queries()])
    lists = [f"/api/search?{urlencode(words)}" for words in asked.lists()]
    return "\n\n".join([numbers, kinds(server), table(server, "Search by filters alone", 100, lists)])


def kinds(server: Server) -> str:
    """Twelve kinds of queries: server time, and at which place the meant result stands."""
    queries = asked.queries()
    addresses = [f"/api/search?{urlencode({'q': one.query})}" for one in queries]
    timed = table(server, "Search of twelve kinds, every second query with a slip", 10, addresses)
    client = server.client()
    places = [place_of(one, told(client.get(address).body)) for one, address in zip(queries, addresses, strict=True)]
    rows = []
    for kind in dict.fromkeys(one.kind for one in queries):
        of_kind = [place for one, place in zip(queries, places, strict=True) if one.kind == kind]
        first, among = sum(place == 1 for place in of_kind), sum(1 <= place <= 5 for place in of_kind)
        rows.append(f"| {kind} | {len(of_kind)} | {first} | {among} |")
    share = sum(place == 1 for place in places) / len(places)
    missed = [f"{one.query} ({one.meant})" for one, place in zip(queries, places, strict=True) if not 1 <= place <= 5]
    return "\n".join(
        [
            timed,
            "",
            "| kind | queries | meant result first | within five |",
            "|---|---|---|---|",
            *rows,
            "",
            f"Meant result first in {share:.1%} of {len(places)}.",
            *([f"Not within five: {'; '.join(missed)}"] if missed else []),
        ]
    )


def told(body: bytes) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
    return answer


def place_of(one: asked.Asked, answer: dict[str, Any]) -> int:
    """At which place the meant result stands, from 1; 0 when it is not on the page."""
    meant = (hit["id"] if isinstance(one.meant, int) else hit["title"] for hit in answer.get("results", []))
    return next((place for place, told in enumerate(meant, start=1) if told == one.meant), 0)


def identify(server: Server) -> str:
    places = sample.plots(sample.QUESTIONS, sample.SEED + 2)
    words = [urlencode({"lon": plot.lon, "lat": plot.lat, "z": 17}) for plot in places]
    return table(server, "Click", 10, [f"/api/identify?{word}" for word in words])


def table(
    server: Server, title: str, aim_ms: int, addresses: Sequence[str], sent: Sequence[bytes | None] | None = None
) -> str:
    """A table in Markdown: server time of each question, and what it should stay under. `sent`: what is posted."""
    asked = list(zip(addresses, sent or [None] * len(addresses), strict=True))
    for address, body in WARM_UP_ROUNDS * asked:
        server.client().get(address, body)
    client = server.client()
    answers = [client.get(address, body) for address, body in asked]
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
