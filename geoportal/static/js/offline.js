// The page without a network: where the device is, in both systems, and the parcels opened on it before.
import { grouped, plain } from './numbers.js'
import { forget, visited } from './visited.js'
import { planeOf } from './vn2000.js'

const here = document.querySelector('[data-here]')
const list = document.querySelector('[data-visited]')
const words = here.dataset

showVisited()
here.hidden = !navigator.geolocation
here.querySelector('button').addEventListener('click', () => {
  tell(words.locating)
  const options = { enableHighAccuracy: true, timeout: 30_000, maximumAge: 5_000 }
  navigator.geolocation.getCurrentPosition(({ coords }) => tellPlace(coords), () => tell(words.unknown), options)
})
document.querySelector('[data-forget]').addEventListener('click', () => {
  forget()
  showVisited()
})
document.querySelector('[data-again]').addEventListener('click', () => location.reload())
addEventListener('online', () => location.reload())

function tellPlace({ longitude, latitude, accuracy }) {
  const { x, y } = planeOf(Number(words.meridian), Number(words.planeScale))(longitude, latitude)
  tell(
    words.told
      .replace('{wgs84}', `${plain(latitude, 5)}° ${words.north} ${plain(longitude, 5)}° ${words.east}`)
      .replace('{vn2000}', `X ${grouped(x)} · Y ${grouped(y)}`)
      .replace('{accuracy}', plain(accuracy, 0)),
  )
}

function tell(text) {
  here.querySelector('[role=status]').textContent = text
}

function showVisited() {
  const visits = visited()
  list.hidden = !visits.length
  list.querySelector('ul').replaceChildren(
    ...visits.map(({ address, title }) => {
      const item = document.createElement('li')
      item.append(Object.assign(document.createElement('a'), { href: address, textContent: title }))
      return item
    }),
  )
}
