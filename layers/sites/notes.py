"""What was assumed when a site was read: a table of sentences, told with every answer about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy, override

from layers.declare import Words

NOTES = {
    "system-said": gettext_lazy("Hiểu tọa độ theo {system}, như đã ghi."),
    "system-only": gettext_lazy("Hiểu tọa độ theo {system}: hệ duy nhất đưa khu đất vào tỉnh."),
    "system-fits": gettext_lazy("Hiểu tọa độ theo {system}: hệ duy nhất mà các góc khớp với ranh thửa."),
    "system-chosen": gettext_lazy("Hiểu tọa độ theo {system}, do bạn chọn."),
    "north-first": gettext_lazy("Cột X (bắc) đứng trước, Y (đông) đứng sau."),
    "east-first": gettext_lazy("Cột Y (đông) đứng trước, X (bắc) đứng sau."),
    "latitude-first": gettext_lazy("Vĩ độ đứng trước, kinh độ đứng sau."),
    "longitude-first": gettext_lazy("Kinh độ đứng trước, vĩ độ đứng sau."),
    "zone-dropped": gettext_lazy("Bỏ số múi {zone} đứng trước Y."),
    "closed": gettext_lazy("Góc đầu không lặp lại ở cuối; đã nối góc cuối với góc đầu."),
    "first-repeated": gettext_lazy("Góc đầu lặp lại ở cuối được tính một lần."),
    "duplicates-dropped": gettext_lazy("Bỏ {count} góc lặp lại liền nhau."),
    "edges-agree": gettext_lazy("{count} chiều dài cạnh trong bảng khớp với tọa độ."),
    "edges-not-used": gettext_lazy("Cột số bên cạnh tọa độ không phải chiều dài cạnh nên không dùng."),
    "several-parts": gettext_lazy("Khu đất có {count} phần rời nhau."),
    "fits-cadastre": gettext_lazy("Các góc cách ranh thửa gần nhất nhiều nhất {miss} m."),
    "off-cadastre": gettext_lazy("Có góc cách ranh thửa gần nhất hơn {limit} m: ranh khu đất không theo ranh thửa."),
    "mended": gettext_lazy("Đã sửa hình không hợp lệ mà không đổi vùng phủ."),
    "gap-closed": gettext_lazy("Đường hở {gap} m đã được khép kín bằng đoạn thẳng."),
    "circle": gettext_lazy("Vòng tròn bán kính {radius} m quanh điểm {lat}° B, {lon}° Đ."),
    "file-system": gettext_lazy("Hiểu tọa độ của tệp theo {system}."),
    "file-not-kept": gettext_lazy("Tệp đã được xóa sau khi đọc; cổng không giữ tệp."),
    "no-commune": gettext_lazy("Khu đất không nằm trong xã nào mà cổng có ranh giới: có thể ở ngoài tỉnh."),
    "table-read": gettext_lazy("Đọc {count} góc từ bảng."),
}


SIGNS = str.maketrans(",.", ".,")


def said(word: object) -> str:
    """A word of a sentence in the reader's language: a measure (Decimal) with its signs, other things as they are."""
    if not isinstance(word, Decimal):
        return str(word)
    english = f"{word:,f}"
    return english if (get_language() or "vi").startswith("en") else english.translate(SIGNS)


@dataclass(frozen=True)
class Note:
    """`code` is a key of NOTES; `words` fill its blanks, in both languages where a blank is itself words."""

    code: str
    words: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(NOTES[self.code]).format(**{name: said(word) for name, word in self.words.items()})

    @property
    def text(self) -> Words:
        with override("vi"):
            vietnamese = str(self)
        with override("en"):
            return Words(vietnamese, str(self))
