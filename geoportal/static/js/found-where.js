// Where to look: the view of the map, or an outline drawn on it, as one more filter. Drawing is loaded when asked for.

const TERRA_DRAW = new URL('../vendor/terra-draw-1.35.0/dist/terra-draw.umd.js', import.meta.url).href
const ADAPTER = new URL('../vendor/terra-draw-maplibre-gl-adapter-1.4.1/dist/terra-draw-maplibre-gl-adapter.umd.js', import.meta.url).href
const places = document.querySelector('[data-places]')
const short = (degrees) => degrees.toFixed(5)

/** Sends only what is filled in, so that the address can be read and shared. */
export function tidyAddress(form) {
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of [...formData.entries()]) if (!value) formData.delete(name)
  })
}

/** The two buttons beside the filters. */
export function offerView(map, side) {
  const [view, draw] = [places.querySelector('[data-view]'), places.querySelector('[data-draw]')]
  view.hidden = draw.hidden = false
  view.addEventListener('click', () => {
    const box = map.getBounds()
    narrow('bbox', view.dataset.title, [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map(short).join(','))
  })
  draw.addEventListener('click', async () => {
    side.scrollIntoView({ block: 'nearest' })
    say(side, draw.dataset.hint)
    const corners = await drawn(map)
    say(side, '')
    if (corners) narrow('within', draw.dataset.title, corners.map((corner) => corner.map(short).join(',')).join(';'))
  })
}

/** One more box that is ticked, and the list is asked anew, as by any other filter. */
function narrow(name, title, value) {
  for (const old of places.querySelectorAll('[name=bbox], [name=within]')) old.closest('label').remove()
  const box = Object.assign(document.createElement('input'), { type: 'checkbox', name, value, checked: true })
  box.setAttribute('form', 'search-form')
  const label = document.createElement('label')
  label.className = 'choice'
  label.append(box, ` ${title}`)
  places.prepend(label)
  box.dispatchEvent(new Event('change', { bubbles: true }))
}

function say(side, words) {
  const message = side.querySelector('.map-message')
  message.textContent = words
  message.hidden = !words
}

const load = (address) =>
  new Promise((done, failed) => {
    if (document.querySelector(`script[src="${address}"]`)) return done()
    document.head.append(Object.assign(document.createElement('script'), { src: address, onload: done, onerror: failed }))
  })

/** @returns {Promise<?number[][]>} the corners of an outline drawn by the visitor; null when he gave up */
async function drawn(map) {
  await load(TERRA_DRAW)
  await load(ADAPTER)
  const { TerraDraw, TerraDrawPolygonMode } = window.terraDraw
  const { TerraDrawMapLibreGLAdapter } = window.terraDrawMaplibreGlAdapter
  const draw = new TerraDraw({ adapter: new TerraDrawMapLibreGLAdapter({ map }), modes: [new TerraDrawPolygonMode()] })
  draw.start()
  draw.setMode('polygon')
  return new Promise((answer) => {
    const end = (corners) => {
      document.removeEventListener('keydown', giveUp)
      setTimeout(() => draw.stop())
      answer(corners)
    }
    const giveUp = ({ key }) => key === 'Escape' && end(null)
    document.addEventListener('keydown', giveUp)
    draw.on('finish', (id) => end(draw.getSnapshot().find((shape) => shape.id === id).geometry.coordinates[0]))
  })
}
