// Which layers show, how strongly, on which base: the visitor's wishes laid on the map.
import { applyOpacity } from './opacity.js'

/** The ground is always there; a theme when the visitor says so, else when the panel speaks of it; a plan over all the
 * ground only when the visitor says so.
 * @returns {Set<string>} slugs */
export function switchedOff(layers, { switched }, answered) {
  const usual = ({ slug, theme, covers_ground: covers }) => !covers && (theme === 'ground' || answered.has(slug))
  return new Set(layers.filter((layer) => !(switched[layer.slug] ?? usual(layer))).map(({ slug }) => slug))
}

/** @param {Set<string>} off @param {boolean} bare whether somebody else's base map lies below */
export function applyState(map, state, off, bare) {
  for (const { id, metadata } of map.getStyle().layers) {
    if (metadata?.slug) map.setLayoutProperty(id, 'visibility', off.has(metadata.slug) ? 'none' : 'visible')
  }
  applyOpacity(map, state.opacity, bare)
}
