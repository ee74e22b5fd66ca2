"""At the desk nobody types an option: every finding has advice of its own there."""

from __future__ import annotations

import pytest

from desk.advice import ADVICE, speaks_of_options
from importers.findings import RULES


@pytest.mark.parametrize("code", [code for code in RULES if speaks_of_options(code)])
def test_advice_that_names_an_option_of_the_console_is_told_otherwise_at_the_desk(code: str) -> None:
    assert "--" not in str(ADVICE[code])


def test_all_advice_of_the_desk_is_about_a_rule_there_is() -> None:
    assert set(ADVICE) <= set(RULES)
