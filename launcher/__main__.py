"""./portal COMMAND: from words to a call."""

import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from launcher import commands  # noqa: E402 (only now can Python find it)
from launcher.console import Stop, Terminated, say  # noqa: E402 (see above)
from launcher.places import ROOT, Places, setting  # noqa: E402 (see above)

# After these commands every word belongs to the program that is called.
PASSED_ON = {"manage", "bench"}


@dataclass
class Call:
    command: str
    data: Path
    arguments: list[str]


def read(words: list[str]) -> Call:
    """Take --data and --yes out (--yes is portal's and system.sh's affair), wherever they may stand."""
    data = setting("PORTAL_DATA") or str(ROOT / ".data")
    rest: list[str] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        ours = not (rest and rest[0] in PASSED_ON)
        if ours and word == "--data":
            if not queue:
                raise Stop("--data needs a folder.")
            data = queue.pop(0)
        elif ours and word.startswith("--data="):
            data = word.removeprefix("--data=")
        elif not (ours and word == "--yes"):
            rest.append(word)
    return Call(rest[0], Path(data).absolute(), rest[1:])


def main() -> int:
    call = read(sys.argv[1:])
    run = commands.COMMANDS.get(call.command)
    if run is None:
        raise Stop(f"There is no command {call.command}. ./portal alone prints help.")
    return run(Places(call.data), call.arguments)


def terminated(number: int, frame: object) -> NoReturn:
    raise Terminated


if __name__ == "__main__":
    # Whatever ends us (a closed terminal, a service manager), what we started is stopped in good order.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, terminated)
    # A script that starts us with & has us ignore Ctrl-C, and whoever we start would too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        sys.exit(main())
    except Stop as problem:
        say(str(problem))
        sys.exit(1)
    except OSError as problem:
        say(f"{problem.strerror}: {problem.filename}")
        sys.exit(1)
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(130)
