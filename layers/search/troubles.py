"""What can be wrong with typed coordinates or a parcel code: a table of sentences, each with what to look at again."""

from __future__ import annotations

from django.utils import formats
from django.utils.translation import gettext_lazy

from layers.search.coordinates.angles import LATITUDES, LONGITUDES, within
from layers.search.coordinates.reading import Reading
from layers.systems import PROVINCE

TROUBLES = {
    "one-number": gettext_lazy("Tọa độ cần hai số, mới thấy một. Gõ thêm số kia, ví dụ 20,45044; 106,34048."),
    "minutes": gettext_lazy("Phút và giây phải nhỏ hơn 60. Kiểm tra lại từng số."),
    "same-direction": gettext_lazy("Hai số cùng chỉ một hướng. Cần một vĩ độ (B) và một kinh độ (Đ)."),
    "no-latitude": gettext_lazy("Không có vĩ độ nào lớn hơn 90. Kiểm tra lại hai số."),
    "no-longitude": gettext_lazy("Không có kinh độ nào lớn hơn 180. Kiểm tra lại hai số."),
    "digits": gettext_lazy(
        "Tọa độ VN-2000 có X (bắc) 7 chữ số và Y (đông) 6 chữ số trước dấu phẩy; số đã gõ thừa hoặc thiếu chữ số."
    ),
    "paragraph-picked": gettext_lazy("Câu hỏi dài: chỉ tìm theo những gì nhận ra được trong đó."),
    "paragraph-empty": gettext_lazy(
        "Câu hỏi dài mà không nhận ra số thửa, số tờ, tên xã hay số quyết định nào. Gõ riêng số hoặc tên cần tìm."
    ),
    "axes-wrong": gettext_lazy(
        "Theo thứ tự đã chọn, hai số không thành một điểm: vĩ độ không quá 90, Y (đông) có 6 chữ số trước dấu phẩy."
    ),
    "no-system": gettext_lazy(
        "Không có hệ VN-2000 nào với kinh tuyến trục hoặc mã EPSG đã gõ, ví dụ đúng: KTT 105°30'."
    ),
    "other-province": gettext_lazy("Điểm {lat}° B, {lon}° Đ nằm ở tỉnh khác; cổng này chỉ có dữ liệu của tỉnh mình."),
    "abroad": gettext_lazy("Điểm {lat}°, {lon}° nằm ngoài Việt Nam. Kiểm tra lại hai số."),
    "latitude-odd": gettext_lazy(
        "Kinh độ {lon}° là của tỉnh nhưng vĩ độ {lat}° thì không: có thể gõ thừa hoặc thiếu chữ số."
    ),
    "longitude-odd": gettext_lazy(
        "Vĩ độ {lat}° là của tỉnh nhưng kinh độ {lon}° thì không: có thể gõ thừa hoặc thiếu chữ số."
    ),
    "no-zone": gettext_lazy(
        "Không kinh tuyến trục nào đưa điểm X {north}, Y {east} vào tỉnh: điểm của tỉnh khác, hoặc gõ sai chữ số."
    ),
    "said-zone": gettext_lazy(
        "Theo {system}, điểm X {north}, Y {east} nằm ngoài tỉnh. Kiểm tra lại kinh tuyến trục và hai số."
    ),
    "no-commune": gettext_lazy(
        "Không xã nào có ranh giới trên cổng chứa điểm này: có thể ở ngoài biển, ở tỉnh khác, hoặc gõ sai chữ số."
    ),
    "commune-unknown": gettext_lazy("Không có xã, phường nào tên “{name}”, cũ hay mới. Kiểm tra lại tên."),
    "place-needed": gettext_lazy(
        "Thửa đất chỉ liệt kê trong một xã, trong khung bản đồ hoặc trong vùng vẽ. Chọn thêm một trong ba."
    ),
    "code-shape": gettext_lazy(
        "Mã định danh thửa đất có đúng 12 ký tự, gồm chữ số và các chữ cái trừ a, i, l, o. Kiểm tra lại mã."
    ),
    "code-outside": gettext_lazy("Không thửa nào mang mã này, và điểm mà mã chỉ tới nằm ngoài tỉnh. Kiểm tra lại mã."),
    "code-no-parcel": gettext_lazy(
        "Không thửa nào mang mã này, và tại điểm mà mã chỉ tới không có thửa nào. Kiểm tra lại mã."
    ),
}


def sentence(code: str, **words: object) -> str:
    return str(TROUBLES[code]).format(**words)


def outside(readings: tuple[Reading, ...], north: object = "", east: object = "") -> str:
    """Why none of the readings lies in the province, as one sentence."""
    first = readings[0]
    if first.system.in_degrees:
        return sentence(_of_degrees(first.x, first.y), lat=degrees(first.y), lon=degrees(first.x))
    code = "said-zone" if len(readings) == 1 else "no-zone"
    return sentence(code, system=first.system.title, north=north, east=east)


def _of_degrees(lon: float, lat: float) -> str:
    if within(lat, LATITUDES) and within(lon, LONGITUDES):
        return "other-province"
    west, south, east, north = PROVINCE
    if west <= lon <= east:
        return "latitude-odd"
    return "longitude-odd" if south <= lat <= north else "abroad"


def degrees(value: float) -> str:
    """Five decimals (about a metre) with the reader's decimal sign."""
    return str(formats.number_format(round(value, 5), 5))
