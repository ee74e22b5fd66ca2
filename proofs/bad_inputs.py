"""The 80 bad inputs, each made by code: what must happen, and whether it did.

Runs the tests that the table (`tests/bad_inputs.py`) names and prints it with what came out. While they run, every
reading is watched: no connection, nothing left outside the scratch folder, the child within 60 s and 1.5 GB.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from tests.bad_inputs import ROWS, Row

ROOT = Path(__file__).resolve().parent.parent


def outcomes(files: list[str]) -> tuple[dict[str, set[str]], str]:
    """What became of each test (`file::name`), and pytest's last line."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", f"--junit-xml={report}", *files]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        found: dict[str, set[str]] = {}
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  (our own report)
            names = {child.tag for child in case}
            state = "failed" if names & {"failure", "error"} else "skipped" if "skipped" in names else "passed"
            file = next(file for file in files if case.get("classname", "").startswith(file[:-3].replace("/", ".")))
            found.setdefault(f"{file}::{case.get('name', '').split('[')[0]}", set()).add(state)
    return found, (done.stdout.strip().splitlines() or [""])[-1]


def state_of(row: Row, found: dict[str, set[str]]) -> str:
    states = [
        state for test in row.tests for name, states in found.items() if name.startswith(test) for state in states
    ]
    if "failed" in states or not states:
        return "FAILED"
    return "as written" if "passed" in states else "skipped"


def main() -> int:
    files = sorted({test.split("::")[0] for row in ROWS for test in row.tests})
    found, last = outcomes(files)
    states = {row.number: state_of(row, found) for row in ROWS}
    for row in ROWS:
        print(f"{row.number:>2}  {states[row.number]:<10}  {row.what}: {row.must}")
    good = sum(state == "as written" for state in states.values())
    print(f"{good} of {len(ROWS)} as written; {last}")
    broken = sorted(name for name, outcome in found.items() if "failed" in outcome)
    for name in broken:
        print(f"  failed: {name}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
