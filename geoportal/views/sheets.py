"""Information sheets as files, and the pages that verify them."""

from __future__ import annotations

import hashlib
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from exports.sheets import codes
from exports.sheets.issuing import Wanted, issued
from exports.sheets.press import NoTimestamp, PressFailed
from exports.sheets.stored import Certificate, Sheet
from exports.sheets.subjects import PARCEL, SITE, SUBJECTS, Asked, Subject
from exports.sheets.verifying import verified
from exports.sheets.withdrawing import is_withdrawn
from geoportal import params
from geoportal.forms import OneFile
from geoportal.missing import no_such_parcel
from geoportal.problems import Problem
from geoportal.views.check import told_as_problems
from geoportal.views.parcels import gone
from importers.reader import refusals
from importers.reader.limits import MEGABYTE
from importers.reader.outcome import Refused
from importers.reader.signed_pdf import SHEET, Signature, examine
from layers.queries.snapshots import reading
from layers.report.canonical import plain
from layers.sites import address


@require_safe
def of_parcel(request: HttpRequest, feature_id: int) -> HttpResponse:
    """The sheet of a parcel: `?at=&on=&lang=` as on its page."""
    snapshot, day = params.snapshot(request), params.day(request)
    sheet = sheet_of(request, PARCEL, {"parcel": feature_id}, snapshot, day)
    return gone(request, feature_id, snapshot, "parcel-sheet") if sheet is None else file_of(sheet)


@require_safe
def of_site(request: HttpRequest) -> HttpResponse:
    """The sheet of a site: its address as on its page (`?parcels=` or `?outline=`), `&at=&on=&lang=`."""
    return file_of(site_sheet(request, params.snapshot(request), params.day(request)))


def site_sheet(request: HttpRequest, snapshot: int, day: date) -> Sheet:
    """The sheet of the site that was asked for. Raises Problem where it is none, or too long to be written down."""
    with reading(), told_as_problems():
        site = params.site_form(request).site(snapshot)
    query = address.canonical(site)
    sheet = query and sheet_of(request, SITE, {"site": query}, snapshot, day)
    if not sheet:
        raise Problem("site-too-long")
    return sheet


def sheet_of(request: HttpRequest, subject: Subject, asked: Asked, snapshot: int, day: date) -> Sheet | None:
    portal = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/")
    wanted = Wanted(subject, asked, snapshot, day, get_language() or settings.LANGUAGE_CODE, portal)
    try:
        return issued(wanted)
    except NoTimestamp:
        raise Problem("sheet-without-timestamp") from None
    except PressFailed:
        raise Problem("sheet-failed") from None


def file_of(sheet: Sheet) -> HttpResponse:
    response = HttpResponse(sheet.bytes_of_pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="phieu-thong-tin-{sheet.code}.pdf"'
    response["Cache-Control"] = "no-cache"
    return response


# The form changes nothing and keeps nothing, so it needs no cookie and no token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form: a code, a fingerprint or a file."""
    if request.method == "POST":
        request.upload_handlers = [OneFile(request, SHEET.file, "file")]
        return of_file(request, *params.sheet_file(request))
    text = params.code(request)
    if not text:
        return render(request, "verify_ask.html")
    sheet = found(text)
    if sheet is None:
        return render(request, "verify_ask.html", {"asked": text, "unknown": True}, status=404)
    return redirect("verify", code=sheet.code)


def of_file(request: HttpRequest, content: bytes, size: int) -> HttpResponse:
    """What a file is: the very bytes that were issued, else what its signature says. Nothing of it is kept."""
    sheet = found_file(content)
    if sheet is not None:
        return answer(request, sheet, sent=True)
    try:
        if size > len(content):
            raise Refused("pdf-too-large", limit=SHEET.file // MEGABYTE)
        said = fate_of(examine(content))
    except Refused as refused:
        sentence, advice = refusals.words(refused)
        return render(request, "verify_ask.html", {"sentence": sentence, "advice": advice}, status=422)
    return render(request, "verify_ask.html", {"fate": said}, status=422)


def found_file(content: bytes) -> Sheet | None:
    return found(hashlib.sha256(content).hexdigest()) if content else None


def fate_of(signature: Signature | None) -> str:
    if signature is None:
        return "unsigned"
    if not signature.is_whole:
        return "altered"
    is_ours = Certificate.objects.filter(sha256=signature.certificate_sha256).exists()
    return "not-stored" if is_ours else "foreign"


def found(text: str) -> Sheet | None:
    """The sheet that a code or the fingerprint of a file names."""
    code = codes.understood(text)
    by = {"code": code} if code else {"pdf_sha256": "".join(text.split()).lower()}
    return Sheet.objects.filter(**by).exclude(pdf_sha256="").select_related("certificate").first()


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    return answer(request, known(code))


def answer(request: HttpRequest, sheet: Sheet, sent: bool = False) -> HttpResponse:
    context = {"checked": verified(sheet), "sheet": sheet, "code": codes.written(sheet.code), "page": page_of(sheet)}
    return render(request, "verify.html", context | {"sent": sent})


def known(code: str) -> Sheet:
    sheet = found(code) if codes.understood(code) else None
    if sheet is None:
        raise Problem("sheet-unknown")
    return sheet


def page_of(sheet: Sheet) -> str:
    name, words, query = SUBJECTS[sheet.subject].page(sheet.asked)
    return reverse(name, args=words) + (f"?{query}" if query else "")


@require_safe
def original(request: HttpRequest, code: str) -> HttpResponse:
    """The very file that was issued."""
    sheet = known(code)
    if is_withdrawn(sheet) or sheet.is_expired:
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


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """`?parcel=7`, or a site's `?parcels=7,8` or `?outline=…`, `&at=&on=&lang=`: the sheet is issued, or found; what it
    is, and where it and its page are."""
    snapshot, day = params.snapshot(request), params.day(request)
    if params.site_form(request).ways:
        return told(request, site_sheet(request, snapshot, day))
    sheet = sheet_of(request, PARCEL, {"parcel": params.parcel(request)}, snapshot, day)
    if sheet is None:
        raise no_such_parcel(params.parcel(request))
    return told(request, sheet)


@require_safe
def api_verify(request: HttpRequest, code: str) -> HttpResponse:
    """What the page of the code says, for programs."""
    sheet = known(code)
    checked = verified(sheet)
    extra = {"verdict": checked.verdict, "is_intact": checked.is_intact, "differences": plain(checked.differences)}
    return told(request, sheet, **extra)


def told(request: HttpRequest, sheet: Sheet, **extra: object) -> JsonResponse:
    body = {
        "code": sheet.code,
        "subject": sheet.subject,
        "asked": sheet.asked,
        "snapshot": sheet.snapshot,
        "date": sheet.day,
        "language": sheet.language,
        "format": sheet.release,
        "issued_at": sheet.issued_at,
        "sha256": sheet.pdf_sha256,
        "certificate_sha256": sheet.certificate_id,
        "is_demonstration_key": sheet.certificate is not None and sheet.certificate.is_demonstration,
        "pdf": request.build_absolute_uri(reverse("sheet-original", args=[sheet.code])),
        "verify": request.build_absolute_uri(reverse("verify", args=[sheet.code])),
    }
    response = JsonResponse(body | extra, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response
