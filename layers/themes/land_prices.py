"""Rows of the province's land-price table (no shapes): by commune, road or area, position and land use.

Nghị định 49/2026/NĐ-CP, articles 6 to 8. Which position a parcel has is read from words of the decision, on the spot.
No geometry tells it, so the rows that may apply are told, and never one number as the price of a parcel.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import models

from layers.catalogue import register
from layers.declare import Field, Matched, Words
from layers.ground.admin_units import NEW
from layers.regulated import BASIS, RegulatedLayer, RegulatedRows


class LandPrice(RegulatedRows):
    """`price` in `price_unit`, as the table prints it. `commune_edition`: in whose list of communes the code stands."""

    commune_code = models.CharField(max_length=5)
    commune_edition = models.CharField(max_length=10, default=NEW)
    road = models.CharField(max_length=200, blank=True)
    segment = models.CharField(max_length=300, blank=True)
    area = models.CharField(max_length=60, blank=True)
    position = models.CharField(max_length=120, blank=True)
    land_use = models.CharField(max_length=8)
    vocabulary = models.CharField(max_length=12, default="2024")
    price = models.DecimalField(max_digits=14, decimal_places=2)
    price_unit = models.CharField(max_length=30, default="đồng/m²")
    coefficient = models.FloatField(null=True, blank=True)

    class Meta(RegulatedRows.Meta):
        indexes = [
            *RegulatedRows.Meta.indexes,
            models.Index(fields=["commune_code"], name="landprice_commune"),
        ]


register(
    RegulatedLayer(
        slug="land-prices",
        title=Words("Bảng giá đất", "Land-price table"),
        model=LandPrice,
        key=("commune_edition", "commune_code", "land_use", "road", "segment", "area", "position"),
        scope=("decision_no", "commune_code"),
        label="road",
        search=(),
        fields=(
            # Rows of a table seldom have a number or a name of their own: what they speak of tells them apart.
            *(replace(field, required=False) for field in BASIS),
            Field("commune_code", Words("Mã xã", "Commune code"), aliases=("MAXA",), public=True, required=True),
            Field("commune_edition", Words("Danh mục xã", "List of communes"), aliases=("DANHMUCXA",), public=True),
            Field("road", Words("Đường, khu dân cư", "Road or settlement"), aliases=("TENDUONG", "DUONG"), public=True),
            Field("segment", Words("Đoạn đường", "Segment"), aliases=("DOAN", "DOANDUONG"), public=True),
            Field("area", Words("Khu vực", "Area"), aliases=("KHUVUC",), public=True),
            Field("position", Words("Vị trí", "Position"), aliases=("VITRI",), public=True),
            Field(
                "land_use",
                Words("Loại đất", "Land use"),
                aliases=("LOAIDAT", "MALOAIDAT"),
                codes="land_use",
                public=True,
                required=True,
            ),
            Field(
                "vocabulary",
                Words("Bộ mã loại đất", "Land-use vocabulary"),
                aliases=("BOMA",),
                codes="vocabulary",
                public=True,
            ),
            Field(
                "price",
                Words("Giá trong bảng", "Price in the table"),
                aliases=("GIA", "GIADAT", "DONGIA"),
                public=True,
                required=True,
                unit_in="price_unit",
            ),
            Field("price_unit", Words("Đơn vị giá", "Unit of the price"), aliases=("DONVIGIA", "DVT"), public=True),
            Field(
                "coefficient",
                Words("Hệ số điều chỉnh", "Coefficient of adjustment"),
                aliases=("HESO", "HESODC"),
                public=True,
            ),
        ),
        tile_fields=(),
        on_map=False,
        report="rows",
        matched=Matched(
            commune="commune_code",
            edition="commune_edition",
            purpose="land_use",
            vocabulary="vocabulary",
            columns=("land_use", "price", "position", "road", "segment", "area", "coefficient"),
            order=("land_use", "road", "segment", "area", "position"),
        ),
        legal_basis=Words(
            "Nghị quyết 254/2025/QH15; Nghị định 49/2026/NĐ-CP, điều 6 đến 8; Nghị định 71/2024/NĐ-CP",
            "Resolution 254/2025/QH15; Decree 49/2026/NĐ-CP, articles 6 to 8; Decree 71/2024/NĐ-CP",
        ),
        meaning=Words(
            "Đây là các dòng của bảng giá đất có thể áp dụng cho xã và mục đích sử dụng này. Vị trí của thửa xác định theo lời văn của quyết định, không tính được từ bản đồ, nên cổng không đưa ra giá của thửa đất.",
            "These rows of the land-price table may apply to this commune and purpose. A parcel's position follows from the words of the decision and cannot be computed from a map, so the portal names no price of the parcel.",
        ),
        next_steps=Words(
            "Muốn biết dòng nào áp dụng khi tính thuế, lệ phí hoặc bồi thường, hỏi Ủy ban nhân dân xã hoặc Văn phòng đăng ký đất đai, mang theo giấy chứng nhận.",
            "To learn which row holds for a tax, a fee or compensation, ask the commune or the land registration office and bring the certificate.",
        ),
    )
)
