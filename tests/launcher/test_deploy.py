"""The files for servers: consistent with the portal, and valid where the program that reads them is here."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from launcher import setup
from launcher.commands import COMMANDS
from launcher.places import ROOT, Places
from launcher.serve import Address, gunicorn

NGINX_FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())


def run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def needed(program: str) -> str:
    return shutil.which(program) or pytest.skip(f"{program} is not on this machine")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_units_are_valid(unit: Path, tmp_path: Path) -> None:
    analyze = needed("systemd-analyze")
    home = tmp_path / "home"
    home.symlink_to(ROOT)  # a clone's own path may have spaces
    for file in UNITS:
        here = file.read_text().replace("/srv/geoportal", str(home)).replace("User=geoportal", "User=root")
        (tmp_path / file.name).write_text(here)
    done = subprocess.run([analyze, "verify", tmp_path / unit.name], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "geoportal" in line] == []


def test_nginx_accepts_the_configuration(tmp_path: Path) -> None:
    nginx, openssl = needed("nginx"), needed("openssl")
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    subject = ["-subj", "/CN=portal.example", "-days", "1"]
    run(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, *subject)
    text = (ROOT / "deploy" / "nginx" / "geoportal.conf").read_text()
    text = re.sub(r"/etc/letsencrypt/live/portal.example|/var/(log|cache)/nginx", str(tmp_path), text)
    (tmp_path / "geoportal.conf").write_text(text)
    folders = "".join(f"{kind}_temp_path {tmp_path}/{kind}; " for kind in NGINX_FOLDERS)
    main = (
        f"events {{}}\npid {tmp_path}/pid;\nhttp {{ access_log off; {folders} include {tmp_path}/geoportal.conf; }}\n"
    )
    (tmp_path / "nginx.conf").write_text(main)
    run(nginx, "-t", "-q", "-e", tmp_path / "error.log", "-p", tmp_path, "-c", tmp_path / "nginx.conf")


def test_compose_accepts_its_file() -> None:
    docker = shutil.which("docker")
    plugin = docker and subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode == 0
    command = [docker, "compose"] if docker and plugin else [needed("docker-compose")]
    run(*command, "--file", ROOT / "docker-compose.yml", "config", "--quiet")


def test_compose_runs_the_database_and_the_same_image_as_web_and_worker() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    commands = re.findall(r'command: \["./portal", "(\w+)"', text)
    assert set(commands) <= set(COMMANDS) and len(commands) == 2
    services = text.partition("services:\n")[2].partition("\nvolumes:")[0]
    assert re.findall(r"^  (\w+):", services, re.MULTILINE) == ["database", "web", "worker"]
    assert "@database/geoportal" in services and services.count("build: .") == 1 and "<<: *portal" in services


def test_the_image_is_made_by_the_same_command() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "FROM debian:12" in lines
    assert lines.count("RUN ./portal setup --yes") == 2
    assert [line for line in lines if line.startswith("RUN") and "apt" in line] == []
    copied = next(line for line in lines if line.startswith("COPY portal")).split()[1:-1]
    assert set(copied) == {"portal", "package.json", "package-lock.json", ".npmrc", setup.RUN, setup.TEST}


def test_two_clones_serve_side_by_side_and_the_heartbeat_stays_off_the_disk() -> None:
    command = gunicorn(Places(ROOT / ".data"), Address("::1", 8001))
    assert "--no-control-socket" in command
    assert command[command.index("--bind") + 1] == "[::1]:8001"
