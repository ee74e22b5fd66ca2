"""Information sheets as files, and the pages that verify them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from exports.sheets import codes
from exports.sheets.issuing import Wanted, issued
from exports.sheets.press import PressFailed
from exports.sheets.stored import Certificate, Sheet
from exports.sheets.subjects import PARCEL, SUBJECTS
from exports.sheets.verifying import verified
from geoportal import params
from geoportal.problems import Problem
from geoportal.views.parcels import gone
from layers.queries.snapshots import reading


@require_safe
def of_parcel(request: HttpRequest, feature_id: int) -> HttpResponse:
    """The sheet of a parcel: `?at=&on=&lang=` as on its page."""
    snapshot, day = params.snapshot(request), params.day(request)
    sheet = sheet_of(request, feature_id, snapshot, day)
    return gone(request, feature_id, snapshot, "parcel-sheet") if sheet is None else file_of(sheet)


def sheet_of(request: HttpRequest, feature_id: int, snapshot: int, day: date) -> Sheet | None:
    address = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/")
    wanted = Wanted(PARCEL, {"parcel": feature_id}, snapshot, day, get_language() or settings.LANGUAGE_CODE, address)
    try:
        return issued(wanted)
    except PressFailed:
        raise Problem("sheet-failed") from None


def file_of(sheet: Sheet) -> HttpResponse:
    response = HttpResponse(sheet.bytes_of_pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="phieu-thong-tin-{sheet.code}.pdf"'
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The form: a code, a fingerprint or a file."""
    text = params.code(request)
    if not text:
        return render(request, "verify_ask.html")
    sheet = found(text)
    if sheet is None:
        return render(request, "verify_ask.html", {"asked": text, "unknown": True}, status=404)
    return redirect("verify", code=sheet.code)


def found(text: str) -> Sheet | None:
    """The sheet that a code or the fingerprint of a file names."""
    code = codes.understood(text)
    by = {"code": code} if code else {"pdf_sha256": "".join(text.split()).lower()}
    return Sheet.objects.filter(**by).exclude(pdf_sha256="").select_related("certificate").first()


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    sheet = known(code)
    with reading():
        checked = verified(sheet)
    context = {"checked": checked, "sheet": sheet, "code": codes.written(sheet.code), "page": page_of(sheet)}
    return render(request, "verify.html", context)


def known(code: str) -> Sheet:
    sheet = found(code) if codes.understood(code) else None
    if sheet is None:
        raise Problem("sheet-unknown")
    return sheet


def page_of(sheet: Sheet) -> str:
    name, words = SUBJECTS[sheet.subject].page(sheet.asked)
    return reverse(name, args=words)


@require_safe
def original(request: HttpRequest, code: str) -> HttpResponse:
    """The very file that was issued."""
    sheet = known(code)
    if sheet.withdrawn_at is not None or sheet.is_expired:
        raise Problem("sheet-unknown")
    return file_of(sheet)


@require_safe
def certificate(request: HttpRequest, sha256: str) -> HttpResponse:
    """The certificate that sheets were signed with, for whoever wants to trust it in a PDF reader."""
    stored = Certificate.objects.filter(sha256=sha256).first()
    if stored is None:
        raise Problem("page-unknown")
    response = HttpResponse(stored.pem, content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="chung-thu-cong-ban-do.pem"'
    return response
