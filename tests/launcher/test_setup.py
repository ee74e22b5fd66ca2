"""Setup leaves its stamp last, and serves exactly what package.json names."""

import ast
import json
import os
import sys
from pathlib import Path

import pytest

from launcher import browser, setup
from launcher.console import Stop
from launcher.places import ROOT, Places, settings_file


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(data=tmp_path / "data", root=tmp_path)


def test_an_installation_that_fails_leaves_no_stamp_and_says_why(places: Places) -> None:
    for name in (setup.RUN, setup.TEST):
        (places.root / name).write_text("no-such-package-of-ours @ file:///nowhere\n")
    with pytest.raises(Stop, match="could not be installed"):
        setup.install_python_packages(places, setup.RUN)
    assert not list(places.venv.glob("*.stamp"))


@pytest.mark.parametrize("lock", [setup.RUN, setup.TEST])
def test_what_is_stamped_is_not_installed_again(places: Places, lock: str) -> None:
    for name in (setup.RUN, setup.TEST):
        (places.root / name).write_text(f"# {name}\n")
    places.python.parent.mkdir(parents=True)
    places.python.symlink_to("/bin/false")  # any use of it would fail
    file, value = setup.python_stamp(places, setup.TEST)
    file.write_text(value)
    setup.install_python_packages(places, lock)


def test_every_library_of_package_json_is_served_under_its_version_with_its_licence(places: Places) -> None:
    for name in ("package.json", "node_modules"):
        (places.root / name).symlink_to(ROOT / name)
    served = places.root / "vendor"
    browser.copy_libraries(places.root, served, "stamp")
    versions = json.loads((ROOT / "package.json").read_text())["dependencies"]
    folders = {f"{name.rpartition('/')[2]}-{version}" for name, version in versions.items()}
    assert {folder.name for folder in served.iterdir() if folder.is_dir()} == folders
    assert all(list((served / folder).glob("LICENSE*")) for folder in folders)


def test_a_translation_is_compiled_once_and_again_when_it_changes(tmp_path: Path) -> None:
    source = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    compiled = source.with_suffix(".mo")
    setup.compile_translations(tmp_path)
    first = compiled.stat()
    setup.compile_translations(tmp_path)
    assert compiled.stat().st_mtime_ns == first.st_mtime_ns
    os.utime(source, (first.st_mtime + 1, first.st_mtime + 1))
    setup.compile_translations(tmp_path)
    assert compiled.stat().st_mtime_ns > first.st_mtime_ns


def test_the_settings_file_is_read_as_django_reads_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# a note\nexport A=1\nB='two words'\n\nC=x=y\nnothing\n")
    assert settings_file(tmp_path / ".env") == {"A": "1", "B": "two words", "C": "x=y"}


def test_the_launcher_needs_nothing_but_python_itself() -> None:
    known = sys.stdlib_module_names | {"launcher"}
    for file in (ROOT / "launcher").glob("*.py"):
        tree = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        names = [name.name for node in tree if isinstance(node, ast.Import) for name in node.names]
        names += [node.module or "" for node in tree if isinstance(node, ast.ImportFrom)]
        assert not {name.partition(".")[0] for name in names} - known, file
