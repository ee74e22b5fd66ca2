// Where the pointer or the middle of the map is, in both systems, ready to be copied.
import { grouped, plain } from './numbers.js'
import { planeOf } from './vn2000.js'

/** @param {HTMLElement} side the map's side of the page; its map says meridian and scale of the plane */
export function tellCoordinates(map, side) {
  const words = map.getContainer().dataset
  const plane = planeOf(Number(words.meridian), Number(words.planeScale))
  const [degrees, metres] = ['wgs84', 'vn2000'].map((system) => side.querySelector(`[data-coordinates=${system}]`))
  const tell = ({ lat, lng }) => {
    const { x, y } = plane(lng, lat)
    write(degrees, `${plain(lat, 5)}° ${words.north} ${plain(lng, 5)}° ${words.east}`)
    write(metres, `X ${grouped(x)} · Y ${grouped(y)}`, `X=${plain(x, 1)} Y=${plain(y, 1)}`)
  }
  map.on('mousemove', ({ lngLat }) => tell(lngLat))
  map.on('move', () => tell(map.getCenter()))
  // To press a button the pointer leaves the map: what is copied is what one pointed at last.
  tell(map.getCenter())
  for (const button of [degrees, metres]) {
    button.hidden = false
    button.onclick = () => copy(button.dataset.copied, side)
  }
}

function write(button, text, copied = text) {
  button.querySelector('[data-value]').textContent = text
  button.dataset.copied = copied
}

/** Puts a text on the clipboard and says so; where the browser forbids it, says what to do. */
export async function copy(text, side) {
  const message = side.querySelector('.map-message')
  try {
    await navigator.clipboard.writeText(text)
    message.textContent = message.dataset.copied.replace('{text}', text)
  } catch {
    message.textContent = message.dataset.uncopied.replace('{text}', text)
  }
  message.hidden = false
}
