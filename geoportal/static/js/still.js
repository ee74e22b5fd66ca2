// On a phone the map begins as a picture that the server drew: the living one costs 300 kB and seconds, and is fetched
// when somebody touches the picture or asks for what only a map can do. It opens with the very same view.
import { addInstruments } from './instruments.js'

const PHONE = '(max-width: 899px)'
const METRES_AT_ZERO = 78271.517
const TILE = 512

/** @typedef {import('./permalink.js').View} View */

export const isPhone = () => matchMedia(PHONE).matches

/** @returns {?HTMLImageElement} the picture to begin with; null on a desk, where the map lives from the start */
export function stillIn(container) {
  const still = container.querySelector('img.map-still')
  return still && (isPhone() || navigator.connection?.saveData) ? still : null
}

/** @returns {View} the view of the living map that lies on the picture, which covers its room */
export function viewOf(still, { clientWidth, clientHeight }) {
  const [lon, lat, wide] = ['lon', 'lat', 'wide'].map((name) => Number(still.dataset[name]))
  const pixels = Math.max(clientWidth, (clientHeight * still.width) / still.height)
  return { lon, lat, zoom: Math.log2((METRES_AT_ZERO * Math.cos((lat * Math.PI) / 180) * pixels) / wide) }
}

/** @returns {{lng: number, lat: number}} the place on the ground at a point of a view's room, in pixels */
export function placeAt({ lon, lat, zoom }, { clientWidth, clientHeight }, x, y) {
  const world = TILE * 2 ** zoom
  const north = Math.asinh(Math.tan((lat * Math.PI) / 180)) - ((y - clientHeight / 2) * 2 * Math.PI) / world
  return { lng: lon + ((x - clientWidth / 2) * 360) / world, lat: (Math.atan(Math.sinh(north)) * 180) / Math.PI }
}

/**
 * The picture with all that stands round a map; whatever is pressed wakes the map, and a touch asks at once what is there.
 * @param {HTMLImageElement} still
 * @param {{side: HTMLElement, container: HTMLElement, wake: () => Promise<?any>, pointed: (place: {lng: number, lat: number}) => void}} page
 *   `wake` gives the living map, null where the browser can draw none
 */
export function beginStill(still, { side, container, wake, pointed }) {
  const view = viewOf(still, container)
  const move = (way) => wake().then((map) => map?.[way]())
  const getCenter = () => ({ lng: view.lon, lat: view.lat })
  const round = { getContainer: () => container, getCenter, getZoom: () => view.zoom, on() {} }
  side.classList.add('is-asleep')
  addInstruments({ ...round, zoomIn: () => move('zoomIn'), zoomOut: () => move('zoomOut') }, side)
  // A finger that moves scrolls the page past the picture; only a touch that stays is a click.
  still.addEventListener('click', ({ clientX, clientY }) => {
    const { left, top } = container.getBoundingClientRect()
    pointed(placeAt(viewOf(still, container), container, clientX - left, clientY - top))
    wake()
  })
  const legend = side.querySelector('.legend')
  legend.hidden = false
  legend.addEventListener('toggle', wake, { once: true })
  const line = container.querySelector('[data-wake]')
  line.hidden = false
  line.querySelector('button').addEventListener('click', () => wake().then((map) => map?.getCanvas().focus({ preventScroll: true })))
}

/**
 * Says how the waking goes; the picture stays over the map until that is drawn, or somebody moves it.
 * @param {Promise<any>} made the map before it has drawn anything @param {Promise<?any>} ready
 */
export async function tellWaking({ side, container }, made, ready) {
  const line = container.querySelector('[data-wake]')
  const [button, status] = line.children
  button.hidden = true
  status.textContent = status.dataset.opening
  const show = () => side.classList.remove('is-waking')
  try {
    const map = await made
    side.classList.replace('is-asleep', 'is-waking')
    map.once('movestart', show)
    await ready
    show()
    status.textContent = status.dataset.opened
  } catch {
    side.classList.replace('is-waking', 'is-asleep')
    button.hidden = false
    status.textContent = status.dataset.failed
  }
}
