// How strongly a layer is drawn: every picture of it, by the factor the visitor chose, on top of its declaration.

const STRENGTHS = {
  fill: ['fill-opacity'],
  line: ['line-opacity'],
  circle: ['circle-opacity'],
  symbol: ['icon-opacity', 'text-opacity'],
}
/** @type {WeakMap<object, Map<string, any>>} what the style said before anybody moved a slider, by map */
const declared = new WeakMap()

/**
 * @param {Record<string, number>} opacity factors from 0 to 1 by layer; a layer not named is drawn as declared
 * @param {boolean} bare the ground without its tints: they would hide a photograph below
 */
export function applyOpacity(map, opacity, bare) {
  const before = declared.get(map) ?? new Map()
  declared.set(map, before)
  for (const { id, type, metadata } of map.getStyle().layers) {
    const factor = bare && metadata?.ground && type === 'fill' ? 0 : (opacity[metadata?.slug] ?? 1)
    for (const name of (metadata?.slug && STRENGTHS[type]) || []) {
      const key = `${id} ${name}`
      if (factor === 1 && !before.has(key)) continue
      if (!before.has(key)) before.set(key, map.getPaintProperty(id, name))
      map.setPaintProperty(id, name, times(before.get(key) ?? 1, factor))
    }
  }
}

/** A value of a style times a factor. The zoom must stay outermost in its expression, so its stops are multiplied. */
export function times(value, factor) {
  if (typeof value === 'number') return value * factor
  if (value[0] !== 'interpolate') return ['*', factor, value]
  return value.map((part, place) => (place > 3 && place % 2 === 0 ? times(part, factor) : part))
}
