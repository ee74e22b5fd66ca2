// The MapLibre style as a pure function of the layers' declarations: no map, no page, no state.
import { hatchName, symbolName } from './patterns.js'

/**
 * @typedef {{vi: string, en: string}} Words
 * @typedef {{value: ?string, title: Words, fill: string, line: string, hatch: string, symbol: string, dash: number[], width: number, opacity: number}} LegendClass
 * @typedef {{slug: string, title: Words, theme: string, geometry: 'area'|'line'|'point', minzoom: number, maxzoom: number, tiles: ?string,
 *   tiles_maxzoom: number, label: string, legend_by: ?string, legend: LegendClass[], reach: ?string, covers_ground: boolean,
 *   tinted_by: ?string}} Layer
 */

const SEA = '#c4dcea'
const LAND = '#f4f0e6'
const INK = '#12211d'
const CHOSEN = '#f5d98a'
const [REGULAR, BOLD, ITALIC] = [['Map Regular'], ['Map Bold'], ['Map Italic']]

// How the ground is labelled: the fabric everything stands on has its own look, told by its own names.
const LABELS = {
  parcels: { minzoom: 17, font: REGULAR, size: 11.5, colour: '#4d5650' },
  'map-sheets': { minzoom: 12.5, maxzoom: 15, font: REGULAR, size: 11, colour: '#8a7f6b' },
  waters: { minzoom: 12, font: ITALIC, size: 14, colour: '#245a80' },
  roads: { minzoom: 13.5, font: REGULAR, size: 11.5, colour: '#6d6350', along: true },
  'admin-units': { minzoom: 9, maxzoom: 13, font: BOLD, size: 12.5, colour: '#4d4636' },
  'place-names': { minzoom: 12.5, font: BOLD, size: 13, colour: '#3c453f' },
}
// Metres on the ground for one pixel at zoom 0 in the province's latitude (20.5°), tiles of 512 pixels.
const METRES_AT_ZERO = 78271.517 * Math.cos((20.5 * Math.PI) / 180)

/**
 * @param {Layer[]} layers
 * @param {{base: string, tints: Record<string, string>, off: Set<string>, origin: string}} options `off`: slugs of
 *   layers that begin hidden; the map asks for no tile of theirs
 */
export function styleOf(layers, { base, tints, off, origin }) {
  const shown = layers.filter((layer) => layer.tiles)
  const drawn = shown.flatMap((layer) => pictures(layer, tints)).sort((a, b) => a.metadata.rank - b.metadata.rank)
  const hidden = (picture) => (off.has(picture.metadata?.slug) ? { ...picture, layout: { ...picture.layout, visibility: 'none' } } : picture)
  return {
    version: 8,
    sources: {
      base: { type: 'geojson', data: base },
      mark: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      ...Object.fromEntries(shown.map((layer) => [layer.slug, sourceOf(layer, origin)])),
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': SEA } },
      { id: 'land', type: 'fill', source: 'base', filter: ['!', ['has', 'name']], paint: { 'fill-color': LAND } },
      ...drawn.filter(({ metadata }) => metadata.rank < RANK.theme.point),
      ...chosenParcel(shown),
      ...drawn.filter(({ metadata }) => metadata.rank === RANK.theme.point),
      ...shown.filter((layer) => LABELS[layer.slug]).map(labelsOf),
      ...chosenNumber(shown),
      archipelagos(),
      mark(),
    ].map(hidden),
  }
}

// From bottom to top. A corridor reaches over land and water alike; drawn below the water it shows where it matters.
// A plan that covers the ground lies on the parcels, below everything that helps to find one's way.
const RANK = { ground: { area: 0, line: 4, point: 5 }, cover: 0.5, reach: 1, waters: 2, theme: { area: 6, line: 7, point: 8 } }

/** Tiles hold lines a little beyond their edge; a strip needs all of its reach there, so its tiles are the wider ones. */
const REACH_MAXZOOM = 14

const sourceOf = (layer, origin) => ({
  type: 'vector',
  tiles: [origin + layer.tiles],
  minzoom: layer.minzoom,
  maxzoom: layer.reach ? Math.min(layer.tiles_maxzoom, REACH_MAXZOOM) : layer.tiles_maxzoom,
})

/** @param {Layer} layer */
function pictures(layer, tints) {
  if (layer.slug === 'place-names') return []
  const make = { area: areas, line: lines, point: dots }[layer.geometry]
  return make(layer, tints).map((picture) => ({
    source: layer.slug,
    'source-layer': layer.slug,
    minzoom: layer.minzoom,
    ...(layer.maxzoom < 22 && { maxzoom: layer.maxzoom }),
    ...picture,
    id: `${layer.slug}:${picture.id}`,
    metadata: { slug: layer.slug, ground: layer.theme === 'ground', rank: picture.rank ?? rankOf(layer) },
  })).map(({ rank, ...picture }) => picture)
}

const rankOf = ({ slug, theme, geometry, covers_ground: covers }) =>
  RANK[slug] ?? (covers ? RANK.cover : RANK[theme === 'ground' ? 'ground' : 'theme'][geometry])

function areas(layer, tints) {
  const tinted = layer.tinted_by
  const opacity = byClass(layer, (entry) => entry.opacity)
  const fill = {
    id: 'fill',
    type: 'fill',
    paint: {
      'fill-color': tinted ? ['match', ['get', tinted], ...Object.entries(tints).flat(), layer.legend[0].fill] : byClass(layer, (entry) => entry.fill),
      'fill-opacity': tinted ? 0.9 : whenLit(opacity, ['min', 1, ['+', opacity, 0.25]]),
    },
  }
  const hatched = layer.legend.filter((entry) => entry.hatch !== 'none').map((entry, i) => ({
    id: `hatch-${i}`,
    type: 'fill',
    ...(layer.legend_by && { filter: isClass(layer, entry) }),
    paint: { 'fill-pattern': hatchName(entry) },
  }))
  return [...(layer.legend.some((entry) => entry.opacity > 0) ? [fill] : []), ...hatched, ...outlines(layer)]
}

function lines(layer) {
  if (layer.reach) return corridor(layer)
  if (layer.slug !== 'roads') return outlines(layer)
  const width = (extra) => ['interpolate', ['exponential', 1.6], ['zoom'], 10, 0.6 + extra, 14, 2.4 + extra, 18, 14 + extra]
  const round = { 'line-cap': 'round', 'line-join': 'round' }
  return [
    { id: 'casing', type: 'line', layout: round, paint: { 'line-color': layer.legend[0].line, 'line-width': width(1.6) } },
    { id: 'line', type: 'line', layout: round, paint: { 'line-color': layer.legend[0].fill, 'line-width': width(0) } },
  ]
}

/** A strip of ground on both sides of a line: translucent, with its two edges, and the line itself. */
function corridor(layer) {
  const [entry] = layer.legend
  const wide = (factor) => {
    const at = (zoom) => ['*', ['to-number', ['get', layer.reach]], (factor * 2 ** zoom) / METRES_AT_ZERO]
    return ['interpolate', ['exponential', 2], ['zoom'], 6, at(6), 22, at(22)]
  }
  return [
    { id: 'strip', rank: RANK.reach, type: 'line', paint: { 'line-color': entry.fill, 'line-opacity': whenLit(entry.opacity, entry.opacity + 0.2), 'line-width': wide(2) } },
    { id: 'edges', rank: RANK.reach, type: 'line', minzoom: 14.5, paint: { 'line-color': entry.line, 'line-gap-width': wide(2), 'line-width': whenState(1, 2.5), 'line-dasharray': [4, 2] } },
    { id: 'line', type: 'line', layout: { 'line-cap': 'round' }, paint: { 'line-color': entry.line, 'line-width': whenState(entry.width, entry.width + 1.5) } },
  ]
}

const outlines = (layer) =>
  layer.legend.map((entry, i) => ({
    id: `line-${i}`,
    type: 'line',
    ...(layer.legend_by && { filter: isClass(layer, entry) }),
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': entry.line,
      'line-width': layer.theme === 'ground' ? entry.width : whenState(entry.width, entry.width + 2.5),
      ...(entry.dash.length && { 'line-dasharray': entry.dash }),
      ...(layer.slug === 'parcels' && { 'line-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0.3, 17, 1] }),
    },
  }))

/** A symbol cannot grow with the state of its feature, so a disc below it does. */
const dots = (layer) => [
  {
    id: 'halo',
    type: 'circle',
    paint: {
      'circle-radius': whenState(0, 27),
      'circle-color': byClass(layer, (entry) => entry.line),
      'circle-opacity': 0.35,
    },
  },
  {
    id: 'dot',
    type: 'symbol',
    layout: { 'icon-image': byClass(layer, symbolName), 'icon-allow-overlap': true, 'icon-ignore-placement': true },
  },
]

/** A value for zones as they are, and one for the zone that is pointed at. */
const whenLit = (usual, lit) => ['case', ['boolean', ['feature-state', 'lit'], false], lit, usual]

/** A value for zones as they are, a stronger one for those of the answer that are pointed at; in between, those of the answer. */
const whenState = (usual, lit) => [
  'case',
  ['boolean', ['feature-state', 'lit'], false],
  lit,
  ['boolean', ['feature-state', 'answer'], false],
  typeof usual === 'number' && typeof lit === 'number' ? usual + (lit - usual) / 3 : usual,
  usual,
]

const isClass = (layer, entry) => {
  const value = ['to-string', ['get', layer.legend_by]]
  if (entry.value !== null) return ['==', value, entry.value]
  return ['!', ['in', value, ['literal', layer.legend.map((other) => other.value).filter((other) => other !== null)]]]
}

/** @param {(entry: LegendClass) => any} read */
function byClass(layer, read) {
  const [first, ...rest] = layer.legend
  if (!layer.legend_by || !rest.length) return read(first)
  const branches = layer.legend.filter(({ value }) => value !== null).flatMap((entry) => [entry.value, read(entry)])
  return ['match', ['to-string', ['get', layer.legend_by]], ...branches, read(first)]
}

/** The chosen parcel is the one strong thing on the map. */
function chosenParcel(layers) {
  const parcels = layers.find(({ slug }) => slug === 'parcels')
  if (!parcels) return []
  const common = { source: 'parcels', 'source-layer': 'parcels', minzoom: parcels.minzoom, filter: ['==', ['id'], -1] }
  return [
    { ...common, id: 'chosen-fill', type: 'fill', paint: { 'fill-color': CHOSEN, 'fill-opacity': 0.55 } },
    { ...common, id: 'chosen-line', type: 'line', layout: { 'line-join': 'round' }, paint: { 'line-color': INK, 'line-width': 3.5 } },
  ]
}

/** Its number stands out as well, and gives way to no other. */
function chosenNumber(layers) {
  const parcels = layers.find(({ slug }) => slug === 'parcels')
  if (!parcels) return []
  const label = labelsOf(parcels)
  const layout = { ...label.layout, 'text-font': BOLD, 'text-size': 16, 'text-allow-overlap': true }
  return [{ ...label, id: 'chosen-number', metadata: {}, minzoom: 15, filter: ['==', ['id'], -1], layout, paint: { ...label.paint, 'text-color': INK } }]
}

function labelsOf(layer) {
  const { minzoom, maxzoom = 24, font, size, colour, along } = LABELS[layer.slug]
  return {
    id: `${layer.slug}:label`,
    type: 'symbol',
    source: layer.slug,
    'source-layer': layer.slug,
    minzoom: Math.max(minzoom, layer.minzoom),
    maxzoom,
    metadata: { slug: layer.slug },
    layout: {
      'text-field': ['to-string', ['get', layer.label]],
      'text-font': font,
      'text-size': size,
      'text-padding': 10,
      'text-max-width': 8,
      ...(along && { 'symbol-placement': 'line', 'symbol-spacing': 320 }),
    },
    paint: { 'text-color': colour, 'text-halo-color': 'rgba(255,253,247,.85)', 'text-halo-width': 1.4 },
  }
}

const archipelagos = () => ({
  id: 'archipelagos',
  type: 'symbol',
  source: 'base',
  filter: ['has', 'name'],
  layout: { 'text-field': ['get', 'name'], 'text-font': ITALIC, 'text-size': 13, 'text-max-width': 8, 'text-allow-overlap': true },
  paint: { 'text-color': '#245a80', 'text-halo-color': 'rgba(255,255,255,.8)', 'text-halo-width': 1.4 },
})

const mark = () => ({
  id: 'mark',
  type: 'circle',
  source: 'mark',
  paint: { 'circle-radius': 5, 'circle-color': '#0057d9', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2.5 },
})
