"""A file comes in: by a plain form or dropped on the page. It is stored and hashed, then handed to the worker."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk import choices, params, rights, store, working
from desk.models import Delivery, Step
from desk.queueing import hand_over
from desk.states import ENDED, SENT_AGAIN
from desk.views.common import go, officer_of, rights_of
from importers.reader.limits import GIGABYTE, MEGABYTE, OFFICER
from layers.ground.admin_units import NEW, AdminUnit
from layers.versioned import NOW

PARTS = 12
# What one officer may have lying here at once: deliveries, and bytes of their files.
OPEN_AT_ONCE = 10
MOST_BYTES = GIGABYTE
LONGEST_NUMBER = 9


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "desk/new.html", form(request))
    faults, delivery = take(request)
    if delivery is None:
        return answer_faults(request, faults)
    url = reverse("desk-delivery", args=[delivery.pk])
    return JsonResponse({"url": url}) if wants_json(request) else redirect(url)


def form(request: HttpRequest) -> dict[str, object]:
    held = rights_of(request)
    communes = AdminUnit.objects.filter(NOW, edition=NEW).order_by("name").values_list("code", "name")
    return {
        "layers": rights.layers_of(held),
        "communes": [(code, name) for code, name in communes],
        "limit_bytes": OFFICER.file,
        "limit_mb": OFFICER.file // MEGABYTE,
        "chosen": chosen(request),
    }


def chosen(request: HttpRequest) -> dict[str, object]:
    """What the form says already: what was typed, or what is known of the delivery that this one stands instead of."""
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in ("layer", "commune", "instead")}
    before = instead(request, str(params.number(request, "instead")))
    if before is None:
        return {}
    commune = (choices.NOTHING | before.choices)["commune"]
    return {"layer": before.layer_slug, "commune": commune, "instead": before.pk, "ended": before.stage.ended}


def instead(request: HttpRequest, number: str) -> Delivery | None:
    """A delivery of one's own that a corrected file may take the place of: still open, or ended without a map."""
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return None
    own = Delivery.objects.filter(pk=int(number), sender=officer_of(request).user)
    return own.filter(state__in=("choosing", "checked", *SENT_AGAIN)).first()


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def answer_faults(request: HttpRequest, faults: list[str]) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"faults": faults}, status=400)
    return render(request, "desk/new.html", form(request) | {"faults": faults}, status=400)


def take(request: HttpRequest) -> tuple[list[str], Delivery | None]:
    uploads = request.FILES.getlist("files")
    layer, commune = request.POST.get("layer", ""), request.POST.get("commune", "")
    faults = door(request, uploads, layer, commune)
    if faults:
        return faults, None
    folder = store.new_folder()
    try:
        sha256, size = store.receive(folder, uploads)
    except FileExistsError:
        store.delete(folder)
        return [_("Hai tệp có cùng đuôi. Gửi từng lớp một, hoặc nén các phần của một shapefile vào một tệp ZIP.")], None
    twin = running_twin(sha256, layer)
    try:
        delivery = None if twin else create(request, uploads, layer, commune, folder, sha256, size)
    except IntegrityError:  # somebody sent the same file while this one was being written
        delivery, twin = None, running_twin(sha256, layer)
    if delivery is None:
        store.delete(folder)
        return [told(twin)], None
    return [], delivery


def door(request: HttpRequest, uploads: list[UploadedFile[Any]], layer: str, commune: str) -> list[str]:
    """What keeps a file out before a byte of it is stored."""
    held, user = rights_of(request), officer_of(request).user
    faults = []
    if not uploads:
        faults.append(_("Chưa chọn tệp."))
    if len(uploads) > PARTS or sum(upload.size or 0 for upload in uploads) > OFFICER.file:
        faults.append(_("Tệp lớn hơn {limit} MB.").format(limit=OFFICER.file // MEGABYTE))
    if any((upload.size or 0) == 0 for upload in uploads):
        faults.append(_("Tệp rỗng."))
    if layer not in {known.slug for known in rights.layers_of(held)}:
        faults.append(_("Chọn lớp dữ liệu mà bạn có quyền biên tập."))
    allowed = rights.communes_of(held, layer)
    if allowed is not None and commune not in allowed:
        faults.append(_("Chọn xã mà bạn có quyền biên tập."))
    if Delivery.objects.filter(sender=user).exclude(state__in=ENDED).count() >= OPEN_AT_ONCE:
        faults.append(_("Bạn đang có {count} đợt nộp chưa xong. Làm xong hoặc rút bớt.").format(count=OPEN_AT_ONCE))
    if lying(user) + sum(upload.size or 0 for upload in uploads) > MOST_BYTES:
        limit = MOST_BYTES // MEGABYTE
        faults.append(_("Các tệp chưa xong của bạn sẽ vượt quá {limit} MB. Làm xong hoặc rút bớt.").format(limit=limit))
    return faults


def lying(user: User) -> int:
    """Bytes this officer has sent that still have a folder."""
    held = Delivery.objects.filter(sender=user).exclude(folder="")
    return int(held.aggregate(bytes=Sum("size", default=0))["bytes"])


def running_twin(sha256: str, layer: str) -> Delivery | None:
    """The delivery in which this very file is under way."""
    under_way = Delivery.objects.filter(sha256=sha256, layer_slug=layer).exclude(state__in=ENDED)
    return under_way.select_related("sender__officer").first()


def told(twin: Delivery | None) -> str:
    if twin is None:
        return _("Chính tệp này vừa được người khác gửi. Gửi lại nếu bạn không thấy đợt nộp đó.")
    who = twin.sender.officer.name
    return _("Chính tệp này đang được xử lý ở đợt nộp {number} của {who}.").format(number=twin.pk, who=who)


def create(
    request: HttpRequest,
    uploads: list[UploadedFile[Any]],
    layer: str,
    commune: str,
    folder: str,
    sha256: str,
    size: int,
) -> Delivery:
    officer = officer_of(request)
    before = instead(request, request.POST.get("instead", ""))
    with transaction.atomic():
        if before is not None and not before.stage.ended:
            go(before, "cancelled", officer, note=_("Gửi lại tệp đã sửa."))
        delivery = Delivery.objects.create(
            layer_slug=layer,
            name=", ".join(plain(str(upload.name)) for upload in uploads)[:200],
            sender=officer.user,
            size=size,
            sha256=sha256,
            folder=folder,
            communes=[commune] if commune else [],
            choices=choices.again(before.choices if before else {}, commune),
        )
        Step.objects.create(delivery=delivery, state="received", who=officer.name)
        hand_over(delivery)
    if before is not None and before.folder:
        working.close(before)
    return delivery


def plain(name: str) -> str:
    """The sender's name of a file: text to show, never a path."""
    return "".join(sign for sign in name if sign.isprintable())
