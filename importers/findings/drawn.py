"""Rules about where and how it is drawn: systems of coordinates, shapes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from importers.findings.rule import Rule, question

SYSTEMS = {
    "crs-read": Rule(
        "note",
        _("Hệ tọa độ: {value}, như tệp khai; chuyển về {storage} bằng phép {operation}."),
        _("Nếu sai, chọn bằng --crs."),
    ),
    "crs-standard": Rule(
        "note",
        _("Hệ tọa độ: {value}, theo chuẩn GeoJSON; chuyển về {storage} bằng phép {operation}."),
        _("Nếu sai, chọn bằng --crs."),
    ),
    "crs-chosen": Rule("note", _("Hệ tọa độ: {value}, như đã chọn; chuyển về {storage} bằng phép {operation}.")),
    "crs-found": Rule(
        "note",
        _("Hệ tọa độ: {value}, vì {share} đối tượng rơi vào đúng vùng; chuyển về {storage} bằng phép {operation}."),
        _("Nếu sai, chọn bằng --crs."),
    ),
    "crs-unreadable": Rule(
        "warn", _("Không hiểu hệ tọa độ ghi trong tệp."), _("Xem đề xuất bên dưới, hoặc chọn bằng --crs.")
    ),
    "crs-undecided": question(
        _("Tệp không cho biết hệ tọa độ, và vị trí chưa đủ để kết luận. Đề xuất: {proposals}"),
        _('Chọn hệ tọa độ bằng --crs, ví dụ --crs "105°30\'" hoặc --crs EPSG:9209.'),
    ),
    "crs-nowhere": Rule(
        "block",
        _("Không hệ tọa độ nào đưa dữ liệu vào trong tỉnh: dữ liệu nằm ngoài tỉnh, hoặc ở một hệ lạ."),
        _("Kiểm tra nguồn tệp; nếu biết hệ tọa độ, thêm --crs."),
        stops=True,
    ),
    "crs-contradicted": question(
        _("Tệp khai {value} nhưng chỉ {share} đối tượng rơi vào đúng vùng. Đề xuất: {proposals}"),
        _("Chọn hệ tọa độ đúng bằng --crs."),
    ),
    "crs-datum-wrong": question(
        _("Tệp khai {name} trên mốc WGS 84 nhưng kinh tuyến và tỷ lệ là của {value}: thường là nhầm, lệch 224 m."),
        _("Nếu tọa độ là VN-2000 thì thêm --crs {value}; nếu thật là WGS 84, xuất lại tệp từ nguồn."),
    ),
    "crs-scale-wrong": Rule(
        "block",
        _("Tệp khai kinh tuyến trục {meridian} (múi 3°) với hệ số {scale}; múi 3° của VN-2000 dùng 0,9999."),
        _("Hỏi người đo: nếu tọa độ ở hệ số 0,9999 thì thêm --crs {value}; nếu 0,9996 thì xuất lại ở hệ đúng."),
        stops=True,
    ),
    "crs-hn72": Rule(
        "block",
        _("Tọa độ ở hệ HN-72. Cổng thông tin không chuyển HN-72 vì không có phép chuyển chính thức công khai."),
        _("Chuyển sang VN-2000 bằng phần mềm của cơ quan nhà nước rồi gửi lại."),
        stops=True,
    ),
    "crs-unsupported": Rule(
        "block",
        _("Chưa hỗ trợ hệ tọa độ “{value}”."),
        _("Chuyển về VN-2000 hoặc WGS 84 rồi gửi lại. Các hệ đọc được: {systems}."),
        stops=True,
    ),
    "crs-towgs84-signs": Rule(
        "warn",
        _("Tham số TOWGS84 trong tệp chép sai dấu góc xoay (lệch 0,74 m); đã bỏ qua, dùng phép {operation}."),
        _("Nên sửa tệp .prj ở nơi tạo tệp."),
    ),
    "axes-swapped": question(
        _("Tọa độ bị đảo trục: X và Y đổi chỗ thì {share} đối tượng rơi vào đúng vùng ({value})."),
        _("Thêm --fix để đổi lại trục, hoặc xuất lại tệp với X hướng đông."),
    ),
    "axes-turned": Rule("fix", _("Đã đổi lại hai trục tọa độ cho cả tệp ({value})."), _("Xem lại vị trí trên bản đồ.")),
}

SHAPES = {
    "shape-missing": Rule("block", _("Dòng {row}: không có hình."), _("Vẽ hình hoặc bỏ dòng này trong tệp gốc.")),
    "shape-not-finite": Rule("block", _("Dòng {row}: tọa độ không phải là số."), _("Sửa hình trong tệp gốc.")),
    "shape-type": Rule(
        "block", _("Dòng {row}: hình ở {kind}, lớp này cần {expected}."), _("Chọn đúng lớp hoặc đúng tệp.")
    ),
    "shape-flat": Rule(
        "block", _("Dòng {row}: hình không có diện tích hoặc chiều dài."), _("Vẽ lại hình trong tệp gốc.")
    ),
    "shape-crosses": Rule(
        "block",
        _("Dòng {row}: đường ranh không hợp lệ ({reason})."),
        _("Sửa trong tệp gốc; hoặc thêm --fix để tự sửa, kèm diện tích trước và sau."),
    ),
    "rings-turned": Rule(
        "fix",
        _("Đã đảo chiều ranh của {count} hình (dòng {rows}): shapefile vẽ ranh theo chiều kim đồng hồ."),
        _("Vị trí và diện tích không đổi; không cần làm gì."),
    ),
    "rings-reversed": Rule(
        "block",
        _("Dòng {row}: ranh ngoài được ghi như lỗ, và lỗ như ranh ngoài."),
        _("Sửa trong tệp gốc; hoặc thêm --fix để đổi lại vai trò của các vòng."),
    ),
    "rings-exchanged": Rule(
        "fix",
        _("Dòng {row}: đã đổi lại vai trò của các vòng: vòng bao ngoài là ranh, vòng bên trong là lỗ."),
        _("So lại với bản vẽ: ranh thửa là việc pháp lý."),
    ),
    "shape-repaired": Rule(
        "fix",
        _("Dòng {row}: đã sửa ranh ({reason}): diện tích {before} m² thành {after} m²."),
        _("So lại với bản vẽ: ranh thửa là việc pháp lý."),
    ),
    "shape-lost": Rule(
        "block", _("Dòng {row}: không sửa tự động được đường ranh ({reason})."), _("Vẽ lại hình trong tệp gốc.")
    ),
    "vertices-repeated": Rule(
        "warn", _("Dòng {row}: {count} đỉnh trùng nhau (dưới 1 mm)."), _("Thêm --fix để bỏ đỉnh trùng.")
    ),
    "vertices-removed": Rule(
        "fix", _("Dòng {row}: đã bỏ {count} đỉnh trùng nhau (dưới 1 mm)."), _("Không cần làm gì.")
    ),
    "spike": Rule("warn", _("Dòng {row}: có gai nhọn dưới 1°."), _("Xem chỗ đó; thường là đỉnh đo nhầm.")),
    "spike-removed": Rule(
        "fix",
        _("Dòng {row}: đã bỏ gai nhọn dưới 1°: diện tích {before} m² thành {after} m²."),
        _("So lại với bản vẽ: ranh thửa là việc pháp lý."),
    ),
    "multipart": Rule(
        "warn", _("Dòng {row}: thửa gồm {count} phần rời nhau."), _("Kiểm tra: mỗi thửa thường là một hình liền.")
    ),
}
