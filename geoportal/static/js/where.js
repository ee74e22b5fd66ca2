// The rules of one activity as a map: the zones drawn by verdict, below them the ground where every layer was surveyed.
import { addInstruments } from './instruments.js'
import { addHatches, hatchName } from './patterns.js'
import { beginStill, stillIn, tellWaking, viewOf } from './still.js'

const side = document.querySelector('#map-side')
const container = document.querySelector('#map')
const json = (id) => JSON.parse(document.getElementById(id).textContent)
const layers = json('map-layers')
const STYLES = json('verdict-styles')

const still = stillIn(container)
let waking = null

if (still) beginStill(still, { side, container, wake, pointed: () => undefined })
else wake()

function wake() {
  waking ??= open().catch((error) => {
    waking = null
    throw error
  })
  return waking
}

/** @returns {Promise<?any>} the living map when it is drawn; null where the browser can draw none */
async function open() {
  if (!document.createElement('canvas').getContext('webgl2')) {
    side.classList.add('is-still')
    return null
  }
  const off = new Set(layers.filter(({ covers_ground: covers }) => covers).map(({ slug }) => slug))
  const made = import('./map.js').then(({ makeMap }) => makeMap(container, { layers, tints: json('land-use-tints'), off, view: still && viewOf(still, container) }))
  const ready = made.then((map) => new Promise((done) => map.once('load', () => done(map))))
  if (still) tellWaking({ side, container }, made, ready)
  const map = await made
  if (!still) addInstruments(map, side)
  map.on('load', () => addGround(map))
  return ready
}

/** Two fills over the land and below every zone: what holds anywhere, and hatched what nobody assessed. */
function addGround(map) {
  const address = document.querySelector('script[data-assessed]').dataset.assessed
  addHatches(map, [{ legend: Object.values(STYLES) }])
  map.addSource('assessed', { type: 'geojson', data: address })
  const firstZone = map.getStyle().layers.find(({ metadata }) => metadata?.slug && layers.some(({ slug, theme }) => slug === metadata.slug && theme !== 'ground'))
  const colour = ['match', ['get', 'verdict'], ...Object.entries(STYLES).filter(([code]) => code).flatMap(([code, { fill }]) => [code, fill]), STYLES[''].fill]
  map.addLayer({ id: 'assessed-fill', type: 'fill', source: 'assessed', paint: { 'fill-color': colour, 'fill-opacity': 0.16 } }, firstZone?.id)
  map.addLayer({ id: 'assessed-hatch', type: 'fill', source: 'assessed', filter: ['==', ['get', 'verdict'], ''], paint: { 'fill-pattern': hatchName(STYLES['']) } }, firstZone?.id)
}
