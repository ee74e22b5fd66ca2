""".env.example names every setting that the portal reads, with its default, and no other."""

import ast
import re

import pytest

from launcher.places import ROOT

# What ./portal gives when nobody did, so that Django's own default is never seen.
GIVEN_BY_PORTAL = {"DATABASE_URL", "SECRET_KEY", "PORTAL_DATA"}
LINES = re.findall(r"^#([A-Z][A-Z0-9_]*)=(.*)$", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)


def read_by_settings() -> dict[str, ast.expr | None]:
    """Name of each variable that geoportal/settings.py asks for, and the expression of its default."""
    tree = ast.parse((ROOT / "geoportal" / "settings.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    env = [call for call in calls if isinstance(call.func.value, ast.Name) and call.func.value.id == "env"]
    named = [call for call in env if call.args and isinstance(call.args[0], ast.Constant)]
    return {
        call.args[0].value: next((word.value for word in call.keywords if word.arg == "default"), None)
        for call in named
    }


def test_it_names_what_is_read_and_nothing_else() -> None:
    assert sorted(name for name, _ in LINES) == sorted(read_by_settings())


@pytest.mark.parametrize(("name", "shown"), [line for line in LINES if line[0] not in GIVEN_BY_PORTAL])
def test_it_shows_the_default(name: str, shown: str) -> None:
    default = read_by_settings()[name]
    assert default is not None
    value = ast.literal_eval(default)
    assert shown == (",".join(value) if isinstance(value, list) else str(value))


def test_each_setting_has_a_line_that_says_what_it_does() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    blocks = text.strip().split("\n\n")
    assert all(block.startswith("# ") for block in blocks)
