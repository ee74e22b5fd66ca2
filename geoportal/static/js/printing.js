// The map on paper: picture, legend, scale, north, whose data of which day, and the way back to it.
import { codeOf, linkOf } from './sharing.js'

// The picture on paper in metres; the stylesheet gives it the same room.
const [WIDE, HIGH] = [0.19, 0.122]

/** Prints the sheet of the map; an answer that stands beside it is printed by its own button. */
export async function printMap(page, link) {
  const paper = lay(page, link)
  await paper.querySelector('[data-paper-code]').decode().catch(() => {})
  document.body.classList.add('prints-map')
  print()
}

/** The browser's own command prints the map where no answer stands beside it. */
export function prepare(page) {
  addEventListener('beforeprint', () => {
    if (document.body.classList.contains('prints-map') || page.panel.querySelector('[data-parcel]')) return
    lay(page, linkOf(page, true))
    document.body.classList.add('prints-map')
  })
  addEventListener('afterprint', () => document.body.classList.remove('prints-map'))
}

function lay(page, link) {
  const paper = page.side.querySelector('[data-paper]')
  const { map } = page
  map.redraw()
  const picture = middleOf(map.getCanvas())
  paper.querySelector('[data-paper-map]').replaceChildren(picture)
  const ratio = map.getCanvas().width / map.getCanvas().clientWidth
  const metresAPixel = (78271.517 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** map.getZoom()
  drawScale(picture, page.side.querySelector('[data-scale]'), ratio)
  const scale = paper.querySelector('[data-paper-scale]')
  scale.textContent = scale.dataset.words.replace('{scale}', roundly((metresAPixel * picture.width) / ratio / WIDE))
  paper.querySelector('[data-paper-source]').textContent = page.side.querySelector('[data-base-source]').textContent
  paper.querySelector('[data-paper-link]').textContent = link
  paper.querySelector('[data-paper-code]').src = codeOf(page, link)
  paper.querySelector('[data-paper-legend]').replaceChildren(...shownLines(page.side))
  return paper
}

/** A picture that stays: what WebGL drew is gone with its frame. Of the paper's proportions, about the same middle. */
function middleOf(canvas) {
  const [width, height] = [Math.min(canvas.width, (canvas.height * WIDE) / HIGH), Math.min(canvas.height, (canvas.width * HIGH) / WIDE)].map(Math.round)
  const copied = Object.assign(document.createElement('canvas'), { width, height })
  copied.getContext('2d').drawImage(canvas, (width - canvas.width) / 2, (height - canvas.height) / 2)
  return copied
}

/** The bar of the screen and an arrow to the north, drawn into the picture: they shrink as it does. */
function drawScale(picture, bar, ratio) {
  const pen = picture.getContext('2d')
  const length = Number(bar.querySelector('svg').getAttribute('width')) - 2
  pen.scale(ratio, ratio)
  const [left, low] = [14, picture.height / ratio - 16]
  pen.fillStyle = 'rgba(255,255,255,.85)'
  pen.fillRect(left - 8, low - 30, length + 50, 40)
  pen.strokeStyle = pen.fillStyle = '#12211d'
  pen.lineWidth = 2
  pen.beginPath()
  for (const [x, y] of [[left, low - 6], [left, low], [left + length, low], [left + length, low - 6]]) pen.lineTo(x, y)
  pen.stroke()
  pen.font = '13px "Map Regular"'
  pen.fillText(bar.textContent.trim(), left, low - 12)
  const middle = left + length + 22
  pen.beginPath()
  for (const [x, y] of [[0, -26], [6, -4], [0, -9], [-6, -4]]) pen.lineTo(middle + x, low + y + 4)
  pen.fill()
  pen.fillText(bar.dataset.north, middle - 4, low + 8)
}

function shownLines(side) {
  const lines = [...side.querySelectorAll('.legend-groups > details > ul > li')].filter((line) => line.querySelector('[type=checkbox]').checked)
  return lines.map((line) => {
    const made = document.createElement('li')
    const label = line.querySelector('label')
    for (const canvas of label.querySelectorAll('canvas')) made.append(sampleOf(canvas))
    made.append(label.textContent)
    for (const entry of line.querySelectorAll('li')) {
      const part = document.createElement('span')
      part.append(sampleOf(entry.querySelector('canvas')), entry.textContent)
      made.append(part)
    }
    return made
  })
}

function sampleOf(canvas) {
  const { width, height } = canvas
  const copied = Object.assign(document.createElement('canvas'), { width, height, className: 'sample' })
  copied.getContext('2d').drawImage(canvas, 0, 0)
  return copied
}

/** 2483 as 2.500: a scale is told as roughly as it is known. */
function roundly(value) {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1)
  return (Math.round(value / step) * step).toLocaleString(document.documentElement.lang)
}
