"""Signs become letters: each column by its own encoding, chosen by its syllables or by an officer."""

from __future__ import annotations

from collections import Counter

import geopandas as gpd
import pandas as pd

from importers.findings import RULES, Finding, found, list_rows
from importers.steps.context import Context, Found
from importers.text import UNDECODED, Choice, choose, clean, decode, encoding_named
from importers.text.choose import ENOUGH, LEAD
from importers.text.clean import lost_letters
from importers.text.cut import brimming, half_letter, is_full, whole_letters

SAMPLES = 3
# So much of the end of a text that was cut is shown.
ENDING = 30


def decode_text(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Decode every text column, put it in NFC, remove signs nobody sees; each choice is told with samples."""
    wrong = [name for name in context.choices.encodings.values() if encoding_named(name) is None]
    if wrong:
        return frame.copy(), [found("encoding-wrong", value=name) for name in wrong]
    names = [str(name) for name in frame.columns if name != "geometry"]
    choices = {name: choose(frame[name], context.encoding_known) for name in names}
    majority = _majority(choices)
    decoded, findings = frame.copy(), []
    for name in names:
        encoding, said = _settle(frame[name], name, choices[name], majority, context)
        decoded[name], faults = _decode_column(frame[name], name, encoding, context)
        asked = any(RULES[finding.code].stops for finding in said)
        findings += said if asked else [*said, *faults]
    return decoded, findings


def _majority(choices: dict[str, Choice | None]) -> str | None:
    """The encoding most columns are surely in: what a short column ("N§") is most likely in too."""
    sure = Counter(choice.encoding for choice in choices.values() if choice and choice.sure)
    return sure.most_common(1)[0][0] if sure else None


def _settle(
    column: pd.Series, name: str, choice: Choice | None, majority: str | None, context: Context
) -> tuple[str, Found]:
    """The encoding to use, and what is said about it. Nothing is guessed silently."""
    usual = "unicode" if context.encoding_known else "latin-1"
    if choice is None:
        return usual, []
    forced = context.choices.encodings.get(name) or context.choices.encodings.get("")
    if forced and (encoding := encoding_named(forced)):
        return encoding, [_told("encoding-chosen", column, name, encoding, context)]
    if choice.sure:
        if choice.encoding == "unicode":
            return "unicode", []
        return choice.encoding, _compare_declared(column, name, choice.encoding, context)
    if majority and choice.scores.get(majority, 0) >= max(ENOUGH, max(choice.scores.values()) - LEAD):
        return majority, [_told("encoding-borrowed", column, name, majority, context)]
    readings = " · ".join(_samples(column, name, other, context) for other in _best(choice))
    return choice.encoding, [found("encoding-unsure", field=name, samples=readings)]


def _compare_declared(column: pd.Series, name: str, encoding: str, context: Context) -> Found:
    """A .cpg that says another encoding, or one nobody knows, is a decision; none at all is not."""
    declared = context.declared_encoding
    if declared and encoding_named(declared) not in (encoding, "latin-1" if encoding == "cp1258" else encoding):
        samples = _samples(column, name, encoding, context)
        return [found("encoding-contradicted", field=name, value=encoding, declared=declared, samples=samples)]
    return [_told("encoding-read", column, name, encoding, context)]


def _told(code: str, column: pd.Series, name: str, encoding: str, context: Context) -> Finding:
    return found(code, field=name, value=encoding, samples=_samples(column, name, encoding, context))


def _best(choice: Choice) -> list[str]:
    return sorted(choice.scores, key=lambda name: -choice.scores[name])[:3]


def _samples(column: pd.Series, name: str, encoding: str, context: Context) -> str:
    """ "NguyÔn → Nguyễn; …": a few values before and after. A column that may hold names of persons shows none."""
    if not context.may_show(name):
        return encoding
    telling = [value for value in column.dropna().unique() if not str(value).isascii()][:SAMPLES]
    return f"{encoding}: " + "; ".join(f"{value} → {decode(value, encoding)}" for value in telling)


def _decode_column(column: pd.Series, name: str, encoding: str, context: Context) -> tuple[pd.Series, Found]:
    """Distinct values are decoded once: a column of 50,000 kinds of land holds twenty."""
    meanings = {value: clean(decode(whole_letters(value, encoding), encoding)) for value in column.dropna().unique()}
    result = column.map(lambda value: meanings[value][0] if isinstance(value, str) else None).astype(object)
    result = result.where(result.notna(), None)
    return result, _faults(column, result, meanings, name, encoding, context)


def _faults(
    column: pd.Series,
    result: pd.Series,
    meanings: dict[str, tuple[str | None, int]],
    name: str,
    encoding: str,
    context: Context,
) -> Found:
    odd = {value for value, (text, _) in meanings.items() if text and UNDECODED in text}
    findings = [found("letters-undecoded", row=row, field=name, encoding=encoding) for row in _rows(column, odd)]
    cut = {value for value in meanings if is_full(value) or half_letter(value, encoding)}
    for row in _rows(column, cut):
        ending = str(result.loc[row])[-ENDING:] if context.may_show(name) else ""
        findings.append(found("text-cut", row=row, field=name, value=ending, length=len(column.loc[row])))
    findings += _brim(column, result, name, encoding, context)
    lossy = {value for value, (text, _) in meanings.items() if text and lost_letters(text)}
    for row in _rows(column, lossy):
        value = str(result.loc[row])
        findings.append(
            found(
                "letters-lost",
                row=row,
                field=name,
                value=value if context.may_show(name) else "",
                count=lost_letters(value),
            )
        )
    hidden = {value for value, (_, removed) in meanings.items() if removed}
    if hidden:
        rows = _rows(column, hidden)
        count = sum(meanings[value][1] for value in column[column.isin(hidden)])
        findings.append(found("invisible-removed", field=name, count=count, rows=list_rows(rows)))
    return findings


def _brim(column: pd.Series, result: pd.Series, name: str, encoding: str, context: Context) -> Found:
    """One finding a column: how many rows fill its field, where, and how one of them ends."""
    width = context.widths.get(name, 0)
    rows = _rows(column, brimming(column, width, encoding)) if width else []
    if not rows:
        return []
    ending = str(result.loc[rows[0]])[-ENDING:] if context.may_show(name) else ""
    count, listed = len(rows), list_rows(rows)
    return [found("text-fills", row=rows[0], field=name, value=ending, length=width, count=count, rows=listed)]


def _rows(column: pd.Series, values: set[str]) -> list[int]:
    return [int(row) for row in column.index[column.isin(values)]] if values else []
