// Length and area in the plane of VN-2000, by pointing or from the middle of the map by keyboard.
import { metres, squareMetres } from './numbers.js'
import { areaOf, crossesItself, lengthOf, planeOf } from './vn2000.js'

const BLUE = '#0057d9'
const EMPTY = { type: 'FeatureCollection', features: [] }

/** @param {import('./main.js').Workspace} page @returns {() => void} closes the tool */
export function open(page, card) {
  const { map, container } = page
  /** @type {[number, number][]} degrees, as pointed at */
  let places = []
  const plane = planeOf(Number(container.dataset.meridian), Number(container.dataset.planeScale))
  const isArea = () => card.querySelector('[name=measured]:checked').value === 'area'
  draw(map)

  function show() {
    map.getSource('measured').setData(drawing(places, isArea()))
    const points = places.map(([lon, lat]) => plane(lon, lat))
    card.querySelector('[data-measured]').textContent = told(points, isArea(), card.dataset)
    card.querySelector('[data-undo]').disabled = card.querySelector('[data-clear]').disabled = !places.length
  }
  const add = ({ lng, lat }) => (places.push([lng, lat]), show())
  const actions = {
    '[data-add]': () => add(map.getCenter()),
    '[data-undo]': () => (places.pop(), show()),
    '[data-clear]': () => ((places = []), show()),
  }
  for (const [button, act] of Object.entries(actions)) card.querySelector(button).onclick = act
  card.querySelectorAll('[name=measured]').forEach((choice) => (choice.onchange = show))
  const usual = page.pointed
  page.pointed = add
  container.classList.add('is-measuring')
  show()
  return () => {
    page.pointed = usual
    container.classList.remove('is-measuring')
    map.getSource('measured').setData(EMPTY)
  }
}

/** What was measured, in the reader's style. @param {{x: number, y: number}[]} points metres */
export function told(points, isArea, words) {
  if (points.length < (isArea ? 3 : 2)) return (isArea ? words.needThree : words.needTwo).replace('{n}', String(points.length))
  if (!isArea) return words.length.replace('{length}', metres(lengthOf(points)))
  if (crossesItself(points)) return words.crossing
  return words.area.replace('{area}', squareMetres(areaOf(points))).replace('{length}', metres(lengthOf(points, true)))
}

function drawing(places, isArea) {
  const feature = (type, coordinates) => ({ type: 'Feature', properties: {}, geometry: { type, coordinates } })
  const ring = [...places, places[0]]
  const features = places.map((place) => feature('Point', place))
  if (places.length > 1) features.push(feature('LineString', isArea ? ring : places))
  if (isArea && places.length > 2) features.push(feature('Polygon', [ring]))
  return { type: 'FeatureCollection', features }
}

function draw(map) {
  if (map.getSource('measured')) return
  map.addSource('measured', { type: 'geojson', data: EMPTY })
  const only = (shape) => ({ source: 'measured', filter: ['==', ['geometry-type'], shape] })
  map.addLayer({ id: 'measured-area', type: 'fill', ...only('Polygon'), paint: { 'fill-color': BLUE, 'fill-opacity': 0.15 } })
  map.addLayer({ id: 'measured-rim', type: 'line', ...only('LineString'), paint: { 'line-color': '#ffffff', 'line-width': 6 } })
  map.addLayer({ id: 'measured-line', type: 'line', ...only('LineString'), paint: { 'line-color': BLUE, 'line-width': 3 } })
  map.addLayer({
    id: 'measured-corner',
    type: 'circle',
    ...only('Point'),
    paint: { 'circle-radius': 5, 'circle-color': '#ffffff', 'circle-stroke-color': BLUE, 'circle-stroke-width': 3 },
  })
}
