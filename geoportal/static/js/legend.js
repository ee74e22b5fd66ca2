// The legend: one switch a layer, its sample drawn from the same declaration as the map.
import { hatchCanvas } from './patterns.js'

const [WIDE, HIGH, RATIO] = [26, 18, 2]

/**
 * @param {Element} lists where `[data-legend=themes]` and `[data-legend=ground]` are
 * @param {import('./style.js').Layer[]} layers
 * @param {(slug: string, on: boolean) => void} onSwitch
 * @returns {(off: Set<string>) => void} shows which layers are off
 */
export function makeLegend(lists, layers, onSwitch) {
  const language = document.documentElement.lang
  const boxes = new Map()
  for (const layer of layers.filter(({ tiles }) => tiles)) {
    const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: true })
    box.addEventListener('change', () => onSwitch(layer.slug, box.checked))
    boxes.set(layer.slug, box)
    const samples = layer.legend.length > 1 ? [] : [sample(layer, layer.legend[0])]
    const line = element('label', box, ...samples, layer.title[language])
    const classes = layer.legend.length > 1 ? [element('ul', ...layer.legend.map((entry) => classLine(layer, entry, language)))] : []
    const list = lists.querySelector(`[data-legend=${isFirst(layer) ? 'themes' : 'ground'}]`)
    list.append(element('li', line, ...classes))
  }
  return (off) => boxes.forEach((box, slug) => (box.checked = !off.has(slug)))
}

/** Parcels and themes are what people look for; the rest of the ground opens below. */
const isFirst = ({ slug, theme }) => slug === 'parcels' || theme !== 'ground'

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
  pen.lineWidth += 2
  rule(pen, HIGH / 2)
  pen.lineWidth -= 2
  pen.strokeStyle = entry.fill
  rule(pen, HIGH / 2)
}

function point(pen) {
  pen.beginPath()
  pen.arc(WIDE / 2, HIGH / 2, 5, 0, 7)
  pen.fill()
  pen.stroke()
}

function rule(pen, y) {
  pen.beginPath()
  pen.moveTo(0, y)
  pen.lineTo(WIDE, y)
  pen.stroke()
}
