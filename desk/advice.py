"""What to do about a finding, for who sits at the desk: the console's options have buttons and fields here."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from importers.findings import RULES, Finding

_COLUMNS = _("Sửa ở trang “Hiểu tệp”, phần cột; nếu tệp gốc đã xóa thì gửi lại tệp.")
_ENCODING = _("Nếu chữ sai, chọn bảng mã khác ở trang “Hiểu tệp”.")
_SYSTEM = _("Nếu sai, chọn hệ tọa độ khác ở trang “Hiểu tệp”.")
_REPAIR = _("Sửa trong tệp gốc; hoặc đánh dấu “Sửa những gì sửa được” ở trang “Hiểu tệp” và kiểm tra lại.")

ADVICE: dict[str, str | Promise] = {
    "columns-unused": _COLUMNS,
    "column-missing": _COLUMNS,
    "column-twice": _COLUMNS,
    "column-cut": _COLUMNS,
    "encoding-read": _ENCODING,
    "encoding-borrowed": _ENCODING,
    "encoding-unsure": _("Xem các mẫu ở trang “Hiểu tệp” rồi chọn bảng mã."),
    "encoding-contradicted": _("Xem cách đọc; nếu đúng thì chấp nhận, nếu sai thì chọn bảng mã ở trang “Hiểu tệp”."),
    "letters-undecoded": _("Sửa ô này trong tệp gốc, hoặc chọn bảng mã khác ở trang “Hiểu tệp”."),
    "crs-read": _SYSTEM,
    "crs-standard": _SYSTEM,
    "crs-found": _SYSTEM,
    "crs-unreadable": _SYSTEM,
    "crs-undecided": _("Chọn hệ tọa độ ở trang “Hiểu tệp”."),
    "crs-nowhere": _("Kiểm tra nguồn tệp; nếu biết hệ tọa độ, chọn ở trang “Hiểu tệp”."),
    "crs-contradicted": _("Chọn hệ tọa độ đúng ở trang “Hiểu tệp”."),
    "crs-datum-wrong": _("Nếu tọa độ là VN-2000 thì chọn {value}; nếu thật là WGS 84, xuất lại tệp từ nguồn."),
    "crs-scale-wrong": _(
        "Hỏi người đo: nếu tọa độ ở hệ số 0,9999 thì chọn {value}; nếu 0,9996 thì xuất lại ở hệ đúng."
    ),
    "axes-swapped": _("Đánh dấu “Sửa những gì sửa được” ở trang “Hiểu tệp” để đổi lại trục, hoặc xuất lại tệp."),
    "number-ambiguous": _("Nếu dấu đó là dấu thập phân thì chấp nhận; nếu không, sửa tệp rồi gửi lại."),
    "purpose-retired": _("Nếu giữ nguyên mã cũ thì chấp nhận; nếu không, đổi sang mã hiện hành rồi gửi lại."),
    "shape-crosses": _REPAIR,
    "rings-reversed": _REPAIR,
    "vertices-repeated": _REPAIR,
    "spike": _REPAIR,
    "outside-province": _("Kiểm tra hệ tọa độ ở trang “Hiểu tệp” và nguồn tệp."),
    "across-commune": _("Nếu ranh giới xã chỉ là tương đối thì chấp nhận."),
    "commune-unknown": _("Sửa mã xã trong tệp rồi gửi lại."),
    "area-differs": _("Cả hai diện tích đều được lưu; xác nhận theo biên bản đo rồi chấp nhận, hoặc sửa tệp."),
    "fields-emptied": _("Gửi lại tệp có đủ cột; nếu đúng là để trống thì chấp nhận."),
    "sliver": _("Gộp vào thửa bên cạnh trong tệp gốc; nếu đúng là thửa thì chấp nhận."),
    "hole-empty": _("Bổ sung thửa bên trong; nếu đúng là đất khác thì chấp nhận."),
    "gap": _("Khép ranh chung trong tệp gốc; nếu đúng là đất khác thì chấp nhận."),
    "overlap-published": _("Khớp ranh với tờ bản đồ bên cạnh; nếu thửa bên cạnh sai thì chấp nhận."),
    "number-elsewhere": _("Kiểm tra số tờ, số thửa; nếu số hiệu đã đánh lại thì chấp nhận."),
    "gone-unexplained": _("Kiểm tra tệp có đủ không; nếu đúng thì chấp nhận."),
    "rows-lost": _("Kiểm tra tệp có đủ không; nếu đúng thì chấp nhận."),
}


def advice(finding: Finding) -> str:
    words = ADVICE.get(finding.code)
    return str(words).format(**finding.blanks) if words is not None else finding.advice


def speaks_of_options(code: str) -> bool:
    """Whether the console's advice names an option, which nobody at the desk can type."""
    return "--" in str(RULES[code].advice)
