"""What goes into the API and what a problem looks like, as the schemas of its description."""

from __future__ import annotations

from typing import Any

Value = dict[str, Any]

PROBLEM: Value = {
    "type": "object",
    "required": ["code", "status", "title", "advice"],
    "properties": {
        "code": {"type": "string"},
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "advice": {"type": "string"},
        "trouble": {"type": "string"},
        "candidates": {"type": "array", "items": {"type": "object"}},
    },
}
SITE: Value = {
    "oneOf": [
        {
            "type": "object",
            "required": ["parcels"],
            "properties": {"parcels": {"type": "array", "items": {"type": "integer"}}},
        },
        {
            "type": "object",
            "required": ["corners"],
            "properties": {"corners": {"type": "string"}, "system": {"type": "integer"}},
        },
        {"type": "object", "required": ["geojson"], "properties": {"geojson": {"type": "object"}}},
        {
            "type": "object",
            "required": ["point", "radius_m"],
            "properties": {
                "point": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
                "radius_m": {"type": "number"},
            },
        },
        {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}},
    ]
}
BATCH: Value = {
    "type": "object",
    "required": ["sites"],
    "properties": {
        "sites": {
            "type": "array",
            "minItems": 1,
            "maxItems": 10_000,
            "items": {
                "anyOf": [
                    {"$ref": "#/components/schemas/Site"},
                    {"type": "object", "required": ["named"], "properties": {"named": {"type": "string"}}},
                ]
            },
        }
    },
}
SCHEMAS = {"Problem": PROBLEM, "Site": SITE, "Batch": BATCH}
