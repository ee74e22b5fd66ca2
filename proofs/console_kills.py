"""kill -9 of the console's importing process or of the database at ten points of its way, ten times each.

A private cluster, one layer, a new edition of it each time. After each kill the layer must be exactly as before; the
same delivery, run again, must bring it to the end once, within 90 s of the kill. Then two processes publish at once,
while a third one reads: every snapshot must read the same for ever.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import psycopg
import shapely

from launcher.cluster import NAME, Cluster

ROOT = Path(__file__).resolve().parent.parent
TIMES, ZONES, FINAL_S = 10, 300, 90.0
EAST, NORTH = 560_000.0, 2_260_000.0
POINTS = (
    "the reading process starts", "the first features arrive", "the file is read", "the checks are done",
    "the lock is taken", "half of the rows are copied", "the difference is known", "old rows are closed",
    "new rows are opened", "the twins have followed",
)  # fmt: skip
TABLE = "layers_groundwaterzone"
STATE = f"""
SELECT (SELECT string_agg(t::text, E'\\n' ORDER BY row_id) FROM {TABLE} AS t),
       (SELECT string_agg(t::text, E'\\n' ORDER BY number) FROM layers_revision AS t),
       (SELECT string_agg(t::text, E'\\n' ORDER BY piece_id) FROM layers_zonepiece AS t),
       (SELECT string_agg(t::text, E'\\n' ORDER BY piece_id) FROM layers_zoneedge AS t)"""  # noqa: S608
# What may never be: a zone twice today, a delivery published twice, a gap in the numbers, a twin without its row.
BROKEN = f"""
SELECT (SELECT count(*) - count(DISTINCT code) FROM {TABLE} WHERE until IS NULL),
       (SELECT count(*) - count(DISTINCT delivery_sha256) FROM layers_revision),
       (SELECT max(number) - count(*) FROM layers_revision),
       (SELECT count(*) FROM layers_zonepiece AS p LEFT JOIN {TABLE} AS t USING (row_id)
        WHERE t.row_id IS NULL OR p.until IS DISTINCT FROM t.until OR p.since <> t.since)"""  # noqa: S608


# One kill at a point, with the number of the edition and whether it is the database that dies: is all whole, and after
# how many seconds.
Once = Callable[[str, int, bool], tuple[bool, float]]


@dataclass
class Tally:
    kills: int = 0
    whole: int = 0
    slowest_s: float = 0.0

    def add(self, whole: bool, seconds: float) -> None:
        self.kills += 1
        self.whole += whole and seconds <= FINAL_S
        self.slowest_s = max(self.slowest_s, seconds)


class Scene:
    """A private cluster with the portal's tables, and editions of one layer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder / "data")
        self.cluster.start()
        self.environment = os.environ | {"DATABASE_URL": self.cluster.url, "DATA_DIR": str(folder / "data")}
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=self.environment, check=True)

    def edition(self, number: int) -> Path:
        """All zones a metre farther east than in the edition before; every tenth is another one."""
        shapes = [self.shape(at, number) for at in range(ZONES)]
        codes = [f"V{at + 1}" if at % 10 else f"V{at + 1}-{number}" for at in range(ZONES)]
        columns = {
            "MA": codes,
            "TEN": [f"Vùng {code}" for code in codes],
            "SOQD": "1/QĐ",
            "LOAIVUNG": "1",
            "TANGCN": "qp",
        }
        file = self.folder / f"vung-{number}.gpkg"
        gpd.GeoDataFrame(columns, geometry=shapes, crs=9209).to_file(file, driver="GPKG")
        return file

    @staticmethod
    def shape(at: int, number: int) -> shapely.Polygon:
        west, south = EAST + at % 20 * 500 + number, NORTH + at // 20 * 500
        return shapely.Point(west, south).buffer(200, quad_segs=20)

    def victim(self, file: Path, *point: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "proofs.victim", str(file), *point]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.cluster.socket_folder), user=NAME, dbname=NAME)

    def state(self) -> str:
        with self.connect() as connection:
            return hashlib.sha256(repr(connection.execute(STATE).fetchone()).encode()).hexdigest()

    def broken(self) -> tuple[int, ...]:
        with self.connect() as connection:
            return tuple(value or 0 for value in connection.execute(BROKEN).fetchone() or ())

    def kill_database(self) -> None:
        """The server and every process of it: one that outlived the server could still commit."""
        server = self.cluster.process() or 0
        parts = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        for one in (server, *map(int, parts)):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)


def finished(scene: Scene, file: Path) -> str:
    with scene.victim(file) as process:
        return process.communicate()[0].strip()


def kill_once(scene: Scene, file: Path, point: str, *, database: bool) -> tuple[bool, float]:
    """Whether nothing of the killed delivery is there, and the same delivery then came to its end; and the seconds."""
    before = scene.state()
    with scene.victim(file, point) as process:
        assert process.stdout is not None  # noqa: S101  (it was asked for)
        if process.stdout.readline().strip() != f"at {point}":
            return False, 0.0
        begin = time.monotonic()
        if database:
            scene.kill_database()
            process.communicate("\n")
            scene.cluster.start()
        else:
            process.kill()
            process.communicate()
    untouched = scene.state() == before
    said = finished(scene, file)
    seconds = time.monotonic() - begin
    again = finished(scene, file)
    whole = untouched and said.isdigit() and again == "nothing" and not any(scene.broken())
    if not whole:
        print(
            f"  untouched: {untouched}; then it said “{said}”, and again “{again}”; broken: {scene.broken()}",
            flush=True,
        )
    return whole, seconds


def kill_everywhere(points: Sequence[str], times: int, once: Once) -> Tally:
    """At each point `times` times, by turns of the process and of the database."""
    tally = Tally()
    for turn in range(times):
        for at, point in enumerate(points):
            database = (turn + at) % 2 == 1
            whole, seconds = once(point, 1 + turn * len(points) + at, database)
            tally.add(whole, seconds)
            if not whole:
                print(f"  not whole: {'database' if database else 'process'} at “{point}”", flush=True)
        print(f"  turn {turn + 1}: {tally.whole} of {tally.kills}, at most {tally.slowest_s:.1f} s", flush=True)
    return tally


PAST = f"""
SELECT md5(string_agg(concat_ws('|', feature_id, code, ST_AsBinary(geom)::text), ',' ORDER BY feature_id))
FROM {TABLE} WHERE since <= %(at)s AND (until IS NULL OR until > %(at)s)"""  # noqa: S608


def read_while_two_publish(scene: Scene, rounds: int, first: int) -> tuple[int, int]:
    """How many readings of snapshots there were, and how many read otherwise than before."""
    seen: dict[int, str] = {}
    readings = otherwise = 0
    for turn in range(rounds):
        pair = [scene.victim(scene.edition(first + 2 * turn + one)) for one in range(2)]
        while True:
            running = any(process.poll() is None for process in pair)
            for number, content in snapshots(scene):
                otherwise += seen.setdefault(number, content) != content
                readings += 1
            if not running:
                break
        for process in pair:
            process.communicate()
    return readings, otherwise


def snapshots(scene: Scene) -> list[tuple[int, str]]:
    with scene.connect() as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        numbers = [number for (number,) in connection.execute("SELECT number FROM layers_revision ORDER BY 1")]
        return [(at, str(connection.execute(PAST, {"at": at}).fetchone())) for at in numbers]


def concluded(scene: Scene, tally: Tally, times: int) -> bool:
    """Whether every kill ended whole, every snapshot read the same for ever and no promise is broken; and print it."""
    print(f"{tally.whole} of {tally.kills} kills: all or nothing, the delivery at its step's end once,")
    print(f"at most {tally.slowest_s:.1f} s after the kill (at most {FINAL_S:.0f})")
    readings, otherwise = read_while_two_publish(scene, times, 10_000)
    print(f"two publications at once, {times} times: {readings:,} readings of snapshots, {otherwise} changed")
    broken = sum(scene.broken())
    print(f"broken promises at the end: {broken}", flush=True)
    return tally.whole == tally.kills and not otherwise and not broken


@contextmanager
def scene_with_an_edition() -> Iterator[Scene]:
    """A private cluster in which the first edition is published. RuntimeError where it was not."""
    with tempfile.TemporaryDirectory(prefix="geoportal-kills-") as folder:
        Path(folder).chmod(0o755)
        scene = Scene(Path(folder))
        try:
            if finished(scene, scene.edition(0)) != "1":
                raise RuntimeError("The first edition was not published.")
            yield scene
        finally:
            scene.cluster.stop()


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    with scene_with_an_edition() as scene:
        tally = kill_everywhere(
            POINTS, times, lambda point, at, database: kill_once(scene, scene.edition(at), point, database=database)
        )
        return 0 if concluded(scene, tally, times) else 1


if __name__ == "__main__":
    sys.exit(main())
