// Wires the page: the map beside the panel, the answer on the map, a click that asks what is there.
import { chosenIn, hideZones, placeIn, showZones, zonesIn } from './answer.js'
import { makeLegend } from './legend.js'
import * as permalink from './permalink.js'

const panel = document.querySelector('#panel')
const side = document.querySelector('#map-side')
const container = document.querySelector('#map')
const json = (id) => JSON.parse(document.getElementById(id).textContent)
const layers = json('map-layers')
const isTheme = ({ theme }) => theme !== 'ground'

/** @type {Record<string, boolean>} what the visitor switched himself; the rest follows the answer */
const switched = {}
let answered = answeredIn(panel)

prepareButtons()
if (canDraw()) start()
else showFrame()

function canDraw() {
  return Boolean(document.createElement('canvas').getContext('webgl2'))
}

/** Without WebGL: the server's own map of the parcel in a frame, or nothing but the words. */
function showFrame() {
  const { frame, frameTitle } = container.dataset
  if (!frame) return side.classList.add('is-still')
  const made = Object.assign(document.createElement('iframe'), { src: frame, title: frameTitle, className: 'map-frame' })
  made.setAttribute('sandbox', 'allow-scripts')
  container.replaceChildren(made)
}

async function start() {
  const { addInstruments, goTo, makeMap, viewOf } = await import('./map.js')
  const asked = permalink.read(location.hash)
  Object.assign(switched, asked?.switched)
  const place = chosenIn(panel) ?? placeIn(panel)
  const view = asked ?? (place && viewOf(place, container.clientWidth))
  const map = await makeMap(container, { layers, tints: json('land-use-tints'), off: switchedOff(), view })
  const showOff = makeLegend(side.querySelector('.legend'), layers, (slug, on) => {
    switched[slug] = on
    apply()
    remember(map)
  })
  const apply = () => showOff(switchLayers(map))
  const legend = side.querySelector('.legend')
  legend.hidden = false
  legend.open = matchMedia('(min-width: 900px)').matches
  addInstruments(map, side)
  map.on('load', () => {
    showAnswer(map)
    apply()
    const spot = !chosenIn(panel) && placeIn(panel)
    if (spot) mark(map, spot)
  })
  map.on('moveend', () => remember(map))
  const ask = (point) => identify(map, point).then(apply)
  map.on('click', ({ lngLat }) => ask(lngLat))
  map.getCanvas().addEventListener('keydown', (event) => event.key === 'Enter' && ask(map.getCenter()).then(readAloud))
  offerLocation((point) => {
    goTo(map, { lon: point.lng, lat: point.lat, zoom: 18 })
    ask(point)
  })
}

/** The ground is always there; a theme when the visitor says so, else when the panel speaks of it; a plan over all the
 * ground only when the visitor says so. */
function switchedOff() {
  const usual = (layer) => !layer.covers_ground && (!isTheme(layer) || answered.has(layer.slug))
  return new Set(layers.filter((layer) => !(switched[layer.slug] ?? usual(layer))).map(({ slug }) => slug))
}

function switchLayers(map) {
  const off = switchedOff()
  for (const { id, metadata } of map.getStyle().layers) {
    if (metadata?.slug) map.setLayoutProperty(id, 'visibility', off.has(metadata.slug) ? 'none' : 'visible')
  }
  return off
}

function showAnswer(map) {
  const [chosen, zones] = [chosenIn(panel), zonesIn(panel)]
  hideZones(map, layers)
  showZones(map, zones.filter(({ layer }) => isTheme(layerOf(layer))))
  answered = answeredIn(panel)
  const parcel = chosen?.id ?? zones.find(({ layer }) => layer === 'parcels')?.id ?? -1
  for (const id of ['chosen-fill', 'chosen-line', 'chosen-number']) {
    if (map.getLayer(id)) map.setFilter(id, ['==', ['id'], parcel])
  }
}

/** Slugs of the layers whose records the panel shows. */
function answeredIn(panel) {
  return new Set(zonesIn(panel).map(({ layer }) => layer))
}

const layerOf = (slug) => layers.find((layer) => layer.slug === slug) ?? { theme: 'ground' }

function mark(map, { lon, lat }) {
  map.getSource('mark').setData({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [lon, lat] } })
}

async function identify(map, { lng, lat }) {
  mark(map, { lon: lng, lat })
  panel.setAttribute('aria-busy', 'true')
  try {
    const address = `${container.dataset.identify}?lon=${lng.toFixed(6)}&lat=${lat.toFixed(6)}&z=${map.getZoom().toFixed(1)}`
    const response = await fetch(address, { headers: { 'HX-Request': 'true' } })
    // Our own template, escaped by Django; and the policy of the page runs no inline script.
    panel.innerHTML = await response.text()
    panel.scrollTop = 0
    side.querySelector('.map-message').hidden = true
    showAnswer(map)
  } catch {
    say('broken')
  } finally {
    panel.removeAttribute('aria-busy')
  }
}

/** Who asked by keyboard goes on in the answer. */
function readAloud() {
  const title = panel.querySelector('h1, .problem-title')
  title?.setAttribute('tabindex', '-1')
  title?.focus()
}

function remember(map) {
  const { lat, lng } = map.getCenter()
  history.replaceState(history.state, '', permalink.write({ zoom: map.getZoom(), lat, lon: lng, switched }))
}

function say(words) {
  const message = side.querySelector('.map-message')
  message.textContent = message.dataset[words]
  message.hidden = false
}

/** @param {(point: {lng: number, lat: number}) => void} found */
function offerLocation(found) {
  for (const button of document.querySelectorAll('[data-map=locate], [data-locate]')) {
    button.hidden = false
    button.addEventListener('click', () =>
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => found({ lng: coords.longitude, lat: coords.latitude }),
        () => say('unknown'),
        { enableHighAccuracy: true, timeout: 10_000 },
      ),
    )
  }
}

function prepareButtons() {
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }
}
