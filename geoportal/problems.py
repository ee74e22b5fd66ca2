"""What can go wrong is a table: code, status, words. Code raises `Problem(code)`, one place answers it."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Callable

from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from geoportal.arriving import forget

log = logging.getLogger("geoportal.problems")

PROBLEMS: dict[str, tuple[int, object, object]] = {
    # code: (status, what happened, what to do)
    "page-unknown": (404, _("Không có trang này."), _("Về trang chủ và tìm theo số thửa, số tờ và tên xã.")),
    "layer-unknown": (404, _("Không có lớp dữ liệu “{slug}”."), _("Chọn một lớp trong chú giải bản đồ.")),
    "parcel-unknown": (404, _("Không có thửa đất với mã này."), _("Tìm thửa theo số thửa, số tờ và tên xã.")),
    "parcel-gone": (410, _("Thửa đất này không còn; số thửa đã bị hủy."), _("Xem các thửa mới bên dưới.")),
    "parcel-withdrawn": (
        410,
        _("Thửa đất này đã được rút khỏi cổng ngày {day}, bằng bản công bố số {number}."),
        _("Cổng không còn giữ số tờ, số thửa và hình của nó. Nếu đây là thửa của bạn, hỏi cơ quan quản lý cổng."),
    ),
    "place-unknown": (404, _("Không có đối tượng với mã này."), _("Tìm lại theo tên.")),
    "procedure-unknown": (404, _("Không có thủ tục mã “{number}”."), _("Tìm thủ tục theo tên hoặc lĩnh vực.")),
    "activity-unknown": (400, _("Cổng không biết hoạt động này."), _("Chọn một hoạt động trong danh sách.")),
    "commune-unknown": (
        404,
        _("Không có xã nào với mã này, hoặc cổng chưa có ranh giới của xã đó."),
        _("Chọn một xã trong bảng “Dữ liệu có gì”."),
    ),
    "tile-outside": (404, _("Ô bản đồ này nằm ngoài thế giới."), _("Dùng bản đồ của cổng thông tin.")),
    "tile-below-zoom": (404, _("Lớp này chưa vẽ ở mức phóng này."), _("Phóng to bản đồ.")),
    "tile-address-old": (404, _("Địa chỉ ô bản đồ này không còn dùng."), _("Tải lại trang.")),
    "tile-withdrawn": (410, _("Ô bản đồ cũ này đã được thu hồi."), _("Tải lại trang.")),
    "point-missing": (400, _("Cần một điểm: kinh độ lon và vĩ độ lat, tính bằng độ."), _("Nhấn vào bản đồ.")),
    "point-outside": (400, _("Điểm này nằm ngoài tỉnh."), _("Chọn một điểm trong tỉnh.")),
    "address-foreign": (
        400,
        _("Mã QR chỉ được làm cho một trang của cổng này, địa chỉ không quá 900 ký tự."),
        _("Mở trang cần chia sẻ rồi bấm “Chia sẻ, in”."),
    ),
    "accuracy-wrong": (
        400,
        _("“accuracy” phải là số mét, không âm."),
        _("Sửa lại địa chỉ trang, hoặc bỏ phần accuracy đi."),
    ),
    "query-missing": (400, _("Chưa có nội dung tìm."), _("Nhập số thửa, số tờ và tên xã.")),
    "query-too-long": (400, _("Nội dung tìm quá dài (tối đa {limit} ký tự)."), _("Rút ngắn lại.")),
    "number-wrong": (400, _("“{name}” phải là một số nguyên."), _("Sửa lại địa chỉ trang.")),
    "date-wrong": (400, _("“{name}” phải là một ngày dạng NĂM-THÁNG-NGÀY."), _("Sửa lại, ví dụ 2026-01-31.")),
    "choice-unknown": (400, _("“{name}” không có giá trị đã cho."), _("Chọn một giá trị trong biểu mẫu tìm.")),
    "area-wrong": (400, _("“{name}” phải là một diện tích tính bằng m²."), _("Sửa lại, ví dụ 1234,5.")),
    "box-wrong": (
        400,
        _("Khung bản đồ “bbox” cần bốn số: tây,nam,đông,bắc, tính bằng độ."),
        _("Sửa lại, ví dụ 106.3,20.4,106.4,20.5."),
    ),
    "outline-wrong": (
        400,
        _("Vùng vẽ “within” cần từ 3 đến {limit} góc, mỗi góc là kinh độ,vĩ độ, cách nhau bằng dấu chấm phẩy."),
        _("Sửa lại, ví dụ 106.3,20.4;106.4,20.4;106.4,20.5."),
    ),
    "outline-crossing": (400, _("Vùng vẽ tự cắt hoặc không có diện tích."), _("Vẽ lại theo thứ tự các góc.")),
    "near-wrong": (
        400,
        _("“near” cần một điểm: kinh độ,vĩ độ, tính bằng độ."),
        _("Sửa lại, ví dụ 106.34,20.45."),
    ),
    "near-missing": (
        400,
        _("Sắp theo khoảng cách thì cần biết cách điểm nào."),
        _("Tìm trong khung bản đồ hoặc vùng vẽ, hoặc cho một điểm “near”."),
    ),
    "page-gone": (
        404,
        _("Trang kết quả này không còn: dữ liệu đã thay đổi từ khi xem trang trước."),
        _("Tìm lại từ trang đầu."),
    ),
    "snapshot-unknown": (
        404,
        _("Chưa có phiên bản dữ liệu số {number}."),
        _("Phiên bản mới nhất là {newest}."),
    ),
    "mistake-unknown": (
        404,
        _("Không có hồ sơ báo sai sót với mã này."),
        _("Kiểm tra lại mã: 16 chữ và số, không có chữ O, I, L, U."),
    ),
    "follow-unknown": (
        404,
        _("Không có theo dõi nào ở địa chỉ này: đã kết thúc, hoặc không được xác nhận kịp."),
        _("Tìm thửa đất và theo dõi lại nếu cần."),
    ),
    "form-too-large": (413, _("Biểu mẫu gửi lên quá lớn, nên chưa nhận gì."), _("Chọn ảnh nhỏ hơn 12 MB rồi gửi lại.")),
    "form-cut": (
        400,
        _("Đường truyền bị ngắt hoặc quá chậm khi đang gửi, nên chưa nhận gì và không có gì được giữ lại."),
        _("Gửi lại; tệp lớn thì nén ZIP hoặc chia theo tờ bản đồ, hoặc gửi từ đường truyền khác."),
    ),
    "form-expired": (
        403,
        _("Trang đã mở quá lâu hoặc trình duyệt chặn cookie, nên chưa gửi được gì."),
        _("Quay lại trang trước, tải lại rồi gửi lần nữa; chữ đã gõ vẫn còn ở trang trước."),
    ),
    "nothing-published": (503, _("Cổng thông tin chưa có dữ liệu."), _("Quay lại sau ít phút.")),
    "delivery-unknown": (404, _("Không có đợt nộp này, hoặc bạn không có quyền xem."), _("Về bàn nhập dữ liệu.")),
    "revision-unknown": (404, _("Chưa có bản công bố mang số này."), _("Xem lịch sử công bố.")),
    "delivery-moved": (
        409,
        _("Đợt nộp đã sang bước khác trong lúc bạn xem."),
        _("Tải lại trang của đợt nộp để xem bước hiện tại."),
    ),
    "delivery-blocked": (
        409,
        _("Chưa gửi phê duyệt được: đợt nộp còn điều phải xử lý."),
        _("Mở danh sách phát hiện và xử lý các dòng còn mở."),
    ),
    "session-over": (403, _("Phiên làm việc đã hết hạn."), _("Đăng nhập lại rồi gửi tệp.")),
    "file-too-large": (413, _("Tệp lớn hơn {limit} MB."), _("Chia tệp theo tờ bản đồ hoặc theo xã rồi gửi lại.")),
    "key-wrong": (
        401,
        _("Khóa của đơn vị đo đạc thiếu, sai hoặc đã hết hiệu lực."),
        _("Gửi khóa trong biểu mẫu hoặc ở dòng Authorization: Bearer; xin khóa mới từ cơ quan quản lý cổng."),
    ),
    "precheck-running": (
        429,
        _("Đang kiểm tra một tệp khác; mỗi khóa chỉ kiểm tra một tệp một lúc."),
        _("Đợi tệp trước xong rồi gửi lại."),
    ),
    "precheck-too-heavy": (
        422,
        _("Tệp quá nặng để kiểm tra trước: máy đã dừng việc kiểm tra."),
        _("Chia tệp theo tờ bản đồ rồi gửi từng tệp."),
    ),
    "own-account": (403, _("Không ai đổi quyền của chính mình."), _("Nhờ một quản trị viên khác.")),
    "own-delivery": (
        403,
        _("Không ai phê duyệt đợt nộp của chính mình."),
        _("Nhờ một cán bộ khác có quyền phê duyệt."),
    ),
    "reason-missing": (400, _("Cần ghi lý do."), _("Quay lại và viết một câu: lý do đứng trong lịch sử.")),
    "not-allowed": (403, _("Bạn không có quyền làm việc này."), _("Hỏi quản trị viên nếu bạn cần quyền này.")),
    "site-wrong": (422, "{sentence}", _("Sửa lại khu đất rồi hỏi lại.")),
    "site-undecided": (
        422,
        _("Bảng tọa độ có thể nằm ở {count} nơi tùy kinh tuyến trục, và không nơi nào chắc chắn hơn."),
        _("Ghi thêm kinh tuyến trục, hoặc chọn một nơi và gửi lại với mã EPSG của nó (system)."),
    ),
    "site-too-long": (
        422,
        _("Khu đất có quá nhiều góc để lập phiếu có ký số: không viết gọn thành một địa chỉ được."),
        _("Trả lời trên trang vẫn xem và in được; hoặc cho biết khu đất bằng danh sách thửa."),
    ),
    "body-wrong": (400, _("Nội dung gửi lên không phải là JSON đúng dạng."), _("Xem mẫu ở trang /api.")),
    "body-too-large": (413, _("Nội dung gửi lên quá lớn (tối đa {limit} MB)."), _("Chia khu đất ra.")),
    "batch-unknown": (
        404,
        _("Không có lô nào mang mã này, hoặc lô đã hết hạn và đã xóa."),
        _("Gửi lại danh sách khu đất."),
    ),
    "batch-running": (409, _("Bạn đang có một lô chưa xong."), _("Đợi lô đó xong, hoặc hủy nó, rồi gửi lại.")),
    "batches-away": (503, _("Cổng này chưa nhận lô khu đất."), _("Hỏi từng khu đất ở trang “Kiểm tra khu đất”.")),
    "method-wrong": (405, _("Địa chỉ này chỉ để đọc."), _("Dùng GET.")),
    "request-wrong": (400, _("Yêu cầu không hợp lệ."), _("Về trang chủ và thử lại.")),
    "key-unknown": (
        401,
        _("Không có khóa này, hoặc khóa đã hết hạn."),
        _("Kiểm tra lại khóa, hoặc hỏi không kèm khóa."),
    ),
    "too-many-requests": (429, _("Bạn hỏi quá nhanh."), _("Chờ một chút rồi thử lại.")),
    "database-away": (503, _("Cơ sở dữ liệu đang bận hoặc tạm dừng."), _("Thử lại sau ít phút.")),
    "sheet-unknown": (
        404,
        _("Không có phiếu nào mang mã này, hoặc mã đã bị rút hay hết hạn."),
        _("Xem lại mã in trên phiếu, gồm 16 chữ và số."),
    ),
    "sheet-failed": (503, _("Chưa lập được phiếu lúc này."), _("Thử lại sau ít phút; trang trả lời vẫn xem được.")),
    "sheet-without-timestamp": (
        503,
        _("Chưa lập được phiếu: tổ chức cấp dấu thời gian không trả lời, và cổng không cấp phiếu thiếu dấu đó."),
        _("Thử lại sau ít phút; trang trả lời vẫn xem được."),
    ),
    "broken": (
        500,
        _("Có lỗi của chúng tôi; lỗi đã được ghi lại với mã {reference}."),
        _("Thử lại; nếu vẫn lỗi, báo mã này cho chúng tôi."),
    ),
}


class Problem(Exception):
    """Something a person can be told about. `extra` goes into the JSON answer and the page beside the words."""

    def __init__(self, code: str, *, extra: dict[str, object] | None = None, **words: object) -> None:
        super().__init__(code)
        self.code, self.words, self.extra = code, words, extra or {}
        self.status, self._title, self._advice = PROBLEMS[code]

    @property
    def title(self) -> str:
        return str(self._title).format(**self.words)

    @property
    def advice(self) -> str:
        return str(self._advice).format(**self.words)


def is_program(request: HttpRequest) -> bool:
    if request.path.startswith(("/precheck", "/desk/")):
        asked = request.headers.get("Accept", "")
        return request.path.endswith(".json") or "application/json" in asked
    return request.path.startswith(("/api/", "/tiles/", "/health"))


def respond(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as JSON for programs, else as a page or fragment; tiles and health get plain words."""
    body = {"code": problem.code, "status": problem.status, "title": problem.title, "advice": problem.advice}
    if is_program(request):
        response: HttpResponse = JsonResponse(
            body | problem.extra, status=problem.status, json_dumps_params={"ensure_ascii": False}
        )
    else:
        template = "fragments/problem.html" if getattr(request, "htmx", False) else "problem.html"
        response = render(request, template, {"problem": problem, **problem.extra}, status=problem.status)
    response["Cache-Control"] = "no-store"
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if problem.status == 503:
        response["Retry-After"] = "60"
    return response


def understood(error: Exception) -> Problem:
    """The problem an exception stands for; what nobody foresaw becomes `broken`, with a reference for the log."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Http404):
        return Problem("page-unknown")
    if isinstance(error, UnreadablePostError):
        return Problem("form-cut")
    if isinstance(error, (SuspiciousOperation, DisallowedHost, UnicodeError)):
        return Problem("request-wrong")
    if isinstance(error, OperationalError):
        log.warning("database away", exc_info=error)
        return Problem("database-away")
    reference = secrets.token_hex(4)
    log.error("unforeseen, reference %s", reference, exc_info=error)
    return Problem("broken", reference=reference)


class answer_problems:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse:
        if isinstance(error, UnreadablePostError):
            forget(request)
        return respond(request, understood(error))


def unknown_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    return respond(request, Problem("page-unknown"))


def wrong_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return respond(request, Problem("request-wrong"))


def broken(request: HttpRequest) -> HttpResponse:
    """What a middleware met, before or after the view: Django asks while it handles it."""
    error = sys.exc_info()[1]
    return respond(request, understood(error) if isinstance(error, Exception) else Problem("broken", reference="-"))
