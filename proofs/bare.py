"""The promise of the README, kept on a bare machine: one command, and the portal answers.

In a Debian 12 root with nothing in it but the base system, as root and as a user with sudo, a fresh clone is
started with `./portal run --yes`: first with the network, then again without any. Needs root, mmdebstrap and a
way to Debian's mirror, PyPI and npm; asks nothing of this machine besides.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_START_S, SECOND_START_S = 300, 10
PORT = 8765

# How this machine reaches the network is this machine's affair, so what says so goes along.
SETTINGS_OF_THE_NETWORK = re.compile(
    r"PIP_(CERT|INDEX_URL|EXTRA_INDEX_URL)|\w*_proxy|NODE_EXTRA_CA_CERTS|npm_config_\w+", re.I
)
FILES_OF_THE_NETWORK = ("etc/resolv.conf", "etc/hosts", "etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True)
class Person:
    title: str
    name: str
    home: str


PEOPLE = (
    Person("root, in a folder that only root may enter", "root", "/root"),
    Person("a user with sudo", "officer", "/home/officer"),
)

# A machine of its own: its processes, its mounts; and where the network is cut, only its own 127.0.0.1.
ENTER = """
trap : INT  # what counts is how the portal takes it
mount --rbind /dev "$1/dev" && mount -t proc proc "$1/proc" && ip link set lo up || exit 1
machine=$1 user=$2 home=$3
shift 3
chroot --userspec="$user" "$machine" env -i HOME="$home" PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
exit $?
"""
ASK = "import urllib.request as u, sys; sys.exit(u.urlopen(sys.argv[1], timeout=5).status != 200)"


def main() -> int:
    if os.geteuid() != 0 or not shutil.which("mmdebstrap"):
        print("This proof needs root and mmdebstrap.")
        return 1
    with tempfile.TemporaryDirectory(prefix="geoportal-bare-", dir="/var/tmp") as folder:
        base = Path(folder) / "base"
        make_base(base)
        return max(prove(base, Path(folder) / person.name, person) for person in PEOPLE)


def make_base(base: Path) -> None:
    """Debian's minimal base, ca-certificates (and sudo for the second person)."""
    sources = [str(file) for file in Path("/etc/apt/sources.list.d").glob("*.sources")]
    command = ["mmdebstrap", "--quiet", "--variant=minbase", "--include=ca-certificates,sudo"]
    subprocess.run([*command, "bookworm", str(base), *sources], check=True)
    subprocess.run(["chroot", base, "useradd", "--create-home", "--shell=/bin/sh", "officer"], check=True)
    (base / "etc/sudoers.d/officer").write_text("officer ALL=(ALL) NOPASSWD: ALL\n")
    for name in FILES_OF_THE_NETWORK:
        shutil.copy(Path("/") / name, base / name)
    for file in Path("/etc/apt/apt.conf.d").iterdir():
        if "Acquire::" in file.read_text():
            shutil.copy(file, base / "etc/apt/apt.conf.d")


def prove(base: Path, machine: Path, person: Person) -> int:
    subprocess.run(["cp", "--archive", base, machine], check=True)
    clone = machine / person.home.lstrip("/") / "the portal"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, clone], check=True)
    subprocess.run(["chroot", machine, "chown", "-R", f"{person.name}:", f"{person.home}/the portal"], check=True)
    print(f"As {person.title}:")
    return max(
        start(machine, person, "first start", FIRST_START_S, cut=False),
        start(machine, person, "second start, network cut", SECOND_START_S, cut=True),
        untouched(machine),
    )


def start(machine: Path, person: Person, title: str, limit_s: int, cut: bool) -> int:
    """Start, wait for the answer, press Ctrl-C; the seconds until /health said 200."""
    log = machine / "var" / "tmp" / "portal.log"
    begin = time.monotonic()
    with log.open("w") as output:
        process = subprocess.Popen(enter(machine, person, cut), stdout=output, stderr=output, start_new_session=True)
    answered = wait_for_answer(process, begin + 3 * limit_s)
    seconds = time.monotonic() - begin
    status = press_ctrl_c(process)
    passed = answered and status == 0 and seconds <= limit_s
    print(f"  {title}: {seconds:.1f} s (at most {limit_s}), stopped with status {status}", flush=True)
    if not passed:
        print("\n".join(log.read_text(errors="replace").splitlines()[-30:]))
    return 0 if passed else 1


def press_ctrl_c(process: subprocess.Popen[bytes]) -> int:
    """The status it ended with; killed, with all that belongs to it, when it does not end in a minute."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    try:
        return process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def enter(machine: Path, person: Person, cut: bool) -> list[str]:
    known = [f"{name}={value}" for name, value in os.environ.items() if SETTINGS_OF_THE_NETWORK.fullmatch(name)]
    portal = ["sh", "-c", f'cd "$HOME/the portal" && exec ./portal run --yes --port {PORT}']
    spaces = ["--mount", "--pid", "--fork", "--kill-child", *(["--net"] if cut else [])]
    return ["unshare", *spaces, "sh", "-c", ENTER, "sh", str(machine), person.name, person.home, *known, *portal]


def wait_for_answer(process: subprocess.Popen[bytes], deadline: float) -> bool:
    ask = ["nsenter", "--net", f"--target={process.pid}", sys.executable, "-c", ASK, f"http://127.0.0.1:{PORT}/health"]
    while process.poll() is None and time.monotonic() < deadline:
        if subprocess.run(ask, stderr=subprocess.DEVNULL).returncode == 0:
            return True
        time.sleep(0.1)
    return False


def untouched(machine: Path) -> int:
    """No cluster of the system was made, and no switch that setup needed has been left behind."""
    left = [
        *machine.glob("etc/postgresql/*/*"),
        *machine.glob("var/lib/postgresql/*/*"),
        *machine.glob("etc/postgresql-common/createcluster.d/*"),
        *machine.glob("usr/sbin/policy-rc.d"),
    ]
    print(f"  left behind in the system: {', '.join(map(str, left)) or 'nothing'}", flush=True)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
