// The page of results: each result numbered in the list and on the map, outlined there, and lit on both sides at once.
import { hideZones, showZones, zonesIn } from './answer.js'
import { watch } from './failing.js'
import { offerView, tidyAddress } from './found-where.js'
import { addInstruments } from './instruments.js'
import { makeLegend } from './legend.js'
import { nothing } from './permalink.js'
import { isPhone } from './still.js'
import { applyState } from './switching.js'

const panel = document.querySelector('#panel')
const side = document.querySelector('#map-side')
const container = document.querySelector('#map')
const json = (id) => JSON.parse(document.getElementById(id).textContent)
const layers = json('map-layers')
const results = () => panel.querySelector('#results')
const usual = ({ theme, covers_ground }) => theme === 'ground' && !covers_ground
/** What the visitor chose himself. */
const state = nothing()
let marks = []

tidyAddress(document.querySelector('#search-form'))
if (isPhone()) whenLookedFor().then(begin)
else begin()

function begin() {
  if (document.createElement('canvas').getContext('webgl2')) start()
  else side.classList.add('is-still')
}

/** On a phone the map stands below the list: it is made when somebody comes near it, or opens the filters that need it. */
function whenLookedFor() {
  return new Promise((resolve) => {
    const near = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && (near.disconnect(), resolve()))
    near.observe(side)
    document.querySelector('.filters')?.addEventListener('toggle', resolve, { once: true })
  })
}

async function start() {
  const { makeMap } = await import('./map.js')
  const { Marker } = await import('../vendor/maplibre-gl-6.17.0/dist/maplibre-gl.mjs')
  container.dataset.box = results().dataset.box ?? container.dataset.box ?? ''
  if (!container.dataset.box) delete container.dataset.box
  const map = await makeMap(container, { layers, tints: json('land-use-tints'), off: switchedOff(), view: null })
  const retry = watch(map, (slug) => legend.setAway(slug, true), (slug) => legend.setAway(slug, false))
  const wish = (wishes, slug, value) => {
    wishes[slug] = value
    apply()
  }
  const legend = makeLegend(side.querySelector('.legend'), layers, {
    onSwitch: (slug, on) => wish(state.switched, slug, on),
    onOpacity: (slug, factor) => wish(state.opacity, slug, factor),
    onRetry: retry,
  })
  const apply = () => {
    const off = switchedOff()
    applyState(map, state, off, false)
    legend.show(state, off)
  }
  addInstruments(map, side)
  const show = () => {
    apply()
    outline(map)
    number(map, Marker)
  }
  if (map.isStyleLoaded()) show()
  else map.once('load', show)
  document.addEventListener('htmx:after:swap', () => {
    show()
    frame(map)
  })
  offerView(map, side)
}

/** The ground is always there; a theme when a result is of it or the visitor says so; what would cover all other results
 * only when every result is of it. */
function switchedOff() {
  const found = new Set(zonesIn(panel).map(({ layer }) => layer))
  const shown = (layer) => usual(layer) || (found.has(layer.slug) && (!layer.covers_ground || found.size === 1))
  return new Set(layers.filter((layer) => !(state.switched[layer.slug] ?? shown(layer))).map(({ slug }) => slug))
}

/** Zones by their state; parcels, which have none, by the style's own chosen parcel: the one pointed at. */
function outline(map) {
  hideZones(map, layers)
  showZones(map, zonesIn(panel).filter(({ layer }) => layers.some(({ slug, theme }) => slug === layer && theme !== 'ground')))
}

function number(map, Marker) {
  for (const mark of marks) mark.remove()
  marks = [...results().querySelectorAll('.result')].flatMap((card, place) => {
    const link = card.querySelector('a[data-lon]')
    return link ? [markOf(map, Marker, card, link, place + 1)] : []
  })
}

function markOf(map, Marker, card, link, count) {
  const element = Object.assign(document.createElement('button'), { type: 'button', className: 'found-mark', textContent: String(count) })
  element.setAttribute('aria-label', `${count}. ${link.textContent}`)
  const light = (on) => () => {
    for (const part of [card, element]) part.classList.toggle('is-lit', on)
    if (card.dataset.layer === 'parcels') choose(map, on ? Number(card.dataset.feature) : -1)
  }
  for (const part of [card, element]) {
    for (const event of ['mouseenter', 'focusin']) part.addEventListener(event, light(true))
    for (const event of ['mouseleave', 'focusout']) part.addEventListener(event, light(false))
  }
  element.addEventListener('click', (event) => {
    event.stopPropagation()
    card.scrollIntoView({ block: 'nearest' })
    link.focus()
  })
  return new Marker({ element }).setLngLat([Number(link.dataset.lon), Number(link.dataset.lat)]).addTo(map)
}

function choose(map, parcel) {
  for (const id of ['chosen-fill', 'chosen-line', 'chosen-number']) {
    if (map.getLayer(id)) map.setFilter(id, ['==', ['id'], parcel])
  }
}

/** Brings all results of a new list into view. */
function frame(map) {
  const box = results().dataset.box?.split(',').map(Number)
  if (box) map.fitBounds(box, { padding: 60, maxZoom: 17, animate: false })
}
