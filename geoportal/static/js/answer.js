// The answer on the map: its parcel chosen, its zones switched on and outlined; a card pointed at lights its zone.

/**
 * @typedef {{id: number, lon: number, lat: number, span: number}} Chosen
 * @typedef {{layer: string, id: number, card: HTMLElement}} Zone
 */

/** @returns {?Chosen} the parcel the panel answers for */
export function chosenIn(panel) {
  const found = panel.querySelector('[data-parcel]')
  if (!found) return null
  const { parcel, lon, lat, span } = found.dataset
  return { id: Number(parcel), lon: Number(lon), lat: Number(lat), span: Number(span) }
}

/** @returns {?{lon: number, lat: number, span: number}} the place the panel speaks of, when it is not a parcel */
export function placeIn(panel) {
  const found = panel.querySelector('[data-lon]:not(a)')
  return found && { lon: Number(found.dataset.lon), lat: Number(found.dataset.lat), span: 60 }
}

/** @returns {Zone[]} */
export const zonesIn = (panel) =>
  [...panel.querySelectorAll('[data-feature]')].map((card) => ({
    layer: card.closest('[data-layer]').dataset.layer,
    id: Number(card.dataset.feature),
    card,
  }))

/** Outlines the zones, and lets each card light its own. */
export function showZones(map, zones) {
  for (const { layer, id, card } of zones) {
    if (!map.getSource(layer)) continue
    const state = (values) => map.setFeatureState({ source: layer, sourceLayer: layer, id }, values)
    state({ answer: true })
    for (const [event, lit] of [['mouseenter', true], ['mouseleave', false], ['focusin', true], ['focusout', false]]) {
      card.addEventListener(event, () => {
        state({ lit })
        card.classList.toggle('is-lit', lit)
      })
    }
  }
}

/** Forgets the zones of an earlier answer. */
export function hideZones(map, layers) {
  for (const { slug } of layers) {
    if (map.getSource(slug)) map.removeFeatureState({ source: slug, sourceLayer: slug })
  }
}

/** Slugs of the layers whose records the panel shows. */
export const answeredIn = (panel) => new Set(zonesIn(panel).map(({ layer }) => layer))
