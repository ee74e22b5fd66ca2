"""The public API told once: the OpenAPI description and the page about it are both made from this table.

Every address under /api/ stands here (a test holds it), with an example that answers (another test asks each).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from geoportal.openapi_schemas import SCHEMAS, Value
from layers.declare import Words
from layers.ground.parcels import Parcel


@dataclass(frozen=True)
class Operation:
    """One address. `takes` are names of PARAMETERS; `query` and `body` an example. Without an example (`has_example`)
    nothing is promised to answer everywhere. `schema` describes the body."""

    path: str
    method: str
    summary: Words
    takes: tuple[str, ...] = ()
    query: str | None = None
    body: Value | None = None
    has_example: bool = True
    schema: str = "Site"
    problems: tuple[int, ...] = (400, 429)
    answers: int = 200


PARAMETERS: dict[str, tuple[str, str, Words]] = {
    "at": ("integer", "query", Words("Số của bản dữ liệu; mặc định là mới nhất.", "Number of a snapshot; the newest.")),
    "on": (
        "date",
        "query",
        Words("Ngày mà câu trả lời nói tới; mặc định hôm nay.", "Day the answer speaks of; today."),
    ),
    "feature_id": ("integer", "path", Words("Mã thửa đất trên cổng.", "Id of the parcel on the portal.")),
    "code": ("string", "path", Words("Mã của phiếu hoặc của lô.", "Code of a sheet or a batch.")),
    "parcel": ("integer", "query", Words("Mã thửa đất trên cổng.", "Id of the parcel on the portal.")),
    "parcels": (
        "string",
        "query",
        Words("Khu đất gồm các thửa có mã này, cách nhau dấu phẩy.", "A site of these parcels: ids apart by commas."),
    ),
    "outline": (
        "string",
        "query",
        Words(
            "Ranh khu đất: “đông,bắc đông,bắc …”, VN-2000 105°30′ múi 3°, mét; như trong liên kết của trang trả lời.",
            "Outline of a site: “east,north east,north …” in EPSG:9209, metres; as in the link of its answer.",
        ),
    ),
    "q": ("string", "query", Words("Nội dung tìm.", "What is looked for.")),
    "lon": ("number", "query", Words("Kinh độ, độ, WGS 84.", "Longitude, degrees, WGS 84.")),
    "lat": ("number", "query", Words("Vĩ độ, độ, WGS 84.", "Latitude, degrees, WGS 84.")),
    "commune": ("string", "query", Words("Mã xã, năm chữ số.", "Code of a commune, five digits.")),
    "activity": ("string", "query", Words("Mã hoạt động.", "Code of an activity.")),
    "after": ("integer", "query", Words("Số của dòng cuối đã đọc.", "Number of the last row read.")),
    "field": ("string", "query", Words("Lĩnh vực của thủ tục.", "Field of procedures.")),
}
CORNERS = "KTT 105°30'\n1 2262291.73 587448.56\n2 2262291.73 587498.56\n3 2262241.73 587498.56"
OPERATIONS = (
    Operation(
        "/api/report",
        "post",
        Words(
            "Điều gì áp dụng cho một khu đất: thửa, bảng góc, GeoJSON hoặc một điểm với bán kính.",
            "What applies to a site: parcels, a table of corners, GeoJSON, or a point with a radius.",
        ),
        ("at", "on"),
        body={"corners": CORNERS},
        problems=(400, 413, 422, 429),
    ),
    Operation(
        "/api/may-i",
        "post",
        Words("Ở khu đất này được làm gì.", "What may be done at a site."),
        ("activity", "at", "on"),
        query="activity=well",
        body={"point": [106.34, 20.45], "radius_m": 100},
        problems=(400, 413, 422, 429),
    ),
    Operation(
        "/api/parcels/{feature_id}/report",
        "get",
        Words("Điều gì áp dụng cho một thửa đất.", "What applies to a parcel."),
        ("feature_id", "at", "on"),
        problems=(400, 404, 410, 429),
    ),
    Operation(
        "/api/parcels/{feature_id}/may-i",
        "get",
        Words("Ở thửa đất này được làm gì.", "What may be done at a parcel."),
        ("feature_id", "activity", "at", "on"),
        query="activity=well",
        problems=(400, 404, 410, 429),
    ),
    Operation(
        "/api/search",
        "get",
        Words("Tìm thửa, xã, nơi, vùng.", "Find parcels, communes, places, zones."),
        ("q",),
        query="q=đông hưng",
    ),
    Operation(
        "/api/identify",
        "get",
        Words("Ở một điểm có gì.", "What is at a point."),
        ("lon", "lat", "at"),
        query="lon=106.34&lat=20.45",
    ),
    Operation(
        "/api/layers",
        "get",
        Words("Các lớp, chú giải và địa chỉ ô bản đồ.", "Layers, legends, addresses of tiles."),
        ("at",),
    ),
    Operation("/api/snapshots", "get", Words("Những lần công bố gần đây.", "Recent publications.")),
    Operation(
        "/api/coverage",
        "get",
        Words("Dữ liệu có gì, thiếu gì.", "What was surveyed, and what is missing."),
        ("commune",),
    ),
    Operation(
        "/api/procedures", "get", Words("Danh mục thủ tục.", "The catalogue of procedures."), ("q", "field", "at", "on")
    ),
    Operation(
        "/api/sheets",
        "get",
        Words(
            "Phiếu thông tin có chữ ký của một thửa (parcel) hoặc một khu đất (parcels, outline).",
            "The signed information sheet of a parcel, or of a site (parcels, outline).",
        ),
        ("parcel", "parcels", "outline", "at", "on"),
        has_example=False,
        problems=(400, 404, 422, 429),
    ),
    Operation(
        "/api/sheets/{code}",
        "get",
        Words("Một phiếu đã cấp có còn đúng không.", "Whether a sheet that was issued still holds."),
        ("code",),
        has_example=False,
        problems=(404, 429),
    ),
    Operation(
        "/api/batches",
        "post",
        Words(
            "Hỏi nhiều khu đất cùng lúc: sites, hoặc một tệp (multipart, file). Trả lời 202 với địa chỉ của lô.",
            "Many sites at once: sites, or a file (multipart, file). Answers 202 with the address of the batch.",
        ),
        ("at", "on"),
        body={"sites": [{"name": "A", "corners": CORNERS}, {"name": "B", "point": [106.34, 20.45], "radius_m": 100}]},
        schema="Batch",
        has_example=False,
        answers=202,
        problems=(400, 409, 413, 422, 429),
    ),
    Operation(
        "/api/batches/{code}",
        "get",
        Words(
            "Một lô đã tới đâu, và các dòng từ số after (mỗi lần 500 dòng).",
            "How far a batch is, and its rows behind number after (500 at a time).",
        ),
        ("code", "after"),
        has_example=False,
        problems=(400, 404, 429),
    ),
    Operation("/api/openapi.json", "get", Words("Bản mô tả này.", "This description.")),
)


@dataclass(frozen=True)
class Example:
    """An example with ids that exist: `address` with its query, `body` as JSON text or empty."""

    operation: Operation
    address: str
    body: str = ""


def examples(snapshot: int) -> list[Example]:
    """One for each operation that promises one, filled with a parcel of the snapshot."""
    parcel = (
        Parcel.objects.filter(until=None, since__lte=snapshot).order_by("row_id").values_list("feature_id", flat=True)
    )
    feature_id = str(parcel.first() or 1)
    return [example(one, feature_id) for one in OPERATIONS if one.has_example]


def example(one: Operation, feature_id: str) -> Example:
    address = one.path.replace("{feature_id}", feature_id) + (f"?{one.query}" if one.query else "")
    return Example(one, address, json.dumps(one.body, ensure_ascii=False) if one.body else "")


def document(release: str, language: str) -> Value:
    """The OpenAPI 3.1 description, its words in one language."""

    def say(words: Words) -> str:
        return words.en if language.startswith("en") else words.vi

    return {
        "openapi": "3.1.0",
        "info": {
            "title": say(Words("Cổng bản đồ đất đai – môi trường", "Map of land and environment")),
            "version": release,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {one.path: {one.method: operation(one, say)} for one in OPERATIONS},
        "components": {"schemas": SCHEMAS},
    }


def operation(one: Operation, say: Callable[[Words], str]) -> Value:
    told: Value = {
        "operationId": one.method + one.path.replace("/", "-").replace("{", "").replace("}", "").replace(".", "-"),
        "summary": say(one.summary),
        "parameters": [parameter(name, one, say) for name in one.takes],
        "responses": {str(one.answers): {"description": "OK", "content": {"application/json": {}}}}
        | {str(status): problem(status) for status in one.problems},
    }
    if one.body is not None:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{one.schema}"}, "example": one.body}}
        told["requestBody"] = {"required": True, "content": content}
    return told


def parameter(name: str, one: Operation, say: Callable[[Words], str]) -> Value:
    kind, place, words = PARAMETERS[name]
    schema = {"type": "string", "format": "date"} if kind == "date" else {"type": kind}
    one_of = one.path == "/api/sheets"
    always = name in ("lon", "lat", "parcel", "activity") and not one_of
    required = place == "path" or always or one.path == "/api/search"
    return {"name": name, "in": place, "required": required, "description": say(words), "schema": schema}


def problem(status: int) -> Value:
    told: Value = {
        "description": {429: "Retry-After"}.get(status, "Problem"),
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status == 429:
        told["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return told
