"""The private cluster, tried as machines and people treat it."""

import os
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from launcher.cluster import Cluster
from launcher.console import Stop
from launcher.database import Database
from launcher.postgres import tools_of

BUSY = """DO $$ DECLARE finish timestamptz := clock_timestamp() + interval '3 s';
BEGIN WHILE clock_timestamp() < finish LOOP END LOOP; END $$"""

MakeCluster = Callable[[Path], Cluster]


def ask(cluster: Cluster, question: str) -> str:
    return Database(cluster.url, cluster.tools).ask(question)


def test_a_second_start_finds_it_running_and_stop_stops_it(
    cluster_in: MakeCluster, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "1", "PGHOST": "nowhere.invalid", "PGDATA": "/nowhere"}.items():
        monkeypatch.setenv(name, value)  # the operator's own server is not asked
    cluster = cluster_in(open_folder)
    assert cluster.start() is True
    assert cluster.start() is False
    assert cluster.stop() is True
    assert cluster.stop() is False
    assert not cluster.socket_folder.exists()


def test_it_listens_on_no_port_and_only_its_user_may_enter(cluster_in: MakeCluster, open_folder: Path) -> None:
    cluster = cluster_in(open_folder)
    cluster.start()
    assert ask(cluster, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(cluster.socket_folder.stat().st_mode) == 0o700
    assert len(str(cluster.socket_folder / ".s.PGSQL.5432")) < 100


def test_after_kill_9_it_starts_again_with_what_was_committed(cluster_in: MakeCluster, open_folder: Path) -> None:
    cluster = cluster_in(open_folder)
    cluster.start()
    ask(cluster, "CREATE TABLE kept AS SELECT 42 AS number")
    os.kill(cluster.process() or 0, signal.SIGKILL)
    assert cluster.start() is True
    assert ask(cluster, "SELECT number FROM kept") == "42"


def test_after_kill_9_a_question_still_running_does_not_hold_it_up(cluster_in: MakeCluster, open_folder: Path) -> None:
    cluster = cluster_in(open_folder)
    cluster.start()
    environment = {"PGHOST": str(cluster.socket_folder), "PGUSER": "geoportal", "PGDATABASE": "geoportal"}
    with subprocess.Popen([cluster.tools.path("psql"), "-c", BUSY], env=environment, stderr=subprocess.DEVNULL):
        while ask(cluster, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO %'") != "1":
            pass
        os.kill(cluster.process() or 0, signal.SIGKILL)
        assert cluster.start() is True


def test_a_number_left_over_that_belongs_to_somebody_else_is_not_taken_for_it(
    cluster_in: MakeCluster, open_folder: Path
) -> None:
    cluster = cluster_in(open_folder)
    cluster.start()
    pid_file = cluster.folder / "postmaster.pid"
    left_over = pid_file.read_text().split("\n", 1)[1]
    cluster.stop()
    with subprocess.Popen(["sleep", "60"], user=cluster.user) as stranger:
        pid_file.write_text(f"{stranger.pid}\n{left_over}")
        assert cluster.start() is True
        assert stranger.poll() is None
        stranger.kill()


def test_one_that_cannot_start_says_why_at_once(cluster_in: MakeCluster, open_folder: Path) -> None:
    cluster = cluster_in(open_folder)
    cluster.start()
    cluster.stop()
    with (cluster.folder / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    begin = time.monotonic()
    with pytest.raises(Stop, match="no_such_setting"):
        cluster.start()
    assert time.monotonic() - begin < 20


def test_two_side_by_side_do_not_meet(cluster_in: MakeCluster, open_folder: Path) -> None:
    one, two = cluster_in(open_folder / "one"), cluster_in(open_folder / "two")
    for cluster, word in ((one, "one"), (two, "two")):
        cluster.start()
        ask(cluster, f"CREATE TABLE here AS SELECT '{word}' AS word")
    assert (ask(one, "SELECT word FROM here"), ask(two, "SELECT word FROM here")) == ("one", "two")
    one.stop()
    assert ask(two, "SELECT word FROM here") == "two"


def test_a_half_made_one_is_made_anew(cluster_in: MakeCluster, open_folder: Path) -> None:
    cluster = cluster_in(open_folder)
    half_made = open_folder / "cluster.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("15")
    assert cluster.start() is True
    assert not half_made.exists()


def test_somebody_elses_socket_folder_is_refused(cluster_in: MakeCluster, open_folder: Path, tmp_path: Path) -> None:
    cluster = cluster_in(open_folder)
    cluster.socket_folder.symlink_to(tmp_path)
    try:
        with pytest.raises(Stop, match="belongs to somebody else"):
            cluster.start()
    finally:
        cluster.socket_folder.unlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that PostgreSQL's user may not enter")
def test_in_a_folder_only_root_may_enter_it_lives_in_var_lib_and_no_mode_changes(
    cluster_in: MakeCluster, open_folder: Path
) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    cluster = cluster_in(closed / "data")
    cluster.start()
    assert cluster.folder.parent == Path("/var/lib/geoportal")
    assert (closed / "data" / "cluster").readlink() == cluster.folder
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_one_made_by_a_postgresql_that_is_gone_says_which(open_folder: Path) -> None:
    with pytest.raises(Stop, match="made by PostgreSQL 9;"):
        tools_of("9")
