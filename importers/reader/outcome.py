"""What reading can come to, besides data: a refusal or a notice. Words for both stand in refusals.py."""

from dataclasses import dataclass, field


class Refused(Exception):
    """The file is not read. `code` is a key of refusals.REFUSALS; `detail` fills the blanks of its sentence.

    Detail never holds a server path, an attribute value or the text of another program.
    """

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail: dict[str, str] = {key: str(value) for key, value in detail.items()}


@dataclass(frozen=True)
class Notice:
    """The file is read, and this has to be told. `code` is a key of refusals.NOTICES."""

    code: str
    detail: dict[str, str] = field(default_factory=dict)


ROWS_NAMED = 20


def name_rows(rows: list[int]) -> dict[str, str]:
    """How many rows, and the first few of them, as the detail of a notice."""
    named = ", ".join(str(row) for row in rows[:ROWS_NAMED])
    return {"count": str(len(rows)), "rows": named + (", …" if len(rows) > ROWS_NAMED else "")}
