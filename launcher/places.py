"""Where things lie (repository, virtual environment, data folder), and what settings stand in .env."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Places:
    data: Path
    root: Path = ROOT

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"


def setting(name: str, root: Path = ROOT) -> str:
    """A setting as Django will see it: from the environment, else from .env, else empty."""
    return os.environ.get(name) or settings_file(root / ".env").get(name, "")


def settings_file(file: Path) -> dict[str, str]:
    """NAME=value, a line each; quotes round the value and `export` before the name are allowed."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    pairs = (line.strip().removeprefix("export ").partition("=") for line in lines if not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, equals, value in pairs if equals}


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Let one ./portal at a time change what belongs to `file` (or folder); it is locked, never written."""
    handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
