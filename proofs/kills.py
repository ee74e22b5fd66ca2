"""kill -9 of the desk's worker, the web server or the database at ten points of a delivery's way, ten times each.

A private cluster, one layer, a new edition of it each time, sent, checked and published as officers do it. Eight points
lie in the worker (`proofs.desk_worker`), two in the upload; at each the worker or server, and in every other turn the
database, is killed outright and started again, as `./portal run` does. Right after the kill nothing of it is published;
within 90 s the delivery has come to the end of its step, once. Then two processes publish at once while a third reads:
every snapshot reads the same for ever. `python -m proofs.kills [TURNS]`; the console's import: `proofs.console_kills`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

import django

from proofs.console_kills import FINAL_S, ROOT, Scene, concluded, kill_everywhere, scene_with_an_edition

SPARE = "spare"  # as `proofs.desk_worker` calls it, which needs Django

TIMES = 10
UPLOAD = ("half of the upload is sent", "all of the upload is sent")
WORKER = (
    "the file is about to be opened", "the public columns are kept", "the rules have run", "the delivery is compared",
    "the effect is known", "the lock is taken", "new rows are opened", "the twins have followed",
)  # fmt: skip
SETTINGS = {"SECRET_KEY": "for-the-proof", "RATE_PAGES": "0", "LOG_LEVEL": "CRITICAL"}


class Worker:
    """A worker in a process of its own; when it ends another takes its place, as with `./portal run`. The first of
    them stands by, already loaded, so that a hundred kills take minutes and not hours."""

    def __init__(self, scene: Scene, point: str) -> None:
        self.scene = scene
        self.process = self.start(point)
        self.spare: subprocess.Popen[str] | None = self.start(SPARE)

    def start(self, *point: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "proofs.desk_worker", *point],
            cwd=ROOT, env=self.scene.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def comes_to(self, point: str) -> bool:
        return self.process.stdout is not None and self.process.stdout.readline().strip() == f"at {point}"

    def go_on(self) -> None:
        assert self.process.stdin is not None  # noqa: S101  (it was asked for)
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def keep_alive(self) -> None:
        if self.process.poll() is None:
            return
        if self.spare is None:
            self.process = self.start()
            return
        self.process, self.spare = self.spare, None
        self.go_on()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self) -> None:
        for process in (self.process, self.spare):
            if process is not None:
                process.kill()
                process.communicate()


def kill_database(scene: Scene) -> None:
    from django.db import connections

    connections.close_all()
    scene.kill_database()
    scene.cluster.start()


def at_the_worker(scene: Scene, desk: Any, point: str, number: int, *, database: bool) -> tuple[bool, float]:
    """Whether nothing was published by the kill, and the delivery then came to its step's end once; and the seconds."""
    delivery = desk.prepared(scene.edition(number), point)
    before = scene.state()
    worker = Worker(scene, point)
    try:
        if not worker.comes_to(point):
            return False, 0.0
        begin = time.monotonic()
        if database:
            kill_database(scene)
            untouched = scene.state() == before
            worker.go_on()
        else:
            worker.kill()
            untouched = scene.state() == before
        while not desk.is_through(delivery, point):
            worker.keep_alive()
            if time.monotonic() - begin > FINAL_S:
                return False, FINAL_S
            time.sleep(0.2)
        seconds = time.monotonic() - begin
    finally:
        worker.end()
    right = desk.is_right(delivery, point)
    desk.set_aside()
    return untouched and right and not any(scene.broken()), seconds


def at_the_server(scene: Scene, desk: Any, point: str, number: int, *, database: bool) -> tuple[bool, float]:
    """A whole delivery or none, and the same file can be sent at once to the server that was started again."""
    file, known = scene.edition(number), desk.count()
    server = desk.serve()
    begin = time.monotonic()
    try:
        if database:
            desk.upload(file, share=0.5 if point == UPLOAD[0] else 1.0, then=lambda: kill_database(scene))
        else:
            desk.upload(file, share=0.5 if point == UPLOAD[0] else 1.0, then=lambda: desk.kill(server))
    finally:
        desk.kill(server)
    came = desk.count() - known
    server = desk.serve()
    try:
        if came == 0:
            desk.upload(file)
        seconds = time.monotonic() - begin
        whole = came in (0, 1) and desk.count() == known + 1 and desk.newest_is(file)
        desk.set_aside()
    finally:
        desk.kill(server)
    return whole and not any(scene.broken()), seconds


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    os.environ.update(SETTINGS)
    with scene_with_an_edition() as scene:
        scene.environment["PORTAL_DATA"] = str(scene.folder / "portal")
        os.environ.update(scene.environment, DJANGO_SETTINGS_MODULE="geoportal.settings")
        django.setup()  # for the cluster that has just been made
        from proofs.desk import Desk

        desk = Desk(scene)

        def once(point: str, at: int, database: bool) -> tuple[bool, float]:
            return (at_the_server if point in UPLOAD else at_the_worker)(scene, desk, point, at, database=database)

        tally = kill_everywhere((*UPLOAD, *WORKER), times, once)
        return 0 if concluded(scene, tally, times) else 1


if __name__ == "__main__":
    sys.exit(main())
