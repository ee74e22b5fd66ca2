// Marks a place on a map and writes its coordinates into the field where they could be typed as well.
// The map and terra-draw are loaded only when somebody asks for them.
const json = (id) => JSON.parse(document.getElementById(id).textContent)
const DRAWERS = ['terra-draw-1.35.0/dist/terra-draw.umd.js', 'terra-draw-maplibre-gl-adapter-1.4.1/dist/terra-draw-maplibre-gl-adapter.umd.js']

for (const box of document.querySelectorAll('[data-mark-place]')) offer(box)

function offer(box) {
  if (!document.createElement('canvas').getContext('webgl2')) return
  box.hidden = false
  box.querySelector('[data-mark=start]').addEventListener('click', ({ target }) => open(box, target))
}

async function open(box, button) {
  button.disabled = true
  try {
    await start(box)
    button.hidden = true
  } catch {
    say(box, 'broken')
    button.disabled = false
  }
}

async function start(box) {
  const field = document.getElementById(box.dataset.markPlace)
  const container = box.querySelector('.mark-map')
  const [maplibre, { makeMap }] = await Promise.all([
    import('../vendor/maplibre-gl-6.17.0/dist/maplibre-gl.mjs'),
    import('./map.js'),
    load(DRAWERS[0]).then(() => load(DRAWERS[1])),
  ])
  container.hidden = false
  const { lon, lat } = box.dataset
  const view = lon ? { lon: Number(lon), lat: Number(lat), zoom: 17 } : null
  const layers = json('map-layers')
  const off = new Set(layers.filter(({ theme }) => theme !== 'ground').map(({ slug }) => slug))
  const map = await makeMap(container, { layers, tints: json('land-use-tints'), off, view })
  await new Promise((done) => map.once('load', done))
  const draw = drawer(map, maplibre, getComputedStyle(document.documentElement).getPropertyValue('--map-bar-ink').trim())
  draw.on('finish', (id) => {
    write(field, draw, id)
    say(box, 'done')
  })
  prepare(box, draw, field)
}

function drawer(map, lib, ink) {
  const { TerraDraw, TerraDrawPointMode, TerraDrawPolygonMode } = globalThis.terraDraw
  const look = { pointColor: ink, pointWidth: 7, fillColor: ink, fillOpacity: 0.15, outlineColor: ink, outlineWidth: 3 }
  const draw = new TerraDraw({
    adapter: new globalThis.terraDrawMaplibreGlAdapter.TerraDrawMapLibreGLAdapter({ map, lib }),
    modes: [new TerraDrawPointMode({ styles: look }), new TerraDrawPolygonMode({ styles: look })],
  })
  draw.start()
  return draw
}

function prepare(box, draw, field) {
  const tools = box.querySelector('.mark-tools')
  tools.hidden = false
  const choose = (mode) => {
    draw.clear()
    draw.setMode(mode)
    for (const button of tools.querySelectorAll('[aria-pressed]')) button.setAttribute('aria-pressed', String(button.dataset.mark === mode))
    say(box, mode)
  }
  for (const button of tools.querySelectorAll('[aria-pressed]')) button.addEventListener('click', () => choose(button.dataset.mark))
  tools.querySelector('[data-mark=clear]').addEventListener('click', () => {
    draw.clear()
    field.value = ''
  })
  choose('point')
  tools.querySelector('[data-mark=point]').focus()
}

/** One corner a line, latitude first; only the newest drawing stays. */
function write(field, draw, id) {
  const drawn = draw.getSnapshot()
  const { geometry } = drawn.find((feature) => feature.id === id)
  const others = drawn.map((feature) => feature.id).filter((other) => other !== id)
  if (others.length) draw.removeFeatures(others)
  const corners = geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates[0].slice(0, -1)
  field.value = corners.map(([lon, lat]) => `${lat.toFixed(6)} ${lon.toFixed(6)}`).join('\n')
}

function say(box, words) {
  const status = box.querySelector('[role=status]')
  status.textContent = status.dataset[words]
}

function load(name) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: new URL(`../vendor/${name}`, import.meta.url).href })
    script.addEventListener('load', resolve)
    script.addEventListener('error', reject)
    document.head.append(script)
  })
}
