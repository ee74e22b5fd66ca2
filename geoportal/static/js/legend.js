// The legend: a group a theme; a switch, a sample and a strength for each layer, from the same declaration as the map.
import { percent } from './numbers.js'
import { drawSymbol, hatchCanvas } from './patterns.js'

const [WIDE, HIGH, RATIO] = [26, 18, 2]

/**
 * @param {HTMLElement} legend holds `[data-legend]`, which names the group of the ground and has the words of a line
 * @param {import('./style.js').Layer[]} layers the ground first, then theme by theme
 * @param {{onSwitch: (slug: string, on: boolean) => void, onOpacity: (slug: string, factor: number) => void,
 *   onRetry: (slug: string) => void}} events
 * @returns {{show: (state: import('./permalink.js').State, off: Set<string>) => void, setAway: (slug: string, away: boolean) => void}}
 *   `show` opens the groups of layers that came on; `setAway` says at a layer's own line that its tiles do not come
 */
export function makeLegend(legend, layers, events) {
  const place = legend.querySelector('[data-legend]')
  const language = document.documentElement.lang
  const [groups, lines] = [new Map(), new Map()]
  for (const layer of layers.filter(({ tiles }) => tiles)) {
    if (!groups.has(layer.theme)) groups.set(layer.theme, makeGroup(layer.theme_title?.[language] ?? place.dataset.legend))
    const line = makeLine(layer, language, place.dataset, events)
    lines.set(layer.slug, line)
    groups.get(layer.theme).lines.push(line)
    groups.get(layer.theme).list.append(line.item)
  }
  place.append(...[...groups.values()].map(({ details }) => details))
  legend.hidden = false
  legend.open ||= matchMedia('(min-width: 900px)').matches
  const trouble = legend.querySelector('[data-trouble]')
  return {
    show(state, off) {
      lines.forEach((line, slug) => line.show(!off.has(slug), state.opacity[slug] ?? 1))
      groups.forEach((group, theme) => count(group, theme !== 'ground'))
    },
    setAway(slug, away) {
      lines.get(slug)?.setAway(away)
      const many = [...lines.values()].filter(({ item }) => item.classList.contains('is-away')).length
      trouble.textContent = many ? trouble.dataset.trouble.replace('{n}', String(many)) : ''
    },
  }
}

/** A theme that opens: its title, how many of its layers are on, its layers. */
function makeGroup(title) {
  const [list, told] = [element('ul'), element('span')]
  told.className = 'legend-count'
  const details = element('details', element('summary', title, ' ', told), list)
  return { details, list, told, lines: [], on: 0 }
}

function count(group, opens) {
  const on = group.lines.filter(({ box }) => box.checked).length
  if (opens && on > group.on) group.details.open = true
  group.on = on
  group.told.textContent = `${on}/${group.lines.length}`
}

/** One layer: its switch and sample; how strongly it is drawn; and, when its tiles do not come, that. */
function makeLine(layer, language, words, { onSwitch, onOpacity, onRetry }) {
  const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: true })
  box.addEventListener('change', () => onSwitch(layer.slug, box.checked))
  const several = layer.legend.length > 1
  const name = element('label', box, ...(several ? [] : [sample(layer, layer.legend[0])]), layer.title[language])
  const classes = several ? [element('ul', ...layer.legend.map((entry) => classLine(layer, entry, language)))] : []
  const strength = makeStrength(layer.title[language], words, (factor) => onOpacity(layer.slug, factor))
  const away = Object.assign(element('p'), { className: 'legend-away' })
  away.setAttribute('role', 'status')
  const item = element('li', Object.assign(element('div', name, strength.button), { className: 'legend-line' }), strength.row, away, ...classes)
  return {
    item,
    box,
    show(on, factor) {
      box.checked = on
      strength.show(on, factor)
    },
    setAway(isAway) {
      item.classList.toggle('is-away', isAway)
      if (!isAway) return away.replaceChildren()
      const again = Object.assign(element('button', words.retry), { type: 'button', className: 'link-button' })
      again.addEventListener('click', () => (box.focus(), onRetry(layer.slug)))
      away.replaceChildren(words.away, ' ', again)
    },
  }
}

/** A button that tells the strength and opens its slider. */
function makeStrength(title, words, onChange) {
  const button = Object.assign(element('button'), { type: 'button', className: 'legend-strength' })
  const range = Object.assign(document.createElement('input'), { type: 'range', min: '10', max: '100', step: '5' })
  const row = Object.assign(element('label', element('span', words.strength), range), { className: 'legend-slider', hidden: true })
  range.setAttribute('aria-label', `${words.strength}: ${title}`)
  range.addEventListener('input', () => onChange(Number(range.value) / 100))
  button.addEventListener('click', () => {
    row.hidden = !row.hidden
    button.setAttribute('aria-expanded', String(!row.hidden))
    if (!row.hidden) range.focus()
  })
  button.setAttribute('aria-expanded', 'false')
  function show(on, factor) {
    const told = percent(factor)
    button.hidden = !on
    row.hidden ||= !on
    button.textContent = told
    button.setAttribute('aria-label', `${words.strength}: ${title}, ${told}`)
    range.value = String(Math.round(factor * 100))
    range.setAttribute('aria-valuetext', told)
  }
  return { button, row, show }
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
