"""What every page of a delivery needs: the delivery itself, if one may see it, its strip, and that one has looked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk import rights
from desk.models import Delivery, Look, Officer
from desk.moves import WrongMove, move
from desk.states import STRIP, step_of
from geoportal.problems import Problem
from geoportal.templatetags.portal import number, percent
from importers.reader.outcome import Refused
from importers.reader.refusals import REFUSALS, words

DOING = {
    "opening": gettext_lazy("mở tệp trong vùng cách ly"),
    "understanding": gettext_lazy("nhận ra cột, chữ và hệ tọa độ"),
    "reading": gettext_lazy("đọc các cột đã xác nhận"),
    "checking": gettext_lazy("chạy các quy tắc kiểm tra"),
    "comparing": gettext_lazy("so với dữ liệu đang công bố"),
    "drawing": gettext_lazy("ghi lại để xem trên bản đồ"),
    "effect": gettext_lazy("tính xem câu trả lời của thửa nào đổi"),
    "publishing": gettext_lazy("ghi vào bản đồ"),
}


def officer_of(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]  # set by officers_only
    return officer


def rights_of(request: HttpRequest) -> rights.Rights:
    held: rights.Rights = request.rights  # type: ignore[attr-defined]  # set by officers_only
    return held


def seen(request: HttpRequest, number: int, what: str = "") -> Delivery:
    """The delivery, when this officer may see it; the look is written down. Raises Problem."""
    delivery = Delivery.objects.select_related("sender__officer", "approver__officer").filter(pk=number).first()
    if delivery is None or not rights.may_see(officer_of(request).user, rights_of(request), delivery):
        raise Problem("delivery-unknown")
    if what:
        Look.objects.create(user=officer_of(request).user, delivery=delivery, what=what)
    return delivery


def edited(request: HttpRequest, number: int) -> Delivery:
    delivery = seen(request, number)
    if not rights.may_edit(officer_of(request).user, rights_of(request), delivery):
        raise Problem("not-allowed")
    return delivery


def go(delivery: Delivery, to: str, officer: Officer, note: str = "", **values: Any) -> None:
    """Move it by an officer's hand. Raises Problem when somebody was faster."""
    try:
        move(delivery, to, who=officer.name, note=note, **values)
    except WrongMove:
        raise Problem("delivery-moved") from None


def context(request: HttpRequest, delivery: Delivery, **more: Any) -> dict[str, Any]:
    user, held = officer_of(request).user, rights_of(request)
    return {
        "delivery": delivery,
        "layer": delivery.layer,
        "strip": strip(delivery),
        "doing": DOING.get(delivery.doing, ""),
        "may_edit": rights.may_edit(user, held, delivery),
        "may_approve": rights.may_approve(user, held, delivery),
        "why": why(delivery),
        **more,
    }


def strip(delivery: Delivery) -> list[dict[str, Any]]:
    """The steps of the way: behind, here or ahead."""
    reached = step_of(delivery.state)
    if reached < 0:  # an end beside the way: as far as it had come
        reached = max((step_of(step.state) for step in delivery.steps.all()), default=0)
    ended = delivery.state == "published"
    return [
        {
            "title": title,
            "place": "done" if at < reached or ended else "here" if at == reached else "ahead",
            "note": note_of(delivery, at),
        }
        for at, (title, _codes) in enumerate(STRIP)
    ]


def note_of(delivery: Delivery, at: int) -> str:
    """The one thing to know of a step that is behind."""
    understood = delivery.understood
    if at == 0 and delivery.rows:
        return _("{count} dòng").format(count=number(delivery.rows))
    if at == 1 and understood.get("systems"):
        best = understood["systems"][0]
        return f"{best['title']}, {percent(best['inside'] * 100)}"
    if at == 5 and delivery.revision:
        return _("bản số {number}").format(number=delivery.revision)
    return ""


def why(delivery: Delivery) -> tuple[str, str] | None:
    """What went wrong, and what to do, in words."""
    code = delivery.why.get("code")
    if code is None:
        return None
    if code in REFUSALS:
        return words(Refused(code, **delivery.why.get("detail", {})))
    if code == "too-late":
        return _("Quá thời hạn của bước này nên cổng đã đóng đợt nộp."), _("Gửi lại tệp khi sẵn sàng.")
    return _("Máy gặp lỗi khi làm bước này; lỗi đã được ghi lại."), _("Gửi lại tệp; nếu vẫn lỗi, báo quản trị viên.")
