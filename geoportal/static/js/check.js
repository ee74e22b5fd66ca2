// The site check on its map: the site outlined; parcels picked and outlines drawn into the form's own fields.
const TERRA_DRAW = new URL('../vendor/terra-draw-1.35.0/dist/terra-draw.umd.js', import.meta.url).href
const ADAPTER = new URL('../vendor/terra-draw-maplibre-gl-adapter-1.4.1/dist/terra-draw-maplibre-gl-adapter.umd.js', import.meta.url).href
const MOST_PARCELS = 200

/**
 * Offers to pick and to draw, also while the map is still asleep: to press a button wakes it.
 * @param {import('./main.js').Workspace} page
 */
export function offerTools(page) {
  const form = formOf(page)
  offer({
    page,
    drawn: form.elements.drawn,
    parcels: form.elements.parcels,
    tools: form.querySelector('.map-tools'),
    status: form.querySelector('[data-site-status]'),
  })
}

/** What the page speaks of, on the map: the site, else the parcels chosen for one. @param {import('./main.js').Workspace} page */
export function showSite({ map, panel }) {
  const { parcels } = formOf({ panel }).elements
  if (document.getElementById('site-outline')) outline(map)
  else if (picked({ parcels }).length) choose(map, picked({ parcels }))
}

const formOf = ({ panel }) => panel.querySelector('.site-form')

/** The site is the one strong thing on the map. */
function outline(map) {
  const ink = getComputedStyle(document.documentElement).getPropertyValue('--map-bar-ink').trim()
  map.addSource('site', { type: 'geojson', data: JSON.parse(document.getElementById('site-outline').textContent) })
  map.addLayer({ id: 'site-fill', type: 'fill', source: 'site', paint: { 'fill-color': '#f5d98a', 'fill-opacity': 0.3 } })
  map.addLayer({ id: 'site-halo', type: 'line', source: 'site', paint: { 'line-color': '#ffffff', 'line-width': 7, 'line-opacity': 0.9 } })
  map.addLayer({ id: 'site-line', type: 'line', source: 'site', paint: { 'line-color': ink, 'line-width': 3.5 } })
}

/** One button is pressed at a time; pressing it again ends what it began. */
function offer(desk) {
  const modes = { draw: drawing, pick: picking }
  const buttons = desk.tools.querySelectorAll('[aria-pressed]')
  let stop = () => {}
  const press = (pressed) => {
    stop()
    stop = () => {}
    for (const button of buttons) button.setAttribute('aria-pressed', String(button === pressed))
  }
  for (const button of buttons) {
    button.addEventListener('click', async () => {
      const on = button.getAttribute('aria-pressed') !== 'true'
      press(on ? button : null)
      if (!on) return say(desk, '')
      desk.page.side.scrollIntoView({ block: 'nearest' })
      try {
        if (!(await desk.page.wake())) throw new Error('this browser draws no map')
        stop = await modes[button.dataset.site](desk)
      } catch {
        press(null)
        say(desk, 'broken')
      }
    })
  }
  desk.tools.querySelector('[data-site=clear]').addEventListener('click', () => {
    press(null)
    desk.drawn.value = desk.parcels.value = ''
    if (desk.page.map) choose(desk.page.map, [])
    say(desk, '')
  })
  desk.tools.hidden = false
}

const picked = ({ parcels }) => parcels.value.split(',').map((text) => text.trim()).filter((text) => /^\d+$/.test(text)).map(Number)

function choose(map, ids) {
  for (const id of ['chosen-fill', 'chosen-line', 'chosen-number']) {
    if (map.getLayer(id)) map.setFilter(id, ['in', ['id'], ['literal', ids]])
  }
}

/** A click takes a parcel in or leaves it out, instead of asking what is there. @returns {() => void} ends it */
function picking(desk) {
  const { page } = desk
  const asked = page.pointed
  page.pointed = (place) => {
    const ids = page.map.getStyle().layers.filter(({ metadata }) => metadata?.slug === 'parcels').map(({ id }) => id)
    const [found] = page.map.queryRenderedFeatures(page.map.project(place), { layers: ids })
    if (!found) return undefined
    const before = picked(desk)
    const now = before.includes(found.id) ? before.filter((id) => id !== found.id) : [...before, found.id].slice(0, MOST_PARCELS)
    desk.parcels.value = now.join(',')
    choose(page.map, now)
    say(desk, 'picked', now.length)
    return undefined
  }
  choose(page.map, picked(desk))
  say(desk, 'pick')
  return () => (page.pointed = asked)
}

/** The outline drawn last stays in the form. @returns {Promise<() => void>} ends it */
async function drawing(desk) {
  await load(TERRA_DRAW)
  await load(ADAPTER)
  const { page } = desk
  const asked = page.pointed
  const { TerraDraw, TerraDrawPolygonMode } = window.terraDraw
  const adapter = new window.terraDrawMaplibreGlAdapter.TerraDrawMapLibreGLAdapter({ map: page.map })
  const draw = new TerraDraw({ adapter, modes: [new TerraDrawPolygonMode()] })
  page.pointed = () => undefined
  draw.start()
  draw.setMode('polygon')
  draw.on('finish', (id) => {
    const shapes = draw.getSnapshot()
    const { geometry } = shapes.find((shape) => shape.id === id)
    const others = shapes.map((shape) => shape.id).filter((other) => other !== id)
    if (others.length) draw.removeFeatures(others)
    desk.drawn.value = JSON.stringify({ type: geometry.type, coordinates: geometry.coordinates })
    say(desk, 'drawn', geometry.coordinates[0].length - 1)
  })
  say(desk, 'draw')
  return () => {
    draw.stop()
    page.pointed = asked
  }
}

const load = (address) =>
  new Promise((done, failed) => {
    if (document.querySelector(`script[src="${address}"]`)) return done()
    document.head.append(Object.assign(document.createElement('script'), { src: address, onload: done, onerror: failed }))
  })

function say({ status }, words, count) {
  status.textContent = words ? status.dataset[words].replace('{n}', String(count)) : ''
}
