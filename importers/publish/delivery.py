"""What is delivered, what it would change, and why it may be refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext_lazy as _

Kind = Literal["added", "changed", "removed", "same"]


@dataclass(frozen=True)
class Delivery:
    """Where rows come from and who answers for them; it stands in the history for ever."""

    name: str
    sha256: str
    publisher: str
    approver: str = ""
    note: str = ""


@dataclass(frozen=True)
class Difference:
    """A delivery against what is published. `examples` names at most a few features of each kind by their key."""

    added: int
    changed: int
    removed: int
    same: int
    examples: dict[Kind, list[tuple[str, ...]]] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)


# Why rows are not published, taken back or withdrawn: what happened, what to do.
REFUSALS = {
    "duplicate-key": (_("Hai dòng có cùng khóa: {keys}."), _("Sửa tệp để mỗi đối tượng chỉ có một dòng.")),
    "invalid-shape": (_("Hình tự cắt hoặc sai: {keys}."), _("Sửa hình rồi gửi lại.")),
    "empty-shape": (_("Không có hình: {keys}."), _("Thêm hình hoặc bỏ dòng.")),
    "unknown-revision": (_("Không có bản công bố số {keys}."), _("Xem lịch sử để chọn số đúng.")),
    "built-upon": (
        _("Các bản công bố sau dựa trên bản này: {keys}."),
        _("Hoàn tác các bản đó trước, từ bản mới nhất."),
    ),
    "withdrawal": (_("Bản số {keys} là một lần thu hồi; thu hồi không hoàn tác được."), ""),
    "nothing-to-undo": (_("Bản số {keys} không còn gì để hoàn tác."), ""),
    "two-officers": (
        _("Thu hồi cần hai cán bộ khác nhau: người đề nghị và người duyệt."),
        _("Ghi đủ hai tên."),
    ),
    "no-reason": (_("Thu hồi phải có lý do."), _("Ghi lý do; đừng nhắc lại điều cần thu hồi.")),
    "unknown-feature": (_("Không có đối tượng số {keys} trong lớp này."), _("Xem lại số và lớp.")),
    "already-withdrawn": (_("Đối tượng số {keys} đã được thu hồi."), ""),
}
NAMED = 5


class PublishRefused(Exception):
    """Nothing was written. `code` is one of REFUSALS; `keys` names the rows, revisions or features it is about."""

    def __init__(self, code: str, keys: list[tuple[str, ...]]) -> None:
        super().__init__(f"{code}: {keys[:NAMED]}")
        self.code, self.keys = code, keys

    @property
    def sentence(self) -> str:
        named = "; ".join(" / ".join(key) for key in self.keys[:NAMED]) + (" …" if len(self.keys) > NAMED else "")
        return str(REFUSALS[self.code][0]).format(keys=named)

    @property
    def advice(self) -> str:
        return str(REFUSALS[self.code][1])
