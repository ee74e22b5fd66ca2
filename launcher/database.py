"""psql, dump and restore: for the private cluster and for the database of DATABASE_URL alike."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher.console import Stop, finish, say, step, succeed
from launcher.postgres import Tools, client_environment


@dataclass(frozen=True)
class Database:
    url: str
    tools: Tools

    @property
    def name(self) -> str:
        return client_environment(self.url)["PGDATABASE"]

    def run(self, program: str, *options: str, problem: str, database: str | None = None) -> str:
        environment = client_environment(self.url, database)
        return succeed([self.tools.path(program), *options], problem, env=environment)

    def ask(self, question: str, database: str | None = None) -> str:
        """The answer of one statement, as bare text."""
        options = [
            "--no-psqlrc",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
            f"--command={question}",
        ]
        return self.run("psql", *options, problem="The database did not answer:", database=database).strip()

    def console(self, arguments: Sequence[str]) -> int:
        command = [self.tools.path("psql"), *arguments]
        return finish(subprocess.Popen(command, env=client_environment(self.url)))

    def dump(self, file: Path) -> None:
        """Write the database into `file` (pg_dump's own format); a dump that broke off leaves no file."""
        half_done = file.with_name(file.name + ".part")
        try:
            with step(f"Writing the database to {file}"):
                self.run(
                    "pg_dump",
                    "--format=custom",
                    "--no-owner",
                    f"--file={half_done}",
                    problem="The dump failed:",
                )
            half_done.replace(file)
        finally:
            half_done.unlink(missing_ok=True)

    def restore(self, file: Path) -> str:
        """Read a dump into a fresh database, then let it take the present one's place.

        Until the dump has been read whole, nothing of the present database changes; afterwards it stays
        under the name that is returned, until the next restore.
        """
        if not file.is_file():
            raise Stop(f"There is no file {file}.")
        fresh, before = f"{self.name}_restoring", f"{self.name}_before_restore"
        self.drop(fresh)
        self.ask(f'CREATE DATABASE "{fresh}"', "postgres")
        try:
            with step(f"Reading {file} into a fresh database"):
                self.read_dump(file, fresh)
        except Stop:
            self.drop(fresh)
            raise
        self.drop(before)
        self.change_places(fresh, before)
        return before

    def read_dump(self, file: Path, database: str) -> None:
        options = ["--exit-on-error", "--no-owner", f"--dbname={database}", str(file)]
        problem = "The database is as it was: this file could not be read. pg_restore said:"
        self.run("pg_restore", *options, problem=problem, database=database)
        self.ask("ANALYZE", database)

    def change_places(self, fresh: str, before: str) -> None:
        """Nobody may be connected to a database that is renamed; the portal connects anew by itself."""
        say(f"Changing places: the database of before is kept as {before}")
        present = self.name
        self.ask(f'ALTER DATABASE "{present}" ALLOW_CONNECTIONS false', "postgres")
        try:
            users = f"FROM pg_stat_activity WHERE datname = '{present}'"
            self.ask(f"SELECT count(pg_terminate_backend(pid, 5000)) {users}", "postgres")
            renames = [(present, before), (fresh, present)]
            self.ask("; ".join(f'ALTER DATABASE "{old}" RENAME TO "{new}"' for old, new in renames), "postgres")
            present = before
        finally:
            self.ask(f'ALTER DATABASE "{present}" ALLOW_CONNECTIONS true', "postgres")

    def drop(self, database: str) -> None:
        self.ask(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)', "postgres")
