"""What a rule says: how grave, what was found, what to do. Steps name a code; words stand only in these tables.

Severities: `block` keeps the delivery out until the file is corrected; `decide` until a person decides (with an
option, or `--accept CODE`); `fix` tells what was repaired; `warn` and `note` tell and let pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Severity = Literal["block", "decide", "fix", "warn", "note"]
SEVERITIES: tuple[Severity, ...] = ("block", "decide", "fix", "warn", "note")
Text = str | Promise


class _Blanks(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"


@dataclass(frozen=True)
class Rule:
    """`stops`: later steps cannot run until it is settled. `may_accept`: a decision that can be taken by its name."""

    severity: Severity
    sentence: Text
    advice: Text = ""
    stops: bool = False
    may_accept: bool = True

    @property
    def acceptable(self) -> bool:
        """A person may accept it by its code."""
        return self.severity == "decide" and self.may_accept

    @property
    def said(self) -> str:
        """The sentence with its blanks left open: what the rule is about."""
        return str(self.sentence).format_map(_Blanks())

    def words(self, blanks: Mapping[str, str]) -> str:
        return str(self.sentence).format(**blanks)

    def what_to_do(self, blanks: Mapping[str, str]) -> str:
        return str(self.advice).format(**blanks)


def question(sentence: Text, advice: Text) -> Rule:
    """A decision without which nothing further can be checked; it is answered by an option, not accepted."""
    return Rule("decide", sentence, advice, stops=True, may_accept=False)
