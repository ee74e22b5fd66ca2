"""Rules about how rows fit the ground, each other and what is published."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.findings.rule import Rule

GROUND = {
    "outside-province": Rule("block", _("Dòng {row}: nằm ngoài tỉnh."), _("Kiểm tra hệ tọa độ (--crs) và nguồn tệp.")),
    "outside-commune": Rule(
        "block",
        _("Dòng {row}: {share} diện tích nằm ngoài xã {commune}."),
        _("Kiểm tra mã xã, kinh tuyến trục và ranh giới."),
    ),
    "across-commune": Rule(
        "decide",
        _("Dòng {row}: {share} diện tích nằm ngoài xã {commune}."),
        _("Nếu ranh giới xã chỉ là tương đối, thêm --accept across-commune."),
    ),
    "commune-unknown": Rule(
        "block", _("Không có xã mã “{value}” ({count} dòng: {rows})."), _("Sửa mã xã, hoặc dùng --set commune_code=MÃ.")
    ),
    "commune-unchecked": Rule(
        "note", _("Chưa có ranh giới để đối chiếu xã: {value}."), _("Đối chiếu vị trí trên bản đồ trước khi công bố.")
    ),
}

KEYS = {
    "key-twice": Rule(
        "block", _("{key_title} “{value}” có ở {count} dòng ({rows})."), _("Giữ một dòng, hoặc sửa số hiệu.")
    ),
    "rows-joined": Rule(
        "fix",
        _("“{value}”: {count} dòng cùng hình, khác mục đích ({rows}) đã gộp thành một thửa nhiều mục đích."),
        _("Không cần làm gì."),
    ),
}

OVERLAPS = {
    "shape-twice": Rule(
        "block", _("{count} dòng có hình giống hệt nhau ({rows})."), _("Giữ một dòng; hai thửa không thể cùng một chỗ.")
    ),
    "overlap": Rule("block", _("Dòng {row} chồng lên dòng {other}: {area} m²."), _("Sửa ranh chung trong tệp gốc.")),
    "overlap-many": Rule("block", _("Dòng {row} phủ lên {count} thửa khác."), _("Bỏ khung hoặc ranh bao khỏi tệp.")),
}

SEAMS = {
    "sliver": Rule(
        "decide",
        _("Dòng {row}: mảnh vụn {area} m², quá mảnh để là một thửa."),
        _("Gộp vào thửa bên cạnh trong tệp gốc; nếu đúng là thửa, thêm --accept sliver."),
    ),
    "edge-short": Rule("warn", _("Dòng {row}: có cạnh chỉ dài {length} cm."), _("Xem chỗ đó; thường là đỉnh vẽ thừa.")),
    "hole-empty": Rule(
        "decide",
        _("Dòng {row}: lỗ {area} m² trong thửa không có thửa nào lấp."),
        _("Bổ sung thửa bên trong; nếu đúng là đất khác, thêm --accept hole-empty."),
    ),
    "gap": Rule(
        "decide",
        _("Khe hở {area} m² giữa dòng {row} và dòng {other}."),
        _("Khép ranh chung trong tệp gốc; nếu đúng là đất khác, thêm --accept gap."),
    ),
    "corner-unmatched": Rule(
        "warn",
        _("Dòng {row}: ranh chung thiếu một đỉnh mà thửa bên cạnh có."),
        _("Thêm đỉnh đó vào ranh để hai thửa dùng chung một đường."),
    ),
}

AREAS = {
    "area-differs": Rule(
        "decide",
        _("Dòng {row}: diện tích trên giấy {paper} m², vẽ {drawn} m², lệch {difference} m² (cho phép {tolerance} m²)."),
        _("Cả hai diện tích đều được lưu; nếu chấp nhận, thêm --accept area-differs."),
    ),
}

DELIVERY = {
    "fields-emptied": Rule(
        "decide",
        _("Tệp không có cột cho {fields}; {count} đối tượng thay đổi sẽ mất giá trị đang công bố ở các trường này."),
        _("Thêm cột vào tệp hoặc dùng --map, --set; nếu đúng là để trống, thêm --accept fields-emptied."),
    ),
    "commune-not-yours": Rule(
        "block",
        _("Tệp có thửa của xã ngoài quyền của người gửi: {communes}."),
        _("Bỏ các dòng của xã đó, hoặc nhờ cán bộ có quyền ở xã đó gửi."),
    ),
    "file-seen": Rule(
        "warn", _("Tệp này đã được công bố ngày {date} (bản số {number})."), _("Không cần gửi lại nếu không có gì mới.")
    ),
    "rows-lost": Rule(
        "decide",
        _("{count} đối tượng đã công bố không có trong tệp ({share})."),
        _("Kiểm tra tệp có đủ không; nếu đúng, thêm --accept rows-lost."),
    ),
    "overlap-published": Rule(
        "decide",
        _("Dòng {row} chồng lên thửa đang công bố {other}: {area} m²."),
        _("Khớp ranh với tờ bản đồ bên cạnh; nếu thửa bên cạnh sai, thêm --accept overlap-published."),
    ),
    "number-elsewhere": Rule(
        "decide",
        _("Dòng {row}: thửa {value} nằm cách chỗ đang công bố {distance} m."),
        _("Kiểm tra số tờ, số thửa; nếu số hiệu đã đánh lại, thêm --accept number-elsewhere."),
    ),
    "gone-unexplained": Rule(
        "decide",
        _("{count} thửa đang công bố biến mất mà không thửa mới nào thay ({value})."),
        _("Kiểm tra tệp có đủ không; nếu đúng, thêm --accept gone-unexplained."),
    ),
    "findings-capped": Rule(
        "note",
        _("Quy tắc {value} có {count} phát hiện; chỉ liệt kê {limit}."),
        _("Sửa các phát hiện đầu rồi kiểm tra lại."),
    ),
}
