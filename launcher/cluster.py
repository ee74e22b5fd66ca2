"""The portal's own PostgreSQL cluster: its own files, its own socket, no network, nothing of the system's.

The data folder's `cluster` is the cluster, or a link to it: PostgreSQL refuses to run as root, so a portal
started by root runs it as the system's `postgres` user; when that user may not enter the data folder, the
cluster lives under /var/lib/geoportal/ and no folder's mode is changed.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import time
from functools import cached_property
from pathlib import Path

from launcher.console import Stop, say, step, succeed
from launcher.places import alone
from launcher.postgres import Tools, client_environment, tools_of

SYSTEM_HOME = Path("/var/lib/geoportal")
SYSTEM_USER = "postgres"
NAME = "geoportal"  # of the database and of its owner
PATIENCE_S = 60
# After a kill -9 the server's children may still be busy for a moment; PostgreSQL says so and is asked again.
KILLED_ONES_CHILDREN = "shared memory block"


def tuning(socket_folder: Path, memory_mb: int) -> dict[str, str]:
    """What differs from PostgreSQL's defaults (written on every start; one's own go into postgresql.conf)."""
    return {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{socket_folder}'",
        "port": "5432",
        "shared_buffers": f"{min(max(memory_mb // 8, 64), 8192)}MB",
        "effective_cache_size": f"{max(memory_mb // 2, 256)}MB",
        "work_mem": "32MB",
        "maintenance_work_mem": f"{min(max(memory_mb // 16, 64), 1024)}MB",
        "max_wal_size": "4GB",
        "random_page_cost": "1.1",  # solid-state disks
        "jit": "off",  # our questions take milliseconds; compiling them takes longer
        "max_parallel_workers_per_gather": "0",  # many small questions at once, no large one
        "timezone": "UTC",
        "logging_collector": "on",  # one file a weekday, written over after a week
        "log_filename": "'postgresql-%a.log'",
        "log_truncate_on_rotation": "on",
    }


class Cluster:
    """The cluster that belongs to one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        # Short and always the same: a socket's path may have 107 bytes, and sessions come and go.
        short = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:10]
        self.socket_folder = Path(f"/tmp/geoportal-{short}")  # noqa: S108 (made with mode 0700, owner checked)
        self.system_folder = SYSTEM_HOME / short
        self.user = SYSTEM_USER if os.geteuid() == 0 else None

    @property
    def folder(self) -> Path:
        return (self.data / "cluster").resolve()

    @property
    def url(self) -> str:
        """As Django reads it: the owner at this socket."""
        return f"postgis://{NAME}@/{self.socket_folder}/{NAME}"

    @cached_property
    def tools(self) -> Tools:
        version = self.folder / "PG_VERSION"
        return tools_of(version.read_text().strip() if version.is_file() else None)

    def start(self) -> bool:
        """Have the cluster running and its database there; True when it was this call that started it."""
        self.data.mkdir(parents=True, exist_ok=True)
        with alone(self.data):
            return self.start_alone()

    def start_alone(self) -> bool:
        if not (self.folder / "PG_VERSION").is_file():
            self.create()
        deadline = time.monotonic() + PATIENCE_S
        started, refusal = False, ""
        if not self.process():
            say("Starting the database")
        while not self.ready():
            if not self.process():
                self.clear_leftovers()
                refusal, started = self.launch(), True
            if time.monotonic() > deadline or (refusal and KILLED_ONES_CHILDREN not in refusal):
                raise Stop(f"The database in {self.folder} does not start:\n{refusal}")
            time.sleep(0.1)
        self.create_database()
        return started

    def stop(self) -> bool:
        """Stop the cluster and wait for it; False when it was not running."""
        if not self.process():
            return False
        self.control("stop", "--mode=fast", problem="The database does not stop.")
        shutil.rmtree(self.socket_folder, ignore_errors=True)
        return True

    def ready(self) -> bool:
        ask = [self.tools.path("pg_isready"), "--quiet"]
        return self.process() is not None and subprocess.run(ask, env=client_environment(self.url)).returncode == 0

    def process(self) -> int | None:
        """The number of our running server; one left over by a kill may belong to anybody by now."""
        number = self.number()
        try:
            command = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return None
        return number if os.fsencode(self.folder) in command else None

    def number(self) -> int | None:
        try:
            return int((self.folder / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def clear_leftovers(self) -> None:
        """What a killed server leaves: its socket; a number that PostgreSQL heeds if somebody has it now."""
        if self.number() and Path(f"/proc/{self.number()}").exists():
            (self.folder / "postmaster.pid").unlink()
        self.claim(self.socket_folder)
        for file in self.socket_folder.glob(".s.PGSQL.*"):
            file.unlink(missing_ok=True)
        self.write_tuning(self.folder)

    def launch(self) -> str:
        """One try; when the server did not come up, the last that it said."""
        log = self.folder / "start.log"
        log.unlink(missing_ok=True)
        try:
            self.control("start", "--wait", f"--log={log}", problem="")
        except Stop as problem:
            logs = [log, *sorted((self.folder / "log").glob("*.log"), key=lambda file: file.stat().st_mtime)[-1:]]
            said = [file.read_text(errors="replace").splitlines()[-6:] for file in logs if file.exists()]
            return "\n".join(line for lines in said for line in lines) or str(problem)
        return ""

    def control(self, action: str, *options: str, problem: str) -> None:
        command = [self.tools.path("pg_ctl"), action, "--silent", f"--pgdata={self.folder}", *options]
        self.as_owner(command, problem, start_new_session=True)

    def as_owner(self, command: list[str], problem: str, **options: object) -> None:
        """Run a program of PostgreSQL as the user whom the files belong to, undisturbed by PG… variables."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        who = {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}
        succeed(command, problem, cwd="/", env={**clean, "LC_ALL": "C.UTF-8"}, **who, **options)

    # Making it ------------------------------------------------------------------------------------------

    def create(self) -> None:
        """initdb into a folder beside, renamed when whole: a half-made one is never taken for a cluster."""
        link, target = self.data / "cluster", self.place()
        building = target.with_name(target.name + ".new")
        shutil.rmtree(building, ignore_errors=True)
        self.claim(building)
        with step(f"Making a PostgreSQL cluster in {target}"):
            options = [f"--username={NAME}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
            self.as_owner(
                [self.tools.path("initdb"), *options, f"--pgdata={building}"],
                "The cluster could not be made; initdb said:",
            )
        with (building / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists = 'geoportal.conf'\n")
        building.rename(target)
        if target != link:
            link.unlink(missing_ok=True)
            link.symlink_to(target)

    def place(self) -> Path:
        """Where a new cluster goes: into the data folder if the user who runs it may enter there."""
        own = self.data / "cluster"
        if self.user is None:
            return own
        try:
            pwd.getpwnam(self.user)
        except KeyError:
            raise Stop(
                f"PostgreSQL refuses root, and this system has no user {self.user}: run as another user."
            ) from None
        enter = ["test", "-x", str(self.data)]
        if subprocess.run(enter, user=self.user, group=self.user, extra_groups=[], cwd="/").returncode == 0:
            return own
        SYSTEM_HOME.mkdir(mode=0o755, exist_ok=True)
        return self.system_folder

    def claim(self, folder: Path) -> None:
        """Make a folder that only the cluster's user may enter, or refuse one that is somebody else's."""
        owner = pwd.getpwnam(self.user).pw_uid if self.user else os.geteuid()
        try:
            folder.mkdir(mode=0o700)
            os.chown(folder, owner, -1)
        except FileExistsError:
            if folder.is_symlink() or folder.stat().st_uid != owner:
                raise Stop(f"{folder} belongs to somebody else; have it removed, then run this again.") from None

    def write_tuning(self, folder: Path) -> None:
        memory_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
        lines = [f"{name} = {value}" for name, value in tuning(self.socket_folder, memory_mb).items()]
        file = folder / "geoportal.conf"
        file.write_text("# Written by ./portal on every start\n" + "\n".join(lines) + "\n")
        file.chmod(0o644)

    def create_database(self) -> None:
        there = client_environment(self.url, "postgres")
        question = ["--no-psqlrc", "--tuples-only", "--no-align", "--command", "SELECT datname FROM pg_database"]
        found = succeed([self.tools.path("psql"), *question], "The database does not answer:", env=there)
        if NAME not in found.split():
            succeed([self.tools.path("createdb"), NAME], "The database could not be made:", env=there)
