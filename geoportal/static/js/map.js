// Makes the MapLibre map.
import * as maplibre from '../vendor/maplibre-gl-6.17.0/dist/maplibre-gl.mjs'
import { calm } from './instruments.js'
import { addHatches, addSymbols } from './patterns.js'
import { REACHABLE } from './permalink.js'
import { styleOf } from './style.js'
import { stylesheet } from './stylesheet.js'

// Where the map opens while nothing is published.
const PROVINCE = [106.08, 20.24, 106.68, 20.74]
// Every letter and sign a name on the map may have: a label drawn before its font is there would stay wrong.
const LETTERS = 'Aa0 ĂÂĐÊÔƠƯăâđêôơư ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ'
const FONTS = ['16px "Map Regular"', 'bold 16px "Map Bold"', 'italic 16px "Map Italic"']

export const { addProtocol } = maplibre

/**
 * @param {HTMLElement} container
 * @param {{layers: import('./style.js').Layer[], tints: Record<string, string>, off: Set<string>, view: ?{zoom: number, lat: number, lon: number}, interactive?: boolean}} options
 */
export async function makeMap(container, { layers, tints, off, view, interactive = true }) {
  await stylesheet('map-fonts')
  await Promise.all(FONTS.map((font) => document.fonts.load(font, LETTERS)))
  const map = new maplibre.Map({
    container,
    style: styleOf(layers, { base: new URL(container.dataset.base, location.href).href, tints, off, origin: location.origin }),
    ...(view ? { center: [view.lon, view.lat], zoom: view.zoom } : { bounds: container.dataset.box?.split(',').map(Number) ?? PROVINCE, fitBoundsOptions: { padding: 40, maxZoom: 18 } }),
    interactive,
    maxBounds: REACHABLE,
    maxZoom: 21,
    attributionControl: false,
    // The style is our own and tested; names come and go at once for who wants no motion; a third pixel is seen by nobody.
    validateStyle: false,
    fadeDuration: calm() ? 0 : 300,
    pixelRatio: Math.min(devicePixelRatio, 2),
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    locale: { 'Map.Title': container.dataset.title },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  addHatches(map, layers)
  addSymbols(map, layers)
  map.on('idle', () => (container.dataset.drawn = 'true'))
  map.on('dataloading', () => delete container.dataset.drawn)
  return map
}

/** Where the map stands for a parcel so many metres wide: it takes a quarter of the picture, a small one less. */
export function viewOf({ lon, lat, span }, width) {
  const metresAPixel = Math.max(span / (width * 0.25), 0.12)
  return { lon, lat, zoom: Math.min(Math.log2((78271.517 * Math.cos((lat * Math.PI) / 180)) / metresAPixel), 19.5) }
}

export function goTo(map, { lon, lat, zoom }) {
  const target = { center: [lon, lat], zoom }
  if (calm()) map.jumpTo(target)
  else map.flyTo({ ...target, duration: 900 })
}
