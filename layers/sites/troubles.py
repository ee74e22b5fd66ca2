"""What can be wrong with a site: a table of sentences, each saying where it is and what to look at again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from layers.sites.notes import said

TROUBLES = {
    "nothing": gettext_lazy(
        "Chưa có khu đất nào: gõ số thửa, dán bảng tọa độ, vẽ trên bản đồ, chọn tệp hoặc cho một điểm."
    ),
    "several-ways": gettext_lazy("Khu đất được cho bằng nhiều cách cùng lúc ({ways}). Giữ lại một cách, xóa cách kia."),
    # A table of corners.
    "no-corners": gettext_lazy(
        "Không đọc được góc nào. Mỗi dòng cần một cặp X (bắc, 7 chữ số) và Y (đông, 6 chữ số), "
        "ví dụ: 1; 2262291,73; 587448,56."
    ),
    "few-corners": gettext_lazy("Mới có {count} góc. Một khu đất cần ít nhất 3 góc khác nhau."),
    "too-many-rows": gettext_lazy("Bảng có {count} dòng, nhiều hơn {limit}. Chia khu đất ra, hoặc gửi bằng tệp."),
    "too-many-corners": gettext_lazy(
        "Hình có {count} đỉnh, nhiều hơn {limit}. Hãy đơn giản hóa đường ranh rồi thử lại."
    ),
    "too-much-text": gettext_lazy("Nội dung dán vào quá dài (tối đa {limit} ký tự)."),
    "garbled": gettext_lazy("Dòng {line}: không đọc được “{text}” là tọa độ{meant}. Sửa lại số này."),
    "no-partner": gettext_lazy(
        "Dòng {line}: “{text}” thiếu {missing}. Mỗi góc cần cả X (bắc, 7 chữ số) và Y (đông, 6 chữ số)."
    ),
    "missing-corner": gettext_lazy("Bảng nhảy từ góc {before} sang góc {after} ở dòng {line}: thiếu góc ở giữa?"),
    "edge-differs": gettext_lazy(
        "Cạnh {before}–{after} ghi {said} m nhưng tính từ tọa độ được {found} m. Một trong các số này sai."
    ),
    "far-corner": gettext_lazy(
        "Góc {corner} (dòng {line}) cách các góc khác {distance} km: gõ sai chữ số, hoặc lẫn hai hệ tọa độ."
    ),
    "spread": gettext_lazy(
        "Các góc cách nhau hàng chục km (góc {corner}, dòng {line}, cách giữa bảng {distance} km): không phải một khu "
        "đất. Kiểm tra các số; cả xã hay cả tỉnh thì xem bảng “Dữ liệu có gì”."
    ),
    "mixed-systems": gettext_lazy(
        "Bảng lẫn hai hệ tọa độ: dòng {degrees} tính bằng độ, dòng {metres} tính bằng mét. Dùng một hệ cho cả bảng."
    ),
    "repeated-corner": gettext_lazy(
        "Góc {corner} (dòng {line}) trùng với góc {other}: ranh đi qua một điểm hai lần. Bỏ góc thừa hoặc sửa số."
    ),
    "said-elsewhere": gettext_lazy("Theo {system}, khu đất nằm ngoài tỉnh. Kiểm tra lại kinh tuyến trục và các số."),
    "no-system": gettext_lazy("Không kinh tuyến trục nào đưa khu đất vào tỉnh: khu đất của tỉnh khác, hoặc gõ sai số."),
    "unknown-system": gettext_lazy("Không có hệ VN-2000 nào với kinh tuyến trục hoặc mã EPSG đã ghi."),
    # An outline, from whatever way.
    "open": gettext_lazy(
        "Đường ranh chưa khép kín: điểm đầu và điểm cuối cách nhau {gap} m. Vẽ tiếp cho khép kín rồi thử lại."
    ),
    "empty": gettext_lazy("Hình trống, không có diện tích."),
    "no-area": gettext_lazy("Cần một vùng khép kín; hình này chỉ có điểm hoặc đường."),
    "crossing": gettext_lazy(
        "Đường ranh tự cắt{where}. Kiểm tra thứ tự các góc: ranh phải đi một vòng, không bắt chéo."
    ),
    "broken": gettext_lazy("Hình không hợp lệ ({why}). Vẽ lại, hoặc sửa trong phần mềm gốc."),
    "tiny": gettext_lazy("Khu đất chỉ có {area} m²; nhỏ hơn 1 m² thì không trả lời được. Kiểm tra đơn vị và các số."),
    "huge": gettext_lazy(
        "Khu đất rộng {area} ha, lớn hơn mức {limit} ha. Chia nhỏ khu đất; "
        "cả xã hay cả tỉnh thì xem bảng “Dữ liệu có gì”."
    ),
    "outside": gettext_lazy("Khu đất nằm ngoài tỉnh; cổng này chỉ có dữ liệu của tỉnh mình."),
    "swapped": gettext_lazy(
        "Kinh độ và vĩ độ đổi chỗ: GeoJSON ghi kinh độ trước, ví dụ [106.34, 20.45]. Đổi lại thứ tự rồi gửi lại."
    ),
    "not-degrees": gettext_lazy(
        "GeoJSON tính bằng độ (WGS 84), ví dụ [106.34, 20.45]; tọa độ này không phải độ. "
        "Bảng tọa độ VN-2000 thì dán vào ô bảng tọa độ."
    ),
    "not-finite": gettext_lazy("Có tọa độ không phải là số."),
    # Parcels.
    "parcel-not-read": gettext_lazy("Dòng {line}: không hiểu “{text}”. Mỗi dòng một thửa: số thửa, số tờ, tên xã."),
    "parcel-unknown": gettext_lazy("Dòng {line}: không có thửa nào là “{text}”."),
    "parcel-several": gettext_lazy(
        "Dòng {line}: “{text}” có thể là {count} thửa khác nhau. Thêm tên xã, hoặc chọn một thửa trong kết quả tìm."
    ),
    "too-many-parcels": gettext_lazy("Danh sách có {count} thửa, nhiều hơn {limit}. Chia thành nhiều lần."),
    # A point with a radius.
    "point-not-read": gettext_lazy("Không đọc được “{text}” là một điểm. Ví dụ: 20,45044; 106,34048."),
    "point-several": gettext_lazy(
        "“{text}” có thể ở {count} nơi khác nhau tùy kinh tuyến trục. Ghi thêm, ví dụ: {example}."
    ),
    "radius-wrong": gettext_lazy("Bán kính phải là một số từ 1 đến {limit} mét."),
    # A file.
    "several-shapes": gettext_lazy("Tệp có {count} vùng, nhiều hơn {limit}. Giữ lại các vùng của một khu đất."),
    "file-system": gettext_lazy("Tệp không cho biết hệ tọa độ và tọa độ không thuộc tỉnh trong hệ nào cổng biết."),
    "file-columns": gettext_lazy(
        "Không đọc được tệp CSV này. Lưu lại bằng bảng mã UTF-8, mỗi dòng một thửa hoặc một góc."
    ),
    "batch-columns": gettext_lazy(
        "Không thấy cột nào cho biết khu đất: cần mã thửa; hoặc tờ, thửa, xã; hoặc lon, lat (hay X, Y) và bán kính."
    ),
    "batch-rows": gettext_lazy("Một lô có từ 1 đến {limit} khu đất; danh sách này có {count}."),
}  # fmt: skip


class SiteTrouble(Exception):
    """Why something typed, drawn or sent is no site. `code` is a key of TROUBLES."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code, self.words = code, words

    @property
    def sentence(self) -> str:
        return str(TROUBLES[self.code]).format(**{name: said(word) for name, word in self.words.items()})
