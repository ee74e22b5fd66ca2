"""What the repository needs besides system packages: Python packages, browser libraries, translations.

Each part leaves a stamp, written last, that says from what it was made; so an interrupted setup is made
again from the beginning, and a second one needs neither time nor network.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from launcher import browser
from launcher.console import Stop, say, step, succeed
from launcher.places import Places, alone

RUN, TEST = "requirements.lock", "requirements-dev.lock"


def prepare(places: Places, lock: str = RUN) -> None:
    """Bring the repository to the state that `lock` and package-lock.json describe."""
    with alone(places.root / "portal"):
        install_python_packages(places, lock)
        browser.install_libraries(places, for_tests=lock == TEST)
        compile_translations(places.root)


def digest(*parts: Path | str) -> str:
    """One short name for the contents of files and for words."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.read_bytes() if isinstance(part, Path) else part.encode())
    return whole.hexdigest()[:16]


def stamped(file: Path, value: str) -> bool:
    return file.is_file() and file.read_text().strip() == value


def python_stamp(places: Places, lock: str) -> tuple[Path, str]:
    return places.venv / f"{lock}.stamp", digest(places.root / lock, sys.version)


def install_python_packages(places: Places, lock: str) -> None:
    """Make .venv from the lock file. The one for tests contains all that the one to run does."""
    if any(stamped(*python_stamp(places, name)) for name in {lock, TEST}) and places.python.exists():
        return
    if not stamped(*python_stamp(places, RUN)):
        with step("Making a virtual environment in .venv"):
            succeed([sys.executable, "-m", "venv", "--clear", places.venv], "Python could not make .venv:")
    with step(f"Installing Python packages from {lock}"):
        pip = [str(places.python), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
        problem = "The Python packages could not be installed; is the network there? pip said:"
        succeed([*pip, "--require-hashes", "--requirement", places.root / lock], problem)
    file, value = python_stamp(places, lock)
    file.write_text(value)


def compile_translations(root: Path) -> None:
    """Make a .mo file beside each of our .po files that is newer than its own."""
    folders = [root / "locale", *root.glob("*/locale")]
    for source in sorted(file for folder in folders for file in folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        say(f"Compiling the translation {source.relative_to(root)}")
        half_done = target.with_suffix(".mo.new")
        succeed(["msgfmt", "--check-format", "-o", half_done, source], f"{source} has a mistake:")
        half_done.replace(target)


def lock_versions(places: Places) -> None:
    """Write both lock files from pyproject.toml, without the address of any registry in them."""
    tools = places.data / "lock-tools"
    places.data.mkdir(parents=True, exist_ok=True)
    try:
        with step("Fetching uv, which resolves the versions"):
            succeed([sys.executable, "-m", "venv", "--clear", tools], "Python could not make an environment:")
            succeed([tools / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"], "uv is not to be had:")
        for lock, extra in ((RUN, []), (TEST, ["--extra", "dev"])):
            write_lock(places.root, tools / "bin" / "uv", lock, extra)
    finally:
        shutil.rmtree(tools, ignore_errors=True)


def write_lock(root: Path, uv: Path, lock: str, extra: list[str]) -> None:
    options = ["--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    options += ["--python-version", "3.11", "--quiet", "--output-file", lock]
    with step(f"Writing {lock}"):
        done = subprocess.run([uv, "pip", "compile", "pyproject.toml", *options, *extra], cwd=root)
    if done.returncode:
        raise Stop(f"{lock} is as it was: uv found no set of versions that fits pyproject.toml.")
