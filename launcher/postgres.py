"""PostgreSQL's programs: which ones this machine has, and how they are told where the database is."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from launcher.console import Stop

OLDEST = 15


@dataclass(frozen=True)
class Tools:
    folder: Path

    def path(self, name: str) -> str:
        return str(self.folder / name)


def tools_of(version: str | None) -> Tools:
    """The newest PostgreSQL with PostGIS; or the one that `version`, an existing cluster, was made with."""
    controls = Path("/usr/share/postgresql").glob("*/extension/postgis.control")
    found = sorted(int(control.parts[-3]) for control in controls)
    if version and found and int(version) not in found:
        raise Stop(f"The database was made by PostgreSQL {version}; this machine has only {found}.")
    wanted = int(version) if version else max(found, default=0)
    if wanted >= OLDEST and wanted in found:
        return Tools(Path(f"/usr/lib/postgresql/{wanted}/bin"))
    if on_path := shutil.which("initdb"):
        return Tools(Path(on_path).parent)
    raise Stop(f"PostgreSQL {OLDEST} or newer with PostGIS is missing.")


def client_environment(url: str, database: str | None = None) -> dict[str, str]:
    """How psql, pg_dump and pg_restore reach the database of a DATABASE_URL, without a password in sight."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    folder, _, name = path.rpartition("/") if path.startswith("//") else ("", "", path.lstrip("/"))
    values = {
        "PGHOST": folder[1:] or parts.hostname or "",
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": database or name,
        **{f"PG{key.upper()}": value for key, value in parse_qsl(parts.query)},
    }
    clean = {key: value for key, value in os.environ.items() if not re.match("PG[A-Z]+$", key)}
    return clean | {key: value for key, value in values.items() if value}
