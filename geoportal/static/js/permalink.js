// The state of the map in the address: #zoom/latitude/longitude/layers/base=…/with=…
// Layers: -roads (switched off), +wells (on), wells:60 (its strength in per cent), with commas between.

/** How far the map may be moved: west and south, east and north. */
export const REACHABLE = [[96, 4], [125, 28]]

/**
 * @typedef {{zoom: number, lat: number, lon: number}} View
 * @typedef {{switched: Record<string, boolean>, opacity: Record<string, number>, base: string, compared: ?number}} State
 *   `opacity` from 0 to 1; `base` empty for the portal's own; `compared` the snapshot on the other side
 * @typedef {{kind: 'layer'|'opacity'|'base'|'place'|'compared', name: string}} Fault
 */

/** @returns {State} */
export const nothing = () => ({ switched: {}, opacity: {}, base: '', compared: null })

/**
 * @param {string} hash
 * @param {{layers: Set<string>, bases: Set<string>}} known
 * @returns {{view: ?View, state: State, faults: Fault[]}} what can be shown, and what the address names in vain
 */
export function read(hash, known) {
  const [zoom, lat, lon, ...parts] = hash.replace(/^#/, '').split('/')
  /** @type {{view: ?View, state: State, faults: Fault[]}} */
  const found = { view: null, state: nothing(), faults: [] }
  if (lon === undefined) return found
  const view = { zoom: Number(zoom), lat: Number(lat), lon: Number(lon) }
  if (isReachable(view) && zoom && lat && lon) found.view = view
  else found.faults.push({ kind: 'place', name: `${lat} ${lon}` })
  for (const part of parts.filter(Boolean)) readPart(part, known, found)
  return found
}

function isReachable({ zoom, lat, lon }) {
  const [[west, south], [east, north]] = REACHABLE
  return zoom >= 0 && zoom <= 24 && lat >= south && lat <= north && lon >= west && lon <= east
}

function readPart(part, known, found) {
  const [, name, value] = part.match(/^(base|with)=(.*)$/) ?? []
  if (name === 'base') {
    if (known.bases.has(value)) found.state.base = value
    else found.faults.push({ kind: 'base', name: value })
  } else if (name === 'with') {
    if (/^[1-9]\d{0,8}$/.test(value)) found.state.compared = Number(value)
    else found.faults.push({ kind: 'compared', name: value })
  } else for (const word of part.split(',').filter(Boolean)) readLayer(word, known, found)
}

function readLayer(word, known, { state, faults }) {
  const [, sign, slug, strength] = word.match(/^([+-]?)([^:]*)(?::(.*))?$/) ?? []
  if (!known.layers.has(slug)) return faults.push({ kind: 'layer', name: slug ?? word })
  if (sign) state.switched[slug] = sign === '+'
  if (strength === undefined) return
  if (/^\d{1,3}$/.test(strength) && Number(strength) <= 100) state.opacity[slug] = Number(strength) / 100
  else faults.push({ kind: 'opacity', name: strength })
}

/** @param {View} view @param {State} state */
export function write({ zoom, lat, lon }, { switched, opacity, base, compared }) {
  const faint = Object.keys(opacity).filter((slug) => opacity[slug] < 1)
  const layers = [...new Set([...Object.keys(switched), ...faint])].map((slug) => {
    const sign = slug in switched ? (switched[slug] ? '+' : '-') : ''
    return sign + slug + (faint.includes(slug) ? `:${Math.round(opacity[slug] * 100)}` : '')
  })
  const parts = [layers.join(','), base && `base=${base}`, compared && `with=${compared}`]
  return `#${[zoom.toFixed(2), lat.toFixed(5), lon.toFixed(5), ...parts.filter(Boolean)].join('/')}`
}
