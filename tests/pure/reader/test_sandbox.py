"""The child process: cut off, limited, cleaned of secrets; nothing of it is left behind."""

import hashlib
import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from importers.reader import Limits, Refused, drivers, read, sandbox, sniff, worker
from importers.reader.formats.job import Job
from tests.pure.reader import making


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where reading puts its temporary folders, to be found empty afterwards."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return making.sent(tmp_path, making.shapefile_set())


def run_in_child(statement: str) -> str:
    """What a statement prints in a process started as the child is."""
    command = [*sandbox.namespace_command(), sys.executable, "-I", "-c", statement]
    environment = sandbox.environment(Path(tempfile.gettempdir()))
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_nothing_is_left_behind_by_a_good_and_a_bad_file(scratch: Path, good: Path, tmp_path: Path) -> None:
    read(good)
    with pytest.raises(Refused):
        read(making.written(tmp_path, "a.geojson", "{"))
    with pytest.raises(Refused):
        read(making.written(tmp_path, "b.zip", b"PK\3\4"))
    assert not list(scratch.iterdir())


def test_a_file_that_takes_too_long_is_ended_and_nothing_is_left(scratch: Path, good: Path) -> None:
    started = time.monotonic()
    with pytest.raises(Refused, match="too-slow"):
        read(good, limits=Limits(wall=0))
    assert time.monotonic() - started < 5
    assert not list(scratch.iterdir())


def test_a_file_that_takes_too_much_time_of_the_processor_is_ended(scratch: Path, tmp_path: Path) -> None:
    path = making.written(tmp_path, "a.geojson", f'{{"type": "FeatureCollection", "n": [{"1.5, " * 8_000_000}1]}}')
    with pytest.raises(Refused, match="too-heavy"):
        read(path, limits=Limits(processor=1))
    assert not list(scratch.iterdir())


def test_a_file_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = making.written(tmp_path, "a.geojson", making.collection(making.feature(a="x" * 50_000_000)))
    with pytest.raises(Refused, match="too-heavy"):
        read(path, limits=Limits(memory=200 * 2**20))


def test_a_child_that_hands_over_too_much_is_ended(good: Path) -> None:
    with pytest.raises(Refused, match="too-heavy"):
        read(good, limits=Limits(stream=100))


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY", "HOME", "PYTHONPATH", "http_proxy", "PGPASSWORD"])
def test_the_child_knows_no_secret_of_its_surroundings(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "hunter2")
    assert "hunter2" not in run_in_child("import os; print(dict(os.environ))")
    assert name not in sandbox.environment(Path("/tmp"))


def test_the_child_has_no_network(watched: list[object]) -> None:
    if not sandbox.namespace_command():
        pytest.skip("this machine does not permit unshare -rn")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        socket.create_connection(address).close()
        watched.clear()  # that was this test, to show that somebody could
        statement = f"import socket; print(socket.socket().connect_ex({address!r}))"
        assert int(run_in_child(statement)) != 0


def test_where_the_network_cannot_be_cut_off_it_is_told_or_refused(monkeypatch: pytest.MonkeyPatch, good: Path) -> None:
    monkeypatch.setattr(sandbox, "namespace_command", lambda: ())
    assert "no-network-namespace" in {notice.code for notice in read(good).findings}
    with pytest.raises(Refused, match="namespace-required"):
        read(good, limits=Limits(require_namespace=True))


def test_gdal_has_one_driver_in_the_child() -> None:
    statement = (
        f"import sys; sys.path.append({str(sandbox.ROOT)!r});"
        "from importers.reader import drivers; drivers.only('ESRI Shapefile');"
        "import pyogrio; print(sorted(pyogrio.list_drivers()))"
    )
    assert run_in_child(statement).strip() == "['ESRI Shapefile']"


def test_without_the_switched_off_drivers_the_child_would_not_read() -> None:
    statement = (
        f"import sys; sys.path.append({str(sandbox.ROOT)!r});"
        "from importers.reader import drivers; drivers.ENVIRONMENT['GDAL_SKIP'] = 'CSV'\n"
        "try: drivers.only('ESRI Shapefile')\n"
        "except RuntimeError: print('refused')"
    )
    assert run_in_child(statement).strip() == "refused"


def test_a_vrt_that_got_past_the_door_still_finds_no_driver(tmp_path: Path) -> None:
    """The last layer alone: pyogrio itself, with the child's drivers, on a VRT named x.shp."""
    making.written(tmp_path, "secret.csv", "name\nNguyen\n")
    source = f"<SrcDataSource>{tmp_path}/secret.csv</SrcDataSource>"
    text = f'<OGRVRTDataSource><OGRVRTLayer name="secret">{source}</OGRVRTLayer></OGRVRTDataSource>'
    path = making.written(tmp_path, "x.shp", text)
    statement = (
        f"import sys; sys.path.append({str(sandbox.ROOT)!r});"
        "from importers.reader import drivers; raw = drivers.only('ESRI Shapefile')\n"
        f"try: print(raw.read({str(path)!r}))\n"
        "except Exception as error: print('refused')"
    )
    assert run_in_child(statement).strip() == "refused"
    import pyogrio.raw

    assert pyogrio.raw.read(path, read_geometry=False)[3][0].tolist() == ["Nguyen"], "the disguise works elsewhere"


def test_the_child_loads_neither_django_nor_geopandas(tmp_path: Path) -> None:
    statement = (
        f"import sys; sys.path.append({str(sandbox.ROOT)!r});"
        "import importers.reader.worker, importers.reader.formats.shapefile, importers.reader.formats.geopackage;"
        "from importers.reader import drivers; drivers.only('ESRI Shapefile');"
        "print({'django', 'geopandas', 'pandas'} & {name.split('.')[0] for name, its in sys.modules.items() if its})"
    )
    assert run_in_child(statement).strip() == "set()"


def test_the_limits_hold_in_the_child() -> None:
    statement = (
        f"import sys, resource; sys.path.append({str(sandbox.ROOT)!r});"
        "from importers.reader import worker, Limits; worker.confine(Limits());"
        "print([resource.getrlimit(getattr(resource, 'RLIMIT_' + name))[1]"
        " for name in ('CPU', 'AS', 'NOFILE', 'FSIZE', 'CORE')])"
    )
    assert json.loads(run_in_child(statement)) == [60, 2 * 2**30, 256, 256 * 2**20, 0]


def test_an_error_in_the_child_is_logged_without_the_values_of_the_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(job: Job, account: object) -> None:
        raise ValueError("Nguyễn Văn A")

    monkeypatch.setattr(worker, "confine", lambda limits: None)
    monkeypatch.setattr(worker, "_reader", lambda kind: ("X", broken))
    Job(sniff.JSON, {}, None, frozenset(), Limits()).save(tmp_path / "job.json")
    kept = os.dup(1)
    worker.main([str(tmp_path / "job.json")])
    os.dup2(kept, 1)
    os.close(kept)
    said = capfd.readouterr()
    assert "ValueError at" in said.err
    assert "Nguyễn" not in said.err + said.out
    assert "reader-failed" in said.out


def test_what_the_child_complains_of_goes_to_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, good: Path
) -> None:
    monkeypatch.setattr(drivers, "ENVIRONMENT", {})
    with caplog.at_level(logging.WARNING, "importers.reader"), pytest.raises(Refused) as refused:
        monkeypatch.setattr(sandbox, "_START", "import sys; sys.exit('out of order')")
        read(good)
    assert refused.value.code == "reader-failed"
    assert "out of order" in caplog.text
    assert refused.value.detail == {}


def test_a_named_pipe_and_a_folder_without_layers_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.geojson")
    with pytest.raises(Refused, match="file-not-plain"):
        read(tmp_path / "pipe.geojson")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(Refused, match="layer-none"):
        read(empty)


def test_a_file_above_the_limit_is_refused_while_it_is_copied(scratch: Path, good: Path) -> None:
    with pytest.raises(Refused, match="file-too-large"):
        read(good, limits=Limits(file=100))
    assert not list(scratch.iterdir())


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "delivery"
    folder.mkdir()
    for suffix, content in making.shapefile_set().items():
        making.written(folder, "thua" + suffix, content)
    (folder / "thua.prj").symlink_to("/etc/passwd")
    assert read(folder).crs_text is None


def test_no_refusal_holds_a_path(tmp_path: Path) -> None:
    for name, content in {"a.shp": b"x", "a.geojson": b"{", "a.gpkg": b"y", "a.zip": b"PK\3\4"}.items():
        with pytest.raises(Refused) as refused:
            read(making.written(tmp_path, name, content))
        assert str(tmp_path) not in str(refused.value.detail)
        assert "geoportal-reading" not in str(refused.value.detail)


def test_74_a_file_that_is_replaced_while_it_is_read_counts_as_it_was_received(
    monkeypatch: pytest.MonkeyPatch, good: Path
) -> None:
    received = hashlib.sha256(good.read_bytes()).hexdigest()
    start = sandbox.Child.__init__

    def replaced(self: sandbox.Child, *said: Any) -> None:
        good.write_bytes(b"{}")
        start(self, *said)

    monkeypatch.setattr(sandbox.Child, "__init__", replaced)
    reading = read(good)
    assert reading.sha256 == received
    assert len(reading.frame) > 0


FULL = """
import sys, tempfile
from pathlib import Path
sys.path.insert(0, sys.argv[1])
tempfile.tempdir = sys.argv[2]
from importers.reader import Refused, read
try:
    read(Path(sys.argv[3]))
except Refused as refused:
    print(refused.code, len(list(Path(sys.argv[2]).iterdir())))
"""


@pytest.mark.parametrize("name", ["lớn.geojson", "lớn.zip"])
def test_78_a_full_disk_has_its_own_code_and_the_space_is_freed(tmp_path: Path, name: str) -> None:
    """In a namespace of its own, where the temporary folder holds 256 KB."""
    if not sandbox.namespace_command():
        pytest.skip("this machine does not permit a namespace of its own")
    small, file = tmp_path / "small", tmp_path / name
    small.mkdir()
    if name.endswith(".zip"):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.geojson", '{"type": "FeatureCollection", "features": []}' + " " * 900_000)
    else:
        file.write_text('{"type": "FeatureCollection", "features": []}' + " " * 900_000)
    script = f'mount -t tmpfs -o size=256k none "{small}" && exec "$@"'
    python = [sys.executable, "-c", FULL, str(sandbox.ROOT), str(small), str(file)]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", *python], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["scratch-full", "0"], done.stderr
