"""The words for every refusal and notice of the reader: code -> what happened, and what to do.

The blanks are filled from the detail of the refusal or notice. Only pages and commands import this module;
reading itself knows codes alone.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from importers.reader.outcome import Notice, Refused


class Words(NamedTuple):
    """A sentence and an advice, both with named blanks."""

    sentence: str | Promise
    advice: str | Promise


_SAVE_AGAIN = _("Hãy xuất lại tệp từ phần mềm gốc rồi gửi lại.")
_ZIP_AGAIN = _("Hãy nén lại các tệp bằng định dạng ZIP thông thường rồi gửi lại.")
_SAVE_FOR_US = _("Hãy lưu thành GeoPackage (.gpkg) hoặc shapefile nén ZIP rồi gửi lại.")
_SPLIT = _("Hãy chia dữ liệu thành nhiều tệp nhỏ hơn.")
_FIX_ROW = _("Hãy sửa đối tượng này trong phần mềm gốc rồi xuất lại.")
_CHOOSE = _("Hãy chọn một lớp trong danh sách: {layers}.")

REFUSALS: Mapping[str, Words] = {
    # the door
    "file-missing": Words(_("Không tìm thấy tệp."), _("Hãy kiểm tra lại tên tệp và thư mục.")),
    "file-not-plain": Words(_("Đây không phải là một tệp thông thường."), _("Hãy gửi chính tệp dữ liệu.")),
    "file-empty": Words(_("Tệp rỗng, không có byte nào."), _SAVE_AGAIN),
    "file-too-large": Words(_("Tệp lớn hơn giới hạn {limit} MB."), _SPLIT),
    # archives
    "archive-broken": Words(_("Tệp ZIP bị hỏng hoặc bị cắt."), _ZIP_AGAIN),
    "archive-prefix": Words(_("Tệp ZIP có dữ liệu lạ ở trước hoặc sau phần nén."), _ZIP_AGAIN),
    "archive-directory": Words(_("Mục lục của tệp ZIP lớn hơn {limit} MB."), _ZIP_AGAIN),
    "archive-entries": Words(_("Có nhiều hơn {limit} tệp trong tệp nén hoặc thư mục."), _SPLIT),
    "archive-too-large": Words(_("Sau khi giải nén, dữ liệu lớn hơn {limit} MB."), _SPLIT),
    "archive-bomb": Words(_("Tệp “{member}” trong tệp ZIP phình ra bất thường khi giải nén."), _ZIP_AGAIN),
    "archive-encrypted": Words(_("Tệp “{member}” trong tệp ZIP có mật khẩu."), _("Hãy nén lại không đặt mật khẩu.")),
    "archive-link": Words(_("“{member}” trong tệp ZIP là liên kết, không phải tệp."), _ZIP_AGAIN),
    "archive-method": Words(_("Tệp “{member}” được nén bằng cách mà cổng không đọc."), _ZIP_AGAIN),
    "archive-nested": Words(
        _("Trong tệp ZIP lại có tệp nén “{member}”."), _("Hãy giải nén một lần rồi nén lại các tệp dữ liệu.")
    ),
    "archive-duplicate": Words(_("Tệp ZIP có hai tệp cùng tên “{member}”."), _ZIP_AGAIN),
    "archive-path": Words(_("Tên “{member}” trong tệp ZIP trỏ ra ngoài tệp nén."), _ZIP_AGAIN),
    "unread-archive": Words(_("Cổng chỉ đọc tệp nén ZIP."), _("Hãy giải nén rồi nén lại bằng định dạng ZIP.")),
    # signed sheets that come back to be verified
    "pdf-too-large": Words(_("Tệp lớn hơn giới hạn {limit} MB."), _("Phiếu của cổng nhỏ hơn nhiều; hãy gửi đúng tệp.")),
    "pdf-format": Words(_("Đây không phải là tệp PDF."), _("Hãy gửi tệp PDF đã tải từ cổng, không phải ảnh chụp.")),
    "pdf-broken": Words(
        _("Tệp PDF này hỏng hoặc đã bị sửa: không còn đọc được chữ ký."), _("Đừng dùng tệp này; hãy tải lại từ cổng.")
    ),
    # photos
    "photo-too-large": Words(_("Ảnh lớn hơn giới hạn {limit} MB."), _("Hãy chọn ảnh nhỏ hơn, hoặc chụp lại ở cỡ nhỏ.")),
    "photo-format": Words(_("Đây không phải là ảnh JPEG, PNG hoặc WebP."), _("Hãy chọn một ảnh chụp thông thường.")),
    "photo-pixels": Words(_("Ảnh có nhiều hơn {limit} triệu điểm ảnh."), _("Hãy thu nhỏ ảnh rồi gửi lại.")),
    "photo-broken": Words(_("Ảnh bị hỏng, không mở được."), _("Hãy chọn ảnh khác hoặc chụp lại.")),
    # layers
    "layer-none": Words(_("Không có lớp dữ liệu nào mà cổng đọc được."), _SAVE_FOR_US),
    "layer-choose": Words(_("Có nhiều lớp trong cùng một lần gửi."), _CHOOSE),
    "layer-unknown": Words(_("Không có lớp mang tên đã chọn."), _CHOOSE),
    "too-many-layers": Words(_("Tệp có nhiều hơn {limit} lớp."), _SPLIT),
    # formats
    "format-unknown": Words(_("Cổng không nhận ra định dạng của tệp."), _SAVE_FOR_US),
    "content-mismatch": Words(_("Nội dung tệp không phải là {suffix} như tên gọi."), _SAVE_AGAIN),
    "unread-dxf": Words(
        _("Cổng chưa đọc bản vẽ DXF."),
        _("Hãy tạo vùng khép kín từ các đường ranh giới, gắn số thửa, rồi lưu thành shapefile nén ZIP."),
    ),
    "unread-dwg": Words(
        _("Cổng chưa đọc bản vẽ DWG."),
        _("Hãy tạo vùng khép kín từ các đường ranh giới, gắn số thửa, rồi xuất thành shapefile nén ZIP."),
    ),
    "unread-dgn": Words(
        _("Cổng chưa đọc bản vẽ DGN (V7 và V8)."),
        _("Hãy dùng chức năng xuất shapefile của phần mềm bản đồ địa chính rồi nén ZIP các tệp .shp, .shx, .dbf."),
    ),
    "unread-mapinfo": Words(
        _("Cổng chưa đọc tệp MapInfo (TAB, MIF)."),
        _("Trong MapInfo hoặc QGIS, hãy xuất lớp thành GeoPackage hoặc shapefile nén ZIP."),
    ),
    "unread-kml": Words(
        _("Cổng chưa đọc tệp KML, KMZ."), _("Hãy mở trong QGIS và xuất thành GeoPackage hoặc GeoJSON.")
    ),
    "unread-gml": Words(_("Cổng chưa đọc tệp GML."), _("Hãy mở trong QGIS và xuất thành GeoPackage hoặc GeoJSON.")),
    "unread-table": Words(
        _("Cổng chưa đọc bảng tính dạng này."),
        _("Hãy lưu bảng tọa độ thành .xlsx hoặc .csv, mỗi góc một dòng, có cột X (Bắc) và Y (Đông)."),
    ),
    # shapefiles
    "shp-missing": Words(_("Thiếu tệp .shp."), _("Hãy gửi đủ các tệp .shp, .shx, .dbf và .prj.")),
    "dbf-missing": Words(
        _("Thiếu tệp .dbf nên không có thuộc tính."), _("Hãy gửi đủ các tệp .shp, .shx, .dbf và .prj.")
    ),
    "shp-header": Words(_("Phần đầu của tệp .shp bị hỏng."), _SAVE_AGAIN),
    "shp-length": Words(_("Tệp .shp phải dài {expected} byte nhưng có {found} byte."), _SAVE_AGAIN),
    "shp-chain": Words(_("Tệp .shp bị đứt ở dòng {row}."), _SAVE_AGAIN),
    "shp-record": Words(_("Hình ở dòng {row} của tệp .shp bị hỏng."), _SAVE_AGAIN),
    "shp-box": Words(_("Toạ độ ở dòng {row} không khớp khung bao ghi trong tệp .shp."), _SAVE_AGAIN),
    "dbf-header": Words(_("Phần đầu của tệp .dbf bị hỏng hoặc có kiểu trường lạ."), _SAVE_AGAIN),
    "dbf-cut": Words(_("Tệp .dbf bị cắt ở dòng {row}: ghi {expected} dòng, có {found}."), _SAVE_AGAIN),
    "dbf-length": Words(_("Tệp .dbf phải dài {expected} byte nhưng có {found} byte."), _SAVE_AGAIN),
    "dbf-row": Words(_("Dòng {row} của tệp .dbf bị lệch."), _SAVE_AGAIN),
    "count-mismatch": Words(_("Tệp .shp có {shapes} hình nhưng tệp .dbf có {rows} dòng."), _SAVE_AGAIN),
    # GeoJSON and TopoJSON
    "json-broken": Words(_("Tệp JSON sai cú pháp ở dòng {line}, cột {column}."), _SAVE_AGAIN),
    "json-too-deep": Words(_("Tệp JSON lồng nhau quá sâu."), _SAVE_AGAIN),
    "json-not-a-number": Words(_("Tệp JSON có NaN hoặc Infinity thay cho số."), _SAVE_AGAIN),
    "json-not-utf8": Words(_("Tệp JSON không ở bảng mã UTF-8."), _("Hãy lưu lại tệp ở bảng mã UTF-8.")),
    "json-structure": Words(_("Tệp JSON không phải là GeoJSON hay TopoJSON."), _SAVE_FOR_US),
    "json-feature": Words(_("Mục thứ {row} không phải là một đối tượng bản đồ."), _SAVE_AGAIN),
    "json-geometry": Words(_("Toạ độ của đối tượng thứ {row} sai cấu trúc."), _SAVE_AGAIN),
    # GPX
    "gpx-broken": Words(_("Tệp GPX sai cú pháp ở dòng {line}."), _SAVE_AGAIN),
    "gpx-no-line": Words(
        _("Tệp GPX không có đường đi nào, chỉ có điểm hoặc trống."), _("Hãy ghi một vòng quanh khu đất rồi xuất lại.")
    ),
    # GeoPackage
    "gpkg-application": Words(_("Đây là cơ sở dữ liệu SQLite nhưng không phải GeoPackage."), _SAVE_FOR_US),
    "gpkg-broken": Words(_("Tệp GeoPackage bị hỏng."), _SAVE_AGAIN),
    "gpkg-not-unicode": Words(_("GeoPackage có chữ không ở bảng mã Unicode."), _SAVE_AGAIN),
    # coordinate lists
    "table-head": Words(
        _("Không thấy bảng tọa độ: không có dòng đầu bảng với hai cột X và Y."),
        _("Mỗi góc một dòng; đầu bảng ghi X (Bắc) và Y (Đông); cột “Thửa” hoặc “Khu” cho biết góc thuộc hình nào."),
    ),
    "table-empty": Words(
        _("Không thấy bảng nào có dòng đầu và ít nhất một dòng dữ liệu."),
        _("Dòng đầu của bảng ghi tên cột; mỗi dòng sau là một bản ghi."),
    ),
    "table-corner": Words(_("Dòng {row} chỉ có một trong hai tọa độ."), _("Hãy bổ sung tọa độ còn thiếu.")),
    "table-number": Words(
        _("Tọa độ {axis} ở dòng {row} không phải là một con số dùng được."),
        _("Hãy kiểm tra dấu chấm, dấu phẩy, chữ O thay số 0 và chữ số thiếu."),
    ),
    "table-short": Words(_("Hình bắt đầu ở dòng {row} chỉ có {count} góc."), _("Một hình cần ít nhất ba góc.")),
    "table-broken": Words(_("Không mở được bảng tính."), _SAVE_AGAIN),
    # shapes and texts
    "coordinate-not-finite": Words(_("Toạ độ ở dòng {row} không phải là số dùng được."), _FIX_ROW),
    "geometry-type": Words(_("Cổng không đọc loại hình {type}."), _("Hãy lưu lớp thành điểm, đường hoặc vùng.")),
    "geometry-broken": Words(_("Hình ở dòng {row} bị hỏng, không thể dựng lại."), _FIX_ROW),
    "geometry-lost": Words(
        _("Tệp có {expected} hình nhưng chỉ đọc được {found}; cổng không nhận tệp đọc thiếu."), _SAVE_AGAIN
    ),
    "text-not-unicode": Words(_("Ô “{field}” ở dòng {row} có ký tự không hợp lệ."), _FIX_ROW),
    "cell-too-long": Words(_("Ô “{field}” ở dòng {row} dài hơn {limit} byte."), _("Hãy rút ngắn hoặc bỏ cột này.")),
    # limits
    "too-many-features": Words(_("Tệp có nhiều hơn {limit} đối tượng."), _SPLIT),
    "too-many-fields": Words(_("Lớp có nhiều hơn {limit} cột."), _("Hãy bỏ các cột không cần.")),
    "too-many-vertices": Words(_("Hình ở dòng {row} có nhiều hơn {limit} đỉnh."), _("Hãy chia hình này ra.")),
    "too-many-rings": Words(_("Hình ở dòng {row} có nhiều hơn {limit} vòng."), _("Hãy chia hình này ra.")),
    "too-heavy": Words(_("Tệp cần nhiều bộ nhớ hoặc thời gian tính hơn mức cho phép."), _SPLIT),
    "too-slow": Words(_("Đọc tệp quá lâu nên đã dừng."), _SPLIT),
    # our own side
    "scratch-full": Words(
        _("Máy chủ tạm hết chỗ để đọc tệp."), _("Thử lại sau; nếu vẫn lỗi, báo cho quản trị viên cổng.")
    ),
    "reader-failed": Words(
        _("Không đọc được tệp."), _("Hãy xuất lại bằng QGIS; nếu vẫn lỗi, báo cho quản trị viên cổng.")
    ),
    "namespace-required": Words(
        _("Máy chủ không tách được tiến trình đọc tệp khỏi mạng nên không nhận tệp."),
        _("Quản trị viên cần cho phép lệnh unshare -rn, hoặc bỏ yêu cầu này trong cấu hình."),
    ),
}

_NOTHING = ""

NOTICES: Mapping[str, Words] = {
    "crs-missing": Words(_("Tệp không ghi hệ toạ độ."), _("Hãy chọn hệ toạ độ.")),
    "crs-ignored": Words(_("Phần ghi hệ toạ độ không đọc được nên bị bỏ qua."), _("Hãy chọn hệ toạ độ.")),
    "index-missing": Words(_("Thiếu tệp .shx; cổng đã dựng lại từ tệp .shp."), _NOTHING),
    "index-rebuilt": Words(_("Tệp .shx không khớp tệp .shp; cổng đã dựng lại."), _NOTHING),
    "rows-deleted": Words(_("Bỏ qua {count} dòng đã đánh dấu xoá trong tệp .dbf: {rows}."), _NOTHING),
    "records-misnumbered": Words(
        _("{count} hình trong tệp .shp mang số thứ tự sai: {rows}. Cổng đếm theo vị trí."), _NOTHING
    ),
    "rings-closed": Words(_("{count} hình có vòng hở, cổng đã khép lại: {rows}."), _("Hãy kiểm tra các hình này.")),
    "rings-short": Words(_("{count} hình có vòng ít hơn ba đỉnh: {rows}."), _("Hãy kiểm tra các hình này.")),
    "table-read": Words(
        _("Bảng tọa độ: {corners} góc, {outlines} hình; X là hướng Bắc, Y là hướng Đông."),
        _("Hãy xem các hình trên bản đồ trước khi gửi duyệt."),
    ),
    "table-differing": Words(
        _("Trong cùng một hình, các cột {fields} có nhiều giá trị; đã lấy giá trị đầu tiên."), _NOTHING
    ),
    "height-dropped": Words(_("Độ cao và giá trị đo dọc đường không được dùng."), _NOTHING),
    "field-renamed": Words(_("Cột “{name}” trùng tên, được gọi là “{given}”."), _NOTHING),
    "field-unread": Words(_("Cột “{name}” không phải chữ hay số nên không đọc."), _NOTHING),
    "no-network-namespace": Words(
        _("Máy chủ không tách được tiến trình đọc tệp khỏi mạng; các lớp bảo vệ khác vẫn hoạt động."),
        _("Quản trị viên nên cho phép lệnh unshare -rn."),
    ),
}


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def words(said: Refused | Notice) -> tuple[str, str]:
    """Sentence and advice for a refusal or a notice, in the active language."""
    table = REFUSALS if isinstance(said, Refused) else NOTICES
    found = table.get(said.code, REFUSALS["reader-failed"])  # the code came through a pipe
    blanks = _Blanks(said.detail)
    return str(found.sentence).format_map(blanks), str(found.advice).format_map(blanks)
