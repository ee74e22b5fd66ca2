// The legend: a group a theme, one switch a layer, its sample drawn from the same declaration as the map.
import { drawSymbol, hatchCanvas } from './patterns.js'

const [WIDE, HIGH, RATIO] = [26, 18, 2]

/**
 * @param {HTMLElement} legend holds `[data-legend]`, which names the group of the ground
 * @param {import('./style.js').Layer[]} layers the ground first, then theme by theme
 * @param {(slug: string, on: boolean) => void} onSwitch
 * @returns {(off: Set<string>) => void} shows which layers are off, and opens the groups of those that came on
 */
export function makeLegend(legend, layers, onSwitch) {
  const place = legend.querySelector('[data-legend]')
  const language = document.documentElement.lang
  const groups = new Map()
  for (const layer of layers.filter(({ tiles }) => tiles)) {
    if (!groups.has(layer.theme)) groups.set(layer.theme, makeGroup(layer.theme_title?.[language] ?? place.dataset.legend))
    const group = groups.get(layer.theme)
    const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: true })
    box.addEventListener('change', () => onSwitch(layer.slug, box.checked))
    group.boxes.set(layer.slug, box)
    group.list.append(layerLine(layer, box, language))
  }
  place.append(...[...groups.values()].map(({ details }) => details))
  return (off) => groups.forEach((group, theme) => show(group, off, theme !== 'ground'))
}

/** A theme that opens: its title, how many of its layers are on, its layers. */
function makeGroup(title) {
  const [list, count] = [element('ul'), element('span')]
  count.className = 'legend-count'
  const details = element('details', element('summary', title, ' ', count), list)
  return { details, list, count, boxes: new Map(), on: 0 }
}

function show(group, off, opens) {
  group.boxes.forEach((box, slug) => (box.checked = !off.has(slug)))
  const on = [...group.boxes.values()].filter(({ checked }) => checked).length
  if (opens && on > group.on) group.details.open = true
  group.on = on
  group.count.textContent = `${on}/${group.boxes.size}`
}

function layerLine(layer, box, language) {
  const several = layer.legend.length > 1
  const samples = several ? [] : [sample(layer, layer.legend[0])]
  const line = element('label', box, ...samples, layer.title[language])
  return element('li', line, ...(several ? [element('ul', ...layer.legend.map((entry) => classLine(layer, entry, language)))] : []))
}

const classLine = (layer, entry, language) => element('li', sample(layer, entry), entry.title[language])

function element(name, ...children) {
  const made = document.createElement(name)
  made.append(...children)
  if (name === 'ul') made.className = 'plain-list'
  return made
}

/** A small picture of one class. */
function sample(layer, entry) {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDE * RATIO, height: HIGH * RATIO, className: 'sample' })
  canvas.setAttribute('aria-hidden', 'true')
  const pen = canvas.getContext('2d')
  pen.scale(RATIO, RATIO)
  pen.lineWidth = Math.min(entry.width, 3)
  pen.strokeStyle = entry.line
  pen.fillStyle = entry.fill
  ;({ area, line: layer.reach ? strip : line, point })[layer.geometry](pen, entry)
  return canvas
}

function area(pen, entry) {
  pen.globalAlpha = Math.max(entry.opacity, 0)
  pen.fillRect(2, 2, WIDE - 4, HIGH - 4)
  pen.globalAlpha = 1
  if (entry.hatch !== 'none') {
    const pattern = pen.createPattern(hatchCanvas(entry, 1), 'repeat')
    pen.fillStyle = pattern
    pen.fillRect(2, 2, WIDE - 4, HIGH - 4)
  }
  pen.setLineDash(entry.dash.map((length) => length * pen.lineWidth))
  pen.strokeRect(2, 2, WIDE - 4, HIGH - 4)
}

function strip(pen, entry) {
  pen.globalAlpha = entry.opacity
  pen.fillRect(0, 3, WIDE, HIGH - 6)
  pen.globalAlpha = 1
  rule(pen, HIGH / 2)
  pen.lineWidth = 1
  pen.setLineDash([4, 2])
  rule(pen, 3)
  rule(pen, HIGH - 3)
}

function line(pen, entry) {
  pen.setLineDash(entry.dash.map((length) => length * pen.lineWidth))
  pen.lineWidth += 2
  rule(pen, HIGH / 2)
  pen.lineWidth -= 2
  pen.strokeStyle = entry.fill
  rule(pen, HIGH / 2)
}

const point = (pen, entry) => drawSymbol(pen, entry, WIDE / 2, HIGH / 2)

function rule(pen, y) {
  pen.beginPath()
  pen.moveTo(0, y)
  pen.lineTo(WIDE, y)
  pen.stroke()
}
