"""The commands of ./portal. Each takes the places and the words after its name, returns the exit status."""

import datetime
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import serve, setup
from launcher.cluster import Cluster
from launcher.console import Stop, finish, say
from launcher.database import Database
from launcher.django import environment, patient, prepare_database
from launcher.places import Places, setting
from launcher.postgres import tools_of

# Django's own commands for the shape of tables: run on a database as it is.
MAKES_TABLES = {"migrate", "makemigrations", "sqlmigrate", "showmigrations"}

# One worker runs a whole file, since the file's tests share what it sets up. xdist's own order, by the number of tests,
# would keep the long ones of few tests for the end.
WORKERS = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


@contextmanager
def database(places: Places, keep_running: bool = False) -> Iterator[Database]:
    """The database of DATABASE_URL, or the private one, running; stopped at the end if started for this."""
    if url := setting("DATABASE_URL"):
        yield Database(url, tools_of(None))
        return
    cluster = Cluster(places.data)
    started = cluster.start()
    try:
        yield Database(cluster.url, cluster.tools)
    finally:
        if started and not keep_running:
            say("Stopping the database")
            cluster.stop()


def run(places: Places, arguments: list[str]) -> int:
    """Everything, then the web server until it is stopped."""
    words = serve.read_words(arguments)
    address = serve.Address(words.host, words.port)
    serve.refuse_taken_port(address)
    setup.prepare(places)
    with database(places) as opened:
        prepare_database(places, opened, words.demo)
        return serve.serve(places, address, environment(places, opened.url), words.worker)


def worker(places: Places, arguments: list[str]) -> int:
    """Only what works in the background, beside a web server that runs elsewhere."""
    setup.prepare(places)
    with database(places) as opened:
        return finish(subprocess.Popen(serve.worker(places), env=environment(places, opened.url)))


def prepare(places: Places, arguments: list[str]) -> int:
    setup.prepare(places)
    return 0


def test(places: Places, arguments: list[str]) -> int:
    """One pytest run; lint and types are tests among the others. The files go in the order of tests/conftest.py."""
    setup.prepare(places, setup.TEST)
    with database(places) as opened:
        return module(places, opened, "pytest", arguments or WORKERS)


def lint(places: Places, arguments: list[str]) -> int:
    return test(places, ["tests/test_lint.py", *arguments])


def manage(places: Places, arguments: list[str]) -> int:
    """One of Django's commands, in the caller's folder: it takes files as the caller names them."""
    setup.prepare(places)
    with database(places) as opened:
        if not MAKES_TABLES.intersection(arguments[:1]):
            prepare_database(places, opened, demo=False)
        command = [str(places.python), str(places.root / "manage.py"), *arguments]
        return finish(subprocess.Popen(command, env=patient(environment(places, opened.url))))


def bench(places: Places, arguments: list[str]) -> int:
    """Measure what is published; in an empty portal the demo province."""
    setup.prepare(places, setup.TEST)
    with database(places) as opened:
        prepare_database(places, opened, demo=True)
        return module(places, opened, "bench", arguments)


def module(places: Places, opened: Database, name: str, arguments: list[str]) -> int:
    command = [str(places.python), "-m", name, *arguments]
    return finish(subprocess.Popen(command, env=environment(places, opened.url), cwd=places.root))


def prove(places: Places, arguments: list[str]) -> int:
    """Run proofs/NAME.py and keep what it printed, under today's date."""
    known = proofs_in(places.root / "proofs")
    if not arguments or arguments[0] not in known:
        raise Stop(f"./portal prove NAME, where NAME is one of: {', '.join(known)}")
    name, *options = arguments
    setup.prepare(places, setup.TEST)
    with database(places) as opened:
        settings = environment(places, opened.url)
        command = [str(places.python), "-m", f"proofs.{name}", *options]
        written: list[str] = []
        with subprocess.Popen(command, env=settings, cwd=places.root, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout or ():
                sys.stdout.write(line)
                sys.stdout.flush()
                written.append(line)
    note_proof(places.root / "docs" / "proofs.md", " ".join(arguments), "".join(written), process.returncode)
    return process.returncode


def proofs_in(folder: Path) -> list[str]:
    """What can be proved: a proof has a `main`; its helpers beside it have none."""
    return sorted(file.stem for file in folder.glob("[a-z]*.py") if "\ndef main(" in file.read_text("utf-8"))


def note_proof(file: Path, name: str, written: str, status: int) -> None:
    """The newest run of a proof takes the place of the one before: the page says how things stand."""
    outcome = "passed" if status == 0 else "FAILED"
    head = "# Proofs, run whole with `./portal prove NAME`\n"
    title, *sections = file.read_text("utf-8").split("\n## ") if file.exists() else [head]
    others = [section for section in sections if not section.startswith(f"{name}: ")]
    newest = f"{name}: {outcome}, {datetime.date.today().isoformat()}\n\n```\n{written.rstrip()}\n```\n"
    file.write_text("\n## ".join([title, *others, newest]), "utf-8")


def db(places: Places, arguments: list[str]) -> int:
    action, *rest = arguments or [""]
    if action not in DB_ACTIONS:
        raise Stop(f"./portal db {' | '.join(DB_ACTIONS)}")
    return DB_ACTIONS[action](places, rest)


def db_start(places: Places, rest: list[str]) -> int:
    with database(places, keep_running=True) as opened:
        say(f"The database runs. DATABASE_URL={opened.url}" if not setting("DATABASE_URL") else "DATABASE_URL is set.")
    return 0


def db_stop(places: Places, rest: list[str]) -> int:
    say("The database is stopped." if Cluster(places.data).stop() else "The database was not running.")
    return 0


def db_psql(places: Places, rest: list[str]) -> int:
    with database(places) as opened:
        return opened.console(rest)


def db_dump(places: Places, rest: list[str]) -> int:
    file = one_file(rest, "dump")
    with database(places) as opened:
        opened.dump(file)
    say(f"Written: {file} ({file.stat().st_size / 2**20:.1f} MB)")
    return 0


def db_restore(places: Places, rest: list[str]) -> int:
    file = one_file(rest, "restore")
    setup.prepare(places)
    with database(places) as opened:
        before = opened.restore(file)
        (places.data / "migrated.stamp").unlink(missing_ok=True)
        prepare_database(places, opened, demo=False)
    say(f"Restored. The database of before is kept as {before} until the next restore.")
    return 0


def one_file(rest: list[str], action: str) -> Path:
    if len(rest) != 1:
        raise Stop(f"./portal db {action} FILE")
    return Path(rest[0]).absolute()


def lock(places: Places, arguments: list[str]) -> int:
    setup.lock_versions(places)
    return 0


DB_ACTIONS: dict[str, Callable[[Places, list[str]], int]] = {
    "start": db_start,
    "stop": db_stop,
    "psql": db_psql,
    "dump": db_dump,
    "restore": db_restore,
}

COMMANDS: dict[str, Callable[[Places, list[str]], int]] = {
    "run": run,
    "worker": worker,
    "setup": prepare,
    "test": test,
    "lint": lint,
    "manage": manage,
    "prove": prove,
    "bench": bench,
    "lock": lock,
    "db": db,
}
