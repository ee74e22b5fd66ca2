"""The states of a delivery on its way to the map: a table. Each has somebody to wait for, a time-out and an end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Waits = Literal["machine", "sender", "approver", "nobody"]
Text = str | Promise


@dataclass(frozen=True)
class State:
    """`waits` for whom; after `patience` without a change the sweep moves the delivery on to `late`."""

    code: str
    title: Text
    sentence: Text
    waits: Waits
    patience: timedelta | None = None
    late: str = ""

    @property
    def works(self) -> bool:
        return self.waits == "machine"

    @property
    def ended(self) -> bool:
        return self.waits == "nobody"


MACHINE, WRITING, WEEK, MONTH = timedelta(minutes=10), timedelta(minutes=40), timedelta(days=7), timedelta(days=28)

STATES = {
    state.code: state
    for state in (
        State("received", _("Đã nhận"), _("Tệp đã nhận đủ, chờ máy đọc."), "machine", MACHINE, "failed"),
        State("reading", _("Đang đọc"), _("Máy đang đọc tệp."), "machine", MACHINE, "failed"),
        State("choosing", _("Chờ xác nhận"), _("Xem máy hiểu gì về tệp, rồi xác nhận."), "sender", WEEK, "expired"),
        State("checking", _("Đang kiểm tra"), _("Máy đang kiểm tra và so sánh."), "machine", MACHINE, "failed"),
        State("checked", _("Đã kiểm tra"), _("Xem phát hiện, thay đổi; gửi phê duyệt."), "sender", MONTH, "expired"),
        State("waiting", _("Chờ phê duyệt"), _("Một cán bộ khác xem và phê duyệt."), "approver", MONTH, "expired"),
        State("publishing", _("Đang công bố"), _("Máy đang ghi vào bản đồ."), "machine", WRITING, "failed"),
        State("published", _("Đã công bố"), _("Bản đồ đã có dữ liệu này."), "nobody"),
        State("unchanged", _("Không có gì đổi"), _("Tệp giống hệt dữ liệu đang công bố."), "nobody"),
        State("refused", _("Không nhận"), _("Cổng không đọc được tệp này."), "nobody"),
        State("failed", _("Bị lỗi"), _("Máy dừng giữa chừng; không có gì được công bố."), "nobody"),
        State("returned", _("Trả lại"), _("Người phê duyệt trả lại, kèm lý do."), "nobody"),
        State("cancelled", _("Đã rút"), _("Người gửi đã rút đợt nộp này."), "nobody"),
        State("expired", _("Quá hạn"), _("Không ai xử lý trong thời hạn nên đã đóng."), "nobody"),
    )
}  # fmt: skip

ENDED = tuple(state.code for state in STATES.values() if state.ended)

# Ends after which the sender may send the file again, with what was already said of it.
SENT_AGAIN = ("refused", "failed", "returned", "cancelled", "expired")

MAY_FOLLOW: dict[str, frozenset[str]] = {
    "received": frozenset({"reading", "cancelled", "failed"}),
    "reading": frozenset({"choosing", "refused", "failed", "cancelled", "reading"}),
    "choosing": frozenset({"received", "checking", "cancelled", "expired"}),
    "checking": frozenset({"choosing", "checked", "unchanged", "failed", "cancelled"}),
    "checked": frozenset({"checking", "waiting", "cancelled", "expired"}),
    "waiting": frozenset({"checking", "publishing", "returned", "cancelled", "expired"}),
    "publishing": frozenset({"published", "unchanged", "waiting", "failed"}),
}

# What the strip on a delivery's page shows, and the states that stand under each step.
STRIP: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (_("Nhận tệp"), ("received", "reading")),
    (_("Hiểu tệp"), ("choosing",)),
    (_("Kiểm tra"), ("checking",)),
    (_("So sánh, tác động"), ("checked",)),
    (_("Phê duyệt"), ("waiting",)),
    (_("Công bố"), ("publishing", "published", "unchanged")),
)


def step_of(code: str) -> int:
    """The place of a state in the strip; -1 for an end that is no step of the way."""
    return next((at for at, (_, codes) in enumerate(STRIP) if code in codes), -1)
