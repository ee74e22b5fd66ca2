// On which parcel do I stand? The browser's place with its circle of error, asked of the server as a margin.
const RING = 64
const METRES_A_DEGREE = 111_320

/**
 * @param {import('./main.js').Workspace} page
 * @param {(place: import('./asking.js').Place) => Promise<boolean>} ask
 */
export async function stand(page, ask) {
  page.say([{ kind: 'locating', name: '' }])
  const found = await where()
  if (!found.coords) return page.say([{ kind: found.why, name: '' }])
  const { longitude: lng, latitude: lat, accuracy } = found.coords
  const told = await ask({ lng, lat, accuracy })
  const map = told && (await page.wake())
  if (!map) return
  const { goTo } = await import('./map.js')
  drawCircle(map, { lng, lat }, accuracy)
  goTo(map, { lon: lng, lat, zoom: zoomFor(accuracy, lat, page.container) })
}

/** @returns {Promise<{coords?: GeolocationCoordinates, why?: 'refused'|'unknown'}>} */
function where() {
  const options = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 5_000 }
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve({ why: 'unknown' })
    navigator.geolocation.getCurrentPosition(resolve, ({ code }) => resolve({ why: code === 1 ? 'refused' : 'unknown' }), options)
  })
}

/** So near that the circle fills half of the picture, and no nearer than a parcel can be recognised. */
function zoomFor(accuracy, lat, container) {
  const pixels = Math.min(container.clientWidth, container.clientHeight) / 4
  const metresAPixel = Math.max(accuracy, 5) / pixels
  return Math.min(Math.log2((78271.517 * Math.cos((lat * Math.PI) / 180)) / metresAPixel), 18.5)
}

function drawCircle(map, { lng, lat }, radius) {
  const wide = radius / (METRES_A_DEGREE * Math.cos((lat * Math.PI) / 180))
  const ring = Array.from({ length: RING + 1 }, (_, i) => {
    const angle = (i % RING) * ((2 * Math.PI) / RING)
    return [lng + wide * Math.cos(angle), lat + (radius / METRES_A_DEGREE) * Math.sin(angle)]
  })
  const circle = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }
  if (map.getSource('standing')) return map.getSource('standing').setData(circle)
  map.addSource('standing', { type: 'geojson', data: circle })
  map.addLayer({ id: 'standing-area', type: 'fill', source: 'standing', paint: { 'fill-color': '#0057d9', 'fill-opacity': 0.12 } }, 'mark')
  map.addLayer({ id: 'standing-rim', type: 'line', source: 'standing', paint: { 'line-color': '#0057d9', 'line-width': 2, 'line-dasharray': [3, 2] } }, 'mark')
}
