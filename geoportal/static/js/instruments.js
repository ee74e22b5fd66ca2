// The small things round a map: buttons, coordinates, the scale bar.
import { tellCoordinates } from './coordinates.js'

const BARS = [1, 2, 5].flatMap((step) => [1, 10, 100, 1e3, 1e4, 1e5].map((ten) => step * ten)).sort((a, b) => a - b)

export const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Buttons, coordinates and the scale bar; a second map takes them over from the first. */
export function addInstruments(map, side) {
  const step = { duration: calm() ? 0 : 250 }
  side.querySelector('[data-map=in]').onclick = () => map.zoomIn(step)
  side.querySelector('[data-map=out]').onclick = () => map.zoomOut(step)
  side.querySelector('.map-buttons').hidden = false
  map.on('move', () => tellScale(map, side))
  tellScale(map, side)
  tellCoordinates(map, side)
}

function tellScale(map, side) {
  const bar = side.querySelector('[data-scale]')
  const metresAPixel = (78271.517 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** map.getZoom()
  const length = BARS.findLast((metres) => metres / metresAPixel <= 90) ?? BARS[0]
  const [label, picture] = bar.children
  const pixels = Math.round(length / metresAPixel)
  label.textContent = length < 1000 ? `${length} m` : `${length / 1000} km`
  picture.setAttribute('width', String(pixels + 2))
  picture.firstElementChild.setAttribute('d', `M1 0V5H${pixels + 1}V0`)
  bar.hidden = false
}
