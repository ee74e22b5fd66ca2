"""Rules about what is written: columns, letters, values."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.findings.rule import Rule, question

COLUMNS = {
    "columns-unused": Rule(
        "note", _("Các cột không dùng: {columns}."), _("Dùng --map TRƯỜNG=CỘT nếu cần một cột trong số này.")
    ),
    "column-missing": Rule(
        "block",
        _("Thiếu cột cho trường bắt buộc “{field}” ({title})."),
        _("Chỉ ra cột bằng --map {field}=CỘT, hoặc cho giá trị chung bằng --set {field}=GIÁ_TRỊ."),
    ),
    "column-twice": Rule(
        "warn",
        _("Nhiều cột hợp với trường “{field}”: {columns}; đã lấy cột đầu tiên."),
        _("Chọn cột khác bằng --map {field}=CỘT."),
    ),
    "column-cut": Rule(
        "note",
        _("Cột “{column}” bị cắt còn 10 ký tự; đã hiểu là trường “{field}”."),
        _("Nếu sai, chọn cột bằng --map {field}=CỘT."),
    ),
    "map-wrong": Rule(
        "block",
        _("Không thể ghép trường “{field}” với cột “{value}”: không có trường hoặc cột đó."),
        _("Các trường: {fields}. Các cột: {columns}."),
    ),
    "personal-dropped": Rule(
        "note",
        _("Đã bỏ các cột dữ liệu cá nhân ngay khi đọc tệp: {columns}."),
        _("Không cần làm gì; các cột này không được lưu ở đâu cả."),
    ),
}

HOLDERS = {
    "holder-dropped": Rule(
        "warn",
        _("{count} giá trị ở trường “{field}” không phải tên tổ chức nên đã bỏ (dòng {rows})."),
        _("Nếu đó là tổ chức, ghi tên đầy đủ (Công ty, Hợp tác xã, Ủy ban nhân dân…) rồi gửi lại."),
    ),
}

TEXT = {
    "encoding-read": Rule(
        "note",
        _("Trường “{field}” đọc theo bảng mã {value}, nhận ra qua các âm tiết. {samples}"),
        _("Nếu chữ sai, chọn bằng --encoding {field}=BẢNG_MÃ."),
    ),
    "encoding-chosen": Rule("note", _("Trường “{field}” đọc theo bảng mã {value} như đã chọn. {samples}")),
    "encoding-borrowed": Rule(
        "note",
        _("Trường “{field}” quá ngắn để tự nhận ra; đọc theo bảng mã {value} như các trường khác. {samples}"),
        _("Nếu chữ sai, chọn bằng --encoding {field}=BẢNG_MÃ."),
    ),
    "encoding-unsure": question(
        _("Chưa rõ bảng mã của trường “{field}”. {samples}"),
        _("Chọn bằng --encoding {field}=BẢNG_MÃ (tcvn3, vni, viscii, cp1258, utf-8, latin-1)."),
    ),
    "encoding-contradicted": Rule(
        "decide",
        _("Tệp khai bảng mã “{declared}” nhưng chữ ở trường “{field}” là {value}. {samples}"),
        _("Xem cách đọc; nếu đúng, thêm --encoding {field}={value} hoặc --accept encoding-contradicted."),
    ),
    "encoding-wrong": Rule(
        "block",
        _("Không có bảng mã “{value}”."),
        _("Chọn một trong: tcvn3, vni, viscii, cp1258, utf-8, latin-1."),
        stops=True,
    ),
    "letters-undecoded": Rule(
        "block",
        _("Dòng {row}, trường “{field}”: có ký tự không thuộc bảng mã {encoding}."),
        _("Sửa ô này trong tệp gốc, hoặc chọn bảng mã khác bằng --encoding."),
    ),
    "letters-lost": Rule(
        "warn",
        _("Dòng {row}, trường “{field}”: dấu ? nằm trong từ (“{value}”): chữ đã mất từ trước."),
        _("Lấy lại chữ từ tệp gốc; không thể tự khôi phục."),
    ),
    "text-cut": Rule(
        "warn",
        _("Dòng {row}, trường “{field}”: chữ dừng ở “…{value}” sau {length} byte, rất có thể đã bị cắt khi xuất tệp."),
        _("So với bản gốc; nếu thiếu thì xuất lại sang GeoPackage hoặc GeoJSON (trường DBF chỉ chứa 254 byte)."),
    ),
    "text-fills": Rule(
        "warn",
        _("Trường “{field}”: {count} dòng ({rows}) đầy đúng {length} byte của cột, như “…{value}”: có thể đã bị cắt."),
        _("So với bản gốc; nếu thiếu thì nới rộng cột rồi xuất lại, hoặc gửi GeoPackage."),
    ),
    "invisible-removed": Rule(
        "fix", _("Đã bỏ {count} ký tự ẩn ở trường “{field}” (dòng {rows})."), _("Không cần làm gì.")
    ),
}

VALUES = {
    "cell-unreadable": Rule(
        "block",
        _("Dòng {row}, trường “{field}”: không đọc được “{value}” ({expected})."),
        _("Sửa ô này trong tệp gốc rồi gửi lại."),
    ),
    "cell-too-long": Rule(
        "block",
        _("Dòng {row}, trường “{field}”: dài {length} ký tự, tối đa {limit}."),
        _("Rút ngắn ô này rồi gửi lại."),
    ),
    "cell-missing": Rule(
        "block", _("Trường bắt buộc “{field}” trống ở {count} dòng ({rows})."), _("Điền đủ trong tệp gốc rồi gửi lại.")
    ),
    "number-ambiguous": Rule(
        "decide",
        _("Trường “{field}”: “{value}” có thể là số lẻ hoặc hàng nghìn."),
        _("Nếu dấu đó là dấu thập phân thì thêm --accept number-ambiguous; nếu không, sửa tệp."),
    ),
    "decimal-comma": Rule(
        "note", _("Trường “{field}” viết số với dấu phẩy thập phân, ví dụ “{value}”."), _("Không cần làm gì nếu đúng.")
    ),
    "numbers-trimmed": Rule(
        "note", _("Trường “{field}”: {count} số hiệu viết dạng “{value}” đã bỏ phần thập phân."), _("Không cần làm gì.")
    ),
    "code-unknown": Rule(
        "block",
        _("Trường “{field}”: mã “{value}” không có trong danh mục {codes} ({count} dòng: {rows})."),
        _("Sửa mã trong tệp, hoặc bổ sung danh mục layers/codes/{codes}.csv."),
    ),
    "cell-alone": Rule(
        "block",
        _("Trường “{field}” có giá trị nhưng trường “{other}” của cùng dòng để trống ({count} dòng: {rows})."),
        _("Điền trường “{other}”, hoặc bỏ giá trị của “{field}”: giá trị này không có nghĩa khi đứng một mình."),
    ),
}

SENSES = {
    "number-form": Rule(
        "block",
        _("Dòng {row}, trường “{field}”: “{value}” không phải số hiệu thửa."),
        _("Số hiệu có chữ số, không có dấu cách; sửa ô này trong tệp gốc."),
    ),
    "dates-reversed": Rule(
        "block",
        _("Dòng {row}: hết hiệu lực ({until}) trước khi có hiệu lực ({since})."),
        _("Sửa hai ngày trong tệp gốc."),
    ),
}

PURPOSES = {
    "purpose-unknown": Rule(
        "block",
        _("Mã loại đất “{value}” không có trong danh mục nào ({count} dòng: {rows})."),
        _("Sửa mã trong tệp gốc; viết nhiều mục đích như ONT300+CLN212."),
    ),
    "purpose-retired": Rule(
        "decide",
        _("Mã loại đất “{value}” của {vocabulary} nay không còn dùng ({count} dòng: {rows})."),
        _("Nếu giữ nguyên mã cũ thì thêm --accept purpose-retired; nếu không, đổi sang mã hiện hành."),
    ),
    "purpose-vocabulary": Rule(
        "note", _("Mã loại đất hiểu theo {value}."), _("Mã mang theo tên danh mục, không tự đổi sang danh mục khác.")
    ),
}
