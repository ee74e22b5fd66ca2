"""A survey firm with a key has a file checked before it delivers. Nothing is kept but the hash and how much was found.

No session, no cookie: the key comes with each file, in a header or typed into the form, and goes nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from desk import apart, choices, keys, sheets, store
from desk.examining import FIRM
from desk.models import FirmKey, Precheck
from desk.views.upload import PARTS
from geoportal.problems import Problem
from importers.crs.systems import SYSTEMS
from importers.reader.limits import MEGABYTE
from layers import catalogue
from layers.ground.admin_units import NEW, AdminUnit
from layers.versioned import NOW

View = Callable[[HttpRequest], HttpResponse]
LIMIT_MB = FIRM.file // MEGABYTE


class Faulty(Exception):
    """What the form lacks, in words."""


def answering(form: Callable[[HttpRequest, str], HttpResponse]) -> Callable[[View], View]:
    """A form that lacks something is answered in the kind of answer that was asked for."""

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            try:
                return view(request)
            except Faulty as fault:
                return form(request, str(fault))

        return sensitive_post_parameters("key")(never_cache(guarded))

    return around


def faulty_page(request: HttpRequest, fault: str) -> HttpResponse:
    return render(request, "desk/precheck.html", blank(request) | {"faults": [fault]}, status=400)


def faulty_data(request: HttpRequest, fault: str) -> HttpResponse:
    return JsonResponse({"faults": [fault]}, status=400, json_dumps_params={"ensure_ascii": False})


@require_http_methods(["GET", "HEAD", "POST"])
@answering(faulty_page)
def page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "desk/precheck.html", blank(request))
    if "application/json" in request.headers.get("Accept", ""):
        return as_json(request)
    return render(request, "desk/precheck_sheet.html", {"sheet": checked(request)})


@require_POST
@answering(faulty_data)
def as_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse(sheets.as_data(checked(request)), json_dumps_params={"ensure_ascii": False})


@require_POST
@answering(faulty_page)
def as_csv(request: HttpRequest) -> HttpResponse:
    sheet = checked(request)
    response = HttpResponse(sheets.as_table(sheet), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="precheck-{sheet.layer.slug}-{sheet.sha256[:12]}.csv"'
    return response


def blank(request: HttpRequest) -> dict[str, Any]:
    communes = AdminUnit.objects.filter(NOW, edition=NEW).order_by("name").values_list("code", "name")
    return {
        "layers": catalogue.every(),
        "communes": list(communes),
        "systems": [(f"EPSG:{system.epsg}", str(system)) for system in SYSTEMS],
        "limit_mb": LIMIT_MB,
        "chosen": {name: request.POST.get(name, "") for name in ("layer", "commune", "crs", "sublayer")},
    }


def checked(request: HttpRequest) -> sheets.Sheet:
    """Raises Problem for a key that is none or busy, a body too large; Faulty for a form that lacks something."""
    key = key_of(request)
    uploads = request.FILES.getlist("file")
    layer, said = asked(request, uploads)
    if not keys.begin(key):
        raise Problem("precheck-running")
    folder = ""
    try:
        folder = store.new_folder()
        sha256, _size = store.receive(folder, uploads)
        found = apart.examine(folder, layer, said)
    except FileExistsError:
        raise Faulty(
            _("Hai tệp có cùng đuôi. Gửi từng lớp một, hoặc nén các phần của một shapefile vào một tệp ZIP.")
        ) from None
    finally:
        store.delete(folder)
        keys.finish(key)
    sheet = sheets.of(catalogue.get(layer), sha256, found)
    counts = sheet.counts if sheet.refused is None else {"refused": 1}
    Precheck.objects.create(key=key, sha256=sha256, layer_slug=layer, counts=counts)
    return sheet


def key_of(request: HttpRequest) -> FirmKey:
    """The key of the header, before a byte of the body is taken; else of the form."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdigit() or int(length) > FIRM.file + MEGABYTE:
        raise Problem("file-too-large", limit=LIMIT_MB)
    kind, _space, shown = request.headers.get("Authorization", "").partition(" ")
    key = keys.of(shown.strip()) if kind.lower() == "bearer" else keys.of(request.POST.get("key", "").strip())
    if key is None:
        raise Problem("key-wrong")
    return key


def asked(request: HttpRequest, uploads: list[UploadedFile[Any]]) -> tuple[str, dict[str, Any]]:
    posted = {name: request.POST.get(name, "").strip()[:200] for name in ("layer", "commune", "crs", "sublayer")}
    if not uploads or len(uploads) > PARTS:
        raise Faulty(_("Chưa chọn tệp."))
    if any((upload.size or 0) == 0 for upload in uploads):
        raise Faulty(_("Tệp rỗng."))
    if posted["layer"] not in {layer.slug for layer in catalogue.every()}:
        raise Faulty(_("Chọn lớp dữ liệu của tệp."))
    if posted["crs"] and posted["crs"] not in {f"EPSG:{system.epsg}" for system in SYSTEMS}:
        raise Faulty(_("Cổng không biết hệ tọa độ này; chọn một hệ trong biểu mẫu."))
    if posted["commune"] and not AdminUnit.objects.filter(NOW, code=posted["commune"]).exists():
        raise Faulty(_("Không có xã nào với mã này."))
    said = choices.NOTHING | {name: posted[name] or None for name in ("crs", "sublayer")}
    return posted["layer"], said | {"commune": posted["commune"]}
