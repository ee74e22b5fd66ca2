// Wires the page: the map beside the panel, the answer on the map, a click that asks what is there.
import { answeredIn, chosenIn, hideZones, placeIn, showZones, zonesIn } from './answer.js'
import { makeAsking } from './asking.js'
import { prepareBases } from './base-choice.js'
import { makeBases } from './base-maps.js'
import { watch } from './failing.js'
import { addInstruments } from './instruments.js'
import { makeLegend } from './legend.js'
import * as permalink from './permalink.js'
import { beginStill, stillIn, tellWaking, viewOf as viewOfStill } from './still.js'
import { applyState, switchedOff } from './switching.js'
import { prepareTools } from './tools.js'

const panel = document.querySelector('#panel')
const side = document.querySelector('#map-side')
const container = document.querySelector('#map')
const json = (id) => JSON.parse(document.getElementById(id).textContent)
/** @type {import('./style.js').Layer[]} */
const layers = json('map-layers')
/** @type {import('./base-maps.js').Base[]} */
const bases = json('base-maps')
const known = { layers: new Set(layers.map(({ slug }) => slug)), bases: new Set(bases.map(({ name }) => name)) }
const isTheme = ({ theme }) => theme !== 'ground'

/**
 * @typedef {object} Workspace what the tools of the map share
 * @property {?any} map null until it stands
 * @property {() => Promise<?any>} wake gives the map when it stands, and makes it when nobody did; null without WebGL
 * @property {import('./permalink.js').State} state what the visitor chose himself; the rest follows the answer
 * @property {(place: {lng: number, lat: number}) => void} pointed what a click, or Enter on the map, does
 * @property {() => void} changed lays a changed state on the map, the legend and the address
 * @property {Set<() => void>} followers called after that
 * @property {(map: any, layers: import('./style.js').Layer[]) => void} lay the state on another map
 */
const page = { panel, side, container, layers, tints: json('land-use-tints'), map: null, wake, state: permalink.nothing(), pointed: ask, changed, say, lay, base, followers: new Set() }
let answered = answeredIn(panel)
/** Set when the map is being made. */
let [legend, showBase, retry, baseStatus] = [null, null, null, 'own']
let waking = null
const still = namesAMap() ? null : stillIn(container)
const tools = prepareTools(page)
/** The form of a site, which is filled in on the map as well. */
const site = panel.querySelector('.site-form') && import('./check.js')

preparePrinting()
offerLocation()
site?.then(({ offerTools }) => offerTools(page))
addEventListener('popstate', followAddress)
if (still) {
  beginStill(still, { ...page, pointed: (place) => page.pointed(place) })
  if (document.readyState === 'complete') install()
  else addEventListener('load', install)
} else wake()

/** Whether the address holds a view or a state of the map, even one that cannot be shown. */
function namesAMap() {
  const { view, faults } = permalink.read(location.hash, known)
  return view !== null || faults.length > 0
}

function wake() {
  waking ??= open().catch((error) => {
    waking = null
    throw error
  })
  return waking
}

async function open() {
  if (canDraw()) return start()
  showFrame()
  if (!still) install()
  return null
}

function canDraw() {
  return Boolean(document.createElement('canvas').getContext('webgl2'))
}

/** Without WebGL: the server's own map of the parcel in a frame, or nothing but the words. */
function showFrame() {
  const { frame, frameTitle } = container.dataset
  for (const part of side.querySelectorAll('.map-tools, .map-buttons, .legend')) part.hidden = true
  if (!frame) return side.classList.add('is-still')
  const made = Object.assign(document.createElement('iframe'), { src: frame, title: frameTitle, className: 'map-frame' })
  made.setAttribute('sandbox', 'allow-scripts')
  container.replaceChildren(made)
}

async function start() {
  const { view: asked, state, faults } = permalink.read(location.hash, known)
  page.state = state
  legend = makeLegend(side.querySelector('.legend'), layers, { onSwitch, onOpacity, onRetry: (slug) => retry?.(slug) })
  const off = switchedOff(layers, state, answered)
  legend.show(state, off)
  const made = import('./map.js').then(({ makeMap, viewOf }) => {
    const place = chosenIn(panel) ?? placeIn(panel)
    const view = asked ?? (still ? viewOfStill(still, container) : place && viewOf(place, container.clientWidth))
    return makeMap(container, { layers, tints: page.tints, off, view })
  })
  const ready = made.then((map) => new Promise((resolve) => map.once('load', () => resolve(map))))
  if (still) tellWaking(page, made, ready)
  made.then((map) => prepareMap(map, faults))
  const map = await ready
  page.map = map
  showAnswer()
  chooseBase(page.state.base)
  if (state.compared) tools.open('comparing')
  site?.then(({ showSite }) => showSite(page))
  return map
}

/** All that listens to the map; it has drawn nothing yet. */
function prepareMap(map, faults) {
  retry = watch(map, (source) => legend.setAway(source, true), (source) => legend.setAway(source, false))
  const tellBase = prepareBases(side, bases, (name) => chooseBase(name))
  showBase = makeBases(map, (status) => {
    baseStatus = status
    tellBase(page.state.base, status)
    changed()
  })
  addInstruments(map, side)
  say(faults)
  map.on('moveend', remember)
  map.once('idle', () => {
    import('./printing.js').then(({ prepare }) => prepare(page))
    if (!still) install()
  })
  map.on('click', ({ lngLat }) => page.pointed(lngLat))
  map.getCanvas().addEventListener('keydown', ({ key }) => key === 'Enter' && page.pointed(map.getCenter())?.then(readAloud))
}

function onSwitch(slug, on) {
  page.state.switched[slug] = on
  changed()
}

function onOpacity(slug, factor) {
  page.state.opacity[slug] = factor
  changed()
}

function chooseBase(name) {
  page.state.base = name
  showBase?.(base())
}

/** @returns {?import('./base-maps.js').Base} */
function base() {
  return bases.find(({ name }) => name === page.state.base) ?? null
}

function lay(map, itsLayers) {
  applyState(map, page.state, switchedOff(itsLayers, page.state, answered), ['shown', 'partly'].includes(baseStatus))
}

function changed() {
  if (page.map) lay(page.map, layers)
  legend?.show(page.state, switchedOff(layers, page.state, answered))
  remember()
  for (const follow of page.followers) follow()
}

const asking = makeAsking({ panel, container, onShown: showAnswer })

/** Lays what the panel says on the map. */
function showAnswer() {
  const { map } = page
  const [chosen, zones] = [chosenIn(panel), zonesIn(panel)]
  answered = answeredIn(panel)
  if (!map) return
  hideZones(map, layers)
  showZones(map, zones.filter(({ layer }) => isTheme(layers.find(({ slug }) => slug === layer) ?? { theme: 'ground' })))
  const parcel = chosen?.id ?? zones.find(({ layer }) => layer === 'parcels')?.id ?? -1
  for (const id of ['chosen-fill', 'chosen-line', 'chosen-number']) {
    if (map.getLayer(id)) map.setFilter(id, ['==', ['id'], parcel])
  }
  const spot = chosen ? null : placeIn(panel)
  map.getSource('mark').setData({ type: 'FeatureCollection', features: spot ? [pointOf(spot)] : [] })
  changed()
}

const pointOf = ({ lon, lat }) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [lon, lat] } })

/** @param {import('./asking.js').Place} place @returns {Promise<boolean>} whether the place could be told */
async function ask(place) {
  page.map?.getSource('mark').setData(pointOf({ lon: place.lng, lat: place.lat }))
  try {
    const found = await asking.ask(place, page.map?.getZoom() ?? (still && viewOfStill(still, container).zoom))
    side.querySelector('.map-message').hidden = true
    return found
  } catch {
    say([{ kind: 'broken', name: '' }])
    return false
  }
}

/** Back, forward, or an address typed over: the panel and the map as they were there. */
function followAddress() {
  if (location.hash && document.getElementById(location.hash.slice(1))) return // a way about the page
  const { view, state, faults } = permalink.read(location.hash, known)
  if (view) page.map?.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom })
  const compared = page.state.compared !== state.compared
  if (compared) tools.shut()
  page.state = state
  if (compared && state.compared) tools.open('comparing')
  say(faults)
  asking.goBack()
  chooseBase(state.base)
  changed()
}

/** Who asked by keyboard goes on in the answer. */
function readAloud() {
  const title = panel.querySelector('h1, .problem-title')
  title?.setAttribute('tabindex', '-1')
  title?.focus()
}

function remember() {
  if (!page.map) return
  const { lat, lng } = page.map.getCenter()
  history.replaceState(history.state, '', permalink.write({ zoom: page.map.getZoom(), lat, lon: lng }, page.state))
}

/** One sentence a kind of fault, over the map. @param {{kind: string, name: string}[]} faults */
function say(faults) {
  const message = side.querySelector('.map-message')
  const kinds = [...new Set(faults.map(({ kind }) => kind))]
  const names = (kind) => faults.filter((fault) => fault.kind === kind).map(({ name }) => name.slice(0, 40)).join(', ')
  message.textContent = kinds.map((kind) => message.dataset[kind].replace('{names}', names(kind))).join(' ')
  message.hidden = !kinds.length
}

/** The answer does not wait for a map that is still asleep. */
function offerLocation() {
  for (const button of document.querySelectorAll('[data-map=locate], [data-locate]')) {
    button.hidden = false
    button.addEventListener('click', () => import('./standing.js').then(({ stand }) => stand(page, ask)))
  }
}

/** Last of all, so that it takes no line from the answer. */
function install() {
  import('./installing.js').then(({ install }) => install(panel))
}

function preparePrinting() {
  for (const button of document.querySelectorAll('[data-print]')) button.hidden = false
  document.addEventListener('click', ({ target }) => target.closest('[data-print]') && print())
}
