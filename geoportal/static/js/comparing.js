// Two states of the data side by side: a second map over the first, cut at a line that a slider moves.
import { makeBases } from './base-maps.js'
import { makeMap } from './map.js'
import { stylesheet } from './stylesheet.js'

const HALF_THUMB = 22

/** @param {import('./main.js').Workspace} page @returns {() => void} closes the tool */
export function open(page, card) {
  const { map, side } = page
  const choice = card.querySelector('select')
  const stage = side.querySelector('[data-compare]')
  const [range, picture] = [stage.querySelector('input'), stage.querySelector('[data-other-map]')]
  let [twin, turn] = [null, 0]

  async function compare(number) {
    const mine = ++turn
    await stylesheet('compare')
    const [left, right] = await Promise.all([number, page.container.dataset.snapshot].map((at) => read(`${card.dataset.layers}?at=${at}`)))
    if (mine !== turn) return
    if (!left || !right) return page.say([{ kind: 'compared', name: String(number) }])
    choose(choice, left)
    twin?.remove()
    stage.hidden = false
    cut()
    for (const [name, data] of [['left', left], ['right', right]]) stage.querySelector(`[data-side=${name}]`).textContent = told(card.dataset.label, data)
    page.state.compared = number
    page.changed()
    twin = await twinOf(page, picture, left.layers, () => mine === turn)
  }
  const follow = () => twin?.jumpTo({ center: map.getCenter(), zoom: map.getZoom() })
  const lay = () => twin?.laid?.()
  const cut = () => {
    stage.style.setProperty('--cut', `calc(${HALF_THUMB}px + (100% - ${2 * HALF_THUMB}px) * ${range.value / 100})`)
    range.setAttribute('aria-valuetext', range.dataset.told.replace('{share}', range.value))
  }
  const broken = () => page.say([{ kind: 'broken', name: '' }])

  range.oninput = cut
  choice.onchange = () => compare(Number(choice.value)).catch(broken)
  map.on('move', follow)
  page.followers.add(lay)
  fill(choice, card, page)
    .then((number) => number && compare(number))
    .catch(broken)
  return () => {
    turn++
    map.off('move', follow)
    page.followers.delete(lay)
    twin?.remove()
    stage.hidden = true
    page.state.compared = null
    page.changed()
  }
}

/** The second map: the layers of another snapshot, seen as the visitor sees the first, and never touched itself. */
async function twinOf(page, container, layers, isWanted) {
  Object.assign(container.dataset, { base: page.container.dataset.base, title: '' })
  const { lng: lon, lat } = page.map.getCenter()
  const view = { lon, lat, zoom: page.map.getZoom() }
  const twin = await makeMap(container, { layers, tints: page.tints, off: new Set(), view, interactive: false })
  if (!isWanted()) twin.remove()
  const showBase = makeBases(twin, () => {})
  let base = null
  twin.laid = () => {
    page.lay(twin, layers)
    for (const id of ['chosen-fill', 'chosen-line', 'chosen-number']) {
      if (twin.getLayer(id)) twin.setFilter(id, page.map.getFilter(id))
    }
    const wanted = page.base()
    if (wanted !== base) showBase((base = wanted))
  }
  twin.on('load', twin.laid)
  return twin
}

/** Publications by number and day, newest first; what the address asks for is chosen already. */
async function fill(choice, card, page) {
  const { snapshots } = await read(card.dataset.snapshots)
  const here = Number(page.container.dataset.snapshot)
  const options = snapshots.filter(({ number }) => number !== here)
  choice.replaceChildren(choice.options[0], ...options.map((one) => new Option(`${told(card.dataset.label, one)}: ${one.title[language]}`, String(one.number))))
  choice.value = ''
  return page.state.compared
}

/** A snapshot older than the list has an option of its own. */
function choose(choice, { snapshot }) {
  if (![...choice.options].some(({ value }) => value === String(snapshot))) choice.append(new Option(String(snapshot), String(snapshot)))
  choice.value = String(snapshot)
}

const language = document.documentElement.lang
const told = (label, { snapshot, number = snapshot, day }) => label.replace('{number}', String(number)).replace('{day}', dayOf(day))
const dayOf = (day) =>
  new Date(`${day}T00:00:00`).toLocaleDateString(language === 'vi' ? 'vi' : 'en-GB', language === 'vi' ? { day: '2-digit', month: '2-digit', year: 'numeric' } : { dateStyle: 'medium' })

async function read(address) {
  const response = await fetch(address)
  if (response.status === 404) return null
  if (!response.ok) throw new Error(String(response.status))
  return response.json()
}
