"""What Django is told by the environment, and what a database needs before it can be served."""

import os
import secrets
import subprocess
from pathlib import Path

from launcher import setup
from launcher.console import Stop, step
from launcher.database import Database
from launcher.places import Places, setting

OUR_APPS = ("layers", "importers", "exports", "contact", "desk", "geoportal")


def environment(places: Places, url: str) -> dict[str, str]:
    """The caller's environment with this portal's database, data folder and key in it."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "PORTAL_DATA": str(places.data),
        "SECRET_KEY": setting("SECRET_KEY") or secret_key(places.data / "secret-key"),
        "PUSH_KEY": setting("PUSH_KEY") or kept(places.data / "push-key"),
        "PYTHONUNBUFFERED": "1",
    }


def patient(settings: dict[str, str]) -> dict[str, str]:
    """For commands at the console: an index over millions of rows takes longer than a page may."""
    return {**settings, "WEB_TIMEOUT_MS": "0"}


def secret_key(file: Path) -> str:
    """Django's key, made once for each data folder."""
    if not file.is_file():
        keep(file, secrets.token_urlsafe(50))
    return kept(file)


def keep(file: Path, secret: str) -> None:
    """For its owner's eyes only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as writer:
        writer.write(secret)


def kept(file: Path) -> str:
    return file.read_text().strip() if file.is_file() else ""


def prepare_database(places: Places, database: Database, demo: bool) -> None:
    """Bring the tables up to this release; fill a portal without parcels with the demo province."""
    stamp = places.data / "migrated.stamp", setup.digest(places.root / setup.RUN, database.url)
    if not (setup.stamped(*stamp) and migrated(places.root, database)):
        with step("Bringing the tables up to date"):
            manage(places, database, "migrate", "--verbosity=0")
        stamp[0].write_text(stamp[1])
    if demo and not published(database):
        manage(places, database, "load_ground")
        manage(places, database, "demo")
    if demo and made_up(database):
        prepare_demo(places, database)


def prepare_demo(places: Places, database: Database) -> None:
    """Officers, and a key for web push, so that nothing is missing that a portal in use would have been given."""
    if not staffed(database):
        manage(places, database, "demo_officers")
    if not environment(places, database.url)["PUSH_KEY"]:
        keep(places.data / "push-key", told(places, database, "push_key"))


def migrated(root: Path, database: Database) -> bool:
    """A cheap look in place of Django's own, which takes seconds: has each migration of ours been run?"""
    ours = {f"{app}.{file.stem}" for app in OUR_APPS for file in (root / app / "migrations").glob("[0-9]*.py")}
    if database.ask("SELECT to_regclass('public.django_migrations')") == "":
        return False
    done = set(database.ask("SELECT app || '.' || name FROM django_migrations").split())
    return ours <= done


def published(database: Database) -> bool:
    return database.ask("SELECT EXISTS (SELECT FROM public.layers_revision WHERE layer = 'parcels')") == "t"


def made_up(database: Database) -> bool:
    return database.ask("SELECT EXISTS (SELECT FROM public.layers_revision WHERE note = 'demo')") == "t"


def staffed(database: Database) -> bool:
    return database.ask("SELECT EXISTS (SELECT FROM public.desk_officer)") == "t"


def manage(places: Places, database: Database, *words: str) -> None:
    run(places, database, words, stdout=None)


def told(places: Places, database: Database, *words: str) -> str:
    """What a command prints."""
    return run(places, database, words, stdout=subprocess.PIPE).stdout.strip()


def run(
    places: Places, database: Database, words: tuple[str, ...], stdout: int | None
) -> subprocess.CompletedProcess[str]:
    command = [str(places.python), str(places.root / "manage.py"), *words]
    done = subprocess.run(command, env=patient(environment(places, database.url)), stdout=stdout, text=True)
    if done.returncode:
        raise Stop(f"'manage {words[0]}' failed; what it said stands above.")
    return done
