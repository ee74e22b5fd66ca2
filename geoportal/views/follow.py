"""“Theo dõi”: asking to be told when an answer changes, the private page of a follow, its feed, and its end."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext, override
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contact import following, pushing
from contact.channels import CHANNELS
from contact.following import Asked
from contact.models import Follow
from contact.subjects import KINDS
from contact.watching import title_of
from geoportal import params
from geoportal.forms import protected
from geoportal.problems import Problem


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@protected
def new(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Ways to be told of one subject. By POST one of them is taken."""
    title = title_of(kind, reference) if kind in KINDS else None
    if title is None:
        raise Problem("parcel-unknown")
    context: dict[str, object] = {
        "title": title,
        "page": KINDS[kind].page(reference),
        "channels": [channel for channel in CHANNELS.values() if channel.is_on()],
        "was_asked": params.was_sent(request),
        "push_key": pushing.public_key(),
        "days": following.CONFIRM_DAYS,
    }
    if request.method != "POST":
        return render(request, "follow/new.html", context)
    typed = params.following(request)
    fault, address = checked(typed)
    if fault:
        return render(request, "follow/new.html", context | {"typed": typed, "fault": fault}, status=422)
    origin = f"{request.scheme}://{request.get_host()}"
    follow = following.ask(Asked(kind, reference, typed.channel, address, get_language() or "vi", origin))
    if follow and follow.confirmed_at:
        return redirect("follow", token=follow.token)
    if not CHANNELS[typed.channel].confirms:
        fault = gettext("Trình duyệt này đã theo dõi câu trả lời này.")
        return render(request, "follow/new.html", context | {"fault": fault}, status=422)
    # The same to everybody: nobody learns here which address follows what.
    return redirect(f"{reverse('follow-new', args=[kind, reference])}?sent=1")


def checked(typed: params.Following) -> tuple[str, str]:
    """The sentence that tells what is wrong, and the address as it is kept."""
    channel = CHANNELS.get(typed.channel)
    if typed.website:
        return gettext("Ô này phải để trống: nó chỉ để nhận ra chương trình tự gửi."), ""
    if channel is None or not channel.is_on():
        return gettext("Hãy chọn một cách nhận tin."), ""
    if channel.address is None:
        return "", ""
    address = channel.address(typed.address)
    if address:
        return "", address
    return gettext("Đây chưa phải là một địa chỉ nhận tin được: “{typed}”.").format(typed=typed.address[:80]), ""


@never_cache
@require_safe
@protected
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The private page: confirm, what changed, the feed's address, the end."""
    follow = of(token)
    context = {
        "follow": follow,
        "title": following.title_of(follow),
        "subject": KINDS[follow.watched.kind].page(follow.watched.reference),
        "channel": CHANNELS[follow.channel],
        "feed": following.address_of(follow, "/feed.atom"),
        "changes": following.changes_for(follow),
    }
    return private(render(request, "follow/page.html", context))


@never_cache
@require_POST
@protected
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    following.confirm(of(token))
    return private(redirect("follow", token=token))


@csrf_exempt  # mail programs end it by one POST of their own (RFC 8058); the token is the secret
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponseBase:
    """One POST ends it. Opened in a browser it shows the page with the button: who only looks ends nothing."""
    if request.method != "POST":
        return private(redirect("follow", token=token))
    follow = of(token)
    context = {
        "title": following.title_of(follow),
        "subject": KINDS[follow.watched.kind].page(follow.watched.reference),
    }
    following.end(follow)
    return private(render(request, "follow/ended.html", context))


@cache_control(private=True, max_age=900)
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The private Atom feed. No address stands in it, only what changed."""
    follow = of(token)
    if follow.channel != "feed":
        raise Problem("follow-unknown")
    home = following.address_of(follow)
    subject = home.removesuffix(f"/follow/{token}") + KINDS[follow.watched.kind].page(follow.watched.reference)
    with override(follow.language):
        title = gettext("Theo dõi: {title}").format(title=following.title_of(follow))
        atom = Atom1Feed(
            title, subject, gettext("Câu trả lời đã thay đổi"), follow.language, author_name="geoportal",
            feed_url=following.address_of(follow, "/feed.atom"), feed_guid=home,
        )  # fmt: skip
        for change in following.changes_for(follow):
            atom.add_item(
                gettext("Câu trả lời đã thay đổi, ngày {day}").format(day=change.day.isoformat()),
                subject,
                change.words[follow.language],
                pubdate=change.found_at,
                updateddate=change.found_at,
                unique_id=f"{home}#{change.pk}",
            )
        began = gettext("Bắt đầu theo dõi. Mục mới hiện ở đây khi câu trả lời thay đổi.")
        atom.add_item(
            began, subject, began, pubdate=follow.asked_at, updateddate=follow.asked_at, unique_id=home + "#0"
        )
    response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    return private(response)


def of(token: str) -> Follow:
    follow = following.by_token(token)
    if follow is None:
        raise Problem("follow-unknown")
    return follow


def private(response: HttpResponse) -> HttpResponse:
    """Its address is a secret: no search engine keeps it, no other page is told of it."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
