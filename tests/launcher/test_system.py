"""What is said on machines that have neither Python nor apt, with a PATH that holds only what the test lays there."""

import shutil
import subprocess
from pathlib import Path

import pytest

from launcher.places import ROOT

SYSTEM = ROOT / "launcher" / "system.sh"


def install(folder: Path, *programs: str, words: tuple[str, ...] = ("gettext",)) -> subprocess.CompletedProcess[str]:
    """Ask for packages on a machine whose only programs are `programs`; those that do not exist here do nothing."""
    for name in programs:
        (folder / name).symlink_to(shutil.which(name) or "/bin/true")
    shell = shutil.which("sh") or "/bin/sh"
    command = [shell, SYSTEM, "install", "yes", *words]
    return subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("programs", "sentence"),
    [
        (["docker"], "This machine has no apt. Docker is here, so run 'docker compose up' instead."),
        ([], "This machine has neither apt nor Docker. Install Python 3.11"),
    ],
)
def test_without_apt_one_sentence_says_what_to_do(tmp_path: Path, programs: list[str], sentence: str) -> None:
    done = install(tmp_path, *programs)
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_without_sudo_it_says_what_an_administrator_has_to_run(tmp_path: Path) -> None:
    for name in ("apt-get", "id"):
        (tmp_path / name).write_text("#!/bin/sh\necho 1000\n")
        (tmp_path / name).chmod(0o755)
    done = install(tmp_path, words=("gettext", "postgresql-15"))
    assert done.returncode == 1
    assert done.stderr == "Ask an administrator to run: apt-get install gettext postgresql-15\n"


def test_nothing_is_missing_where_the_tests_run() -> None:
    done = subprocess.run(["sh", SYSTEM, "missing", "tests"], capture_output=True, text=True, check=True)
    assert done.stdout == ""
