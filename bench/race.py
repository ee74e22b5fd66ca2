"""Closed-loop load: so many clients walk one list together; contestants take turns, so noise hits all alike."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Task = TypeVar("Task")
PASSES = 3


@dataclass(frozen=True)
class Pass:
    """One walk through the list: the whole time in seconds, and each answer's in milliseconds."""

    seconds: float
    milliseconds: list[float]


def race(
    contestants: dict[str, Callable[[], Callable[[Task], object]]], tasks: Sequence[Task], clients: int
) -> dict[str, Pass]:
    """The median pass of each contestant. A contestant makes a client: a function that does one task."""
    ready = {name: [make() for _ in range(clients)] for name, make in contestants.items()}
    for name in ready:
        walk(ready[name], tasks)
    passes: dict[str, list[Pass]] = {name: [] for name in ready}
    for _ in range(PASSES):
        for name in ready:
            passes[name].append(walk(ready[name], tasks))
    return {name: sorted(done, key=lambda one: one.seconds)[PASSES // 2] for name, done in passes.items()}


def walk(clients: Sequence[Callable[[Task], object]], tasks: Sequence[Task]) -> Pass:
    waiting, lock, times = iter(tasks), threading.Lock(), []
    failures: list[BaseException] = []

    def work(client: Callable[[Task], object]) -> None:
        while True:
            with lock:
                task = next(waiting, None)
            if task is None or failures:
                return
            started = time.perf_counter()
            try:
                client(task)
            except BaseException as failure:
                failures.append(failure)
                return
            times.append((time.perf_counter() - started) * 1000)

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return Pass(time.perf_counter() - started, times)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent stay below."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
