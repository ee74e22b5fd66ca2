"""Every declared layer, by slug, in the order of declaration."""

from __future__ import annotations

from functools import lru_cache

from layers.declare import Layer, ReportRule, Words

# The fixed order in which an answer speaks of its themes, so that two answers can be compared line by line.
THEMES: dict[str, Words] = {
    "land-use-plan": Words("Quy hoạch sử dụng đất", "Land-use plan"),
    "water": Words("Tài nguyên nước", "Water resources"),
    "minerals": Words("Khoáng sản", "Minerals"),
    "coast": Words("Bờ biển và biển", "Coast and sea"),
    "environment": Words("Môi trường", "Environment"),
    "hydrometeorology": Words("Khí tượng thủy văn", "Hydrometeorology"),
}

ORDER = {theme: place for place, theme in enumerate((*THEMES, "ground"))}

_layers: dict[str, Layer] = {}


def register(layer: Layer) -> Layer:
    """Take a declaration in. Raises ValueError when its slug is taken, its theme unknown, or it contradicts itself."""
    if layer.slug in _layers:
        raise ValueError(f"{layer.slug}: declared twice")
    if layer.theme not in {*THEMES, "ground"}:
        raise ValueError(f"{layer.slug}: no theme called {layer.theme}")
    layer.check()
    _layers[layer.slug] = layer
    return layer


def get(slug: str) -> Layer:
    """The layer of that slug; KeyError when there is none."""
    return _layers[slug]


def every() -> tuple[Layer, ...]:
    return tuple(_layers.values())


def mapped() -> tuple[Layer, ...]:
    """Layers that are drawn on the map: the ground first, then theme by theme in their fixed order."""
    return _mapped(every())


def of_theme(theme: str) -> tuple[Layer, ...]:
    return tuple(layer for layer in _layers.values() if layer.theme == theme)


def reported() -> tuple[Layer, ...]:
    """Layers that answer by zones, in the fixed order of themes."""
    return by_rule("zones")


def composed() -> tuple[Layer, ...]:
    """Layers that cover the ground and answer by composition, in the fixed order of themes."""
    return by_rule("composition")


def judged() -> tuple[Layer, ...]:
    """Layers that decide answers, by zones or by composition, in the fixed order of themes."""
    return _judged(every())


def by_rule(rule: ReportRule) -> tuple[Layer, ...]:
    """Layers of one report rule, in the fixed order of themes; those of no theme last."""
    return _by_rule(every(), rule)


# Asked dozens of times for each answer, always of the same layers.
@lru_cache(maxsize=8)
def _mapped(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    shown = [layer for layer in layers if layer.on_map and layer.geometry_type]
    return tuple(sorted(shown, key=lambda layer: (layer.theme != "ground", ORDER[layer.theme])))


@lru_cache(maxsize=8)
def _judged(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    return tuple(sorted((layer for layer in layers if layer.is_judged), key=lambda layer: ORDER[layer.theme]))


@lru_cache(maxsize=64)
def _by_rule(layers: tuple[Layer, ...], rule: ReportRule) -> tuple[Layer, ...]:
    found = [layer for layer in layers if layer.report == rule]
    return tuple(sorted(found, key=lambda layer: ORDER[layer.theme]))
