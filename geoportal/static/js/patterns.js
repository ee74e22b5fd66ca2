// Hatches and the symbols of points, drawn once and used by the map and the legend alike.

const SIZE = 10
const DRAW = {
  diagonal: (pen) => strokes(pen, [[-2, 12, 12, -2], [-2, 2, 2, -2], [8, 12, 12, 8]]),
  'back-diagonal': (pen) => strokes(pen, [[-2, -2, 12, 12], [-2, 8, 2, 12], [8, -2, 12, 2]]),
  cross: (pen) => (DRAW.diagonal(pen), DRAW['back-diagonal'](pen)),
  dots: (pen) => {
    pen.beginPath()
    pen.arc(SIZE / 2, SIZE / 2, 1.2, 0, 7)
    pen.fill()
  },
}

/** @param {import('./style.js').LegendClass} entry */
export const hatchName = (entry) => `hatch:${entry.hatch}:${entry.line}`

/** A square that repeats without seams; `ratio` is the density of the screen. */
export function hatchCanvas(entry, ratio = 2) {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE * ratio
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }))
  pen.scale(ratio, ratio)
  pen.strokeStyle = pen.fillStyle = entry.line
  pen.globalAlpha = 0.75
  DRAW[entry.hatch]?.(pen)
  return canvas
}

const ICON = 18
const HALF_RING = 2.4
// Corners of the symbols round (0, 0) in pixels; those without corners are round.
const CORNERS = {
  square: [[-5, -5], [5, -5], [5, 5], [-5, 5]],
  diamond: [[0, -7], [7, 0], [0, 7], [-7, 0]],
  triangle: [[0, -6], [6, 4.5], [-6, 4.5]],
  down: [[0, 6], [-6, -4.5], [6, -4.5]],
  plus: [[-2, -6], [2, -6], [2, -2], [6, -2], [6, 2], [2, 2], [2, 6], [-2, 6], [-2, 2], [-6, 2], [-6, -2], [-2, -2]],
  star: [[0, -7], [2, -2.4], [6.7, -2.2], [3, 1], [4.1, 5.7], [0, 3], [-4.1, 5.7], [-3, 1], [-6.7, -2.2], [-2, -2.4]],
}

/** @param {import('./style.js').LegendClass} entry */
export const symbolName = (entry) => `symbol:${entry.symbol}:${entry.fill}:${entry.line}`

/** Draws a point's symbol round (x, y), with a light rim so that it stands out from any ground. */
export function drawSymbol(pen, entry, x, y) {
  pen.beginPath()
  if (CORNERS[entry.symbol]) CORNERS[entry.symbol].forEach(([dx, dy]) => pen.lineTo(x + dx, y + dy))
  else pen.arc(x, y, 5.5, 0, 7)
  pen.closePath()
  pen.lineJoin = 'round'
  for (const [colour, width] of [['#ffffff', 4], [entry.line, 1.6]]) {
    pen.strokeStyle = colour
    pen.lineWidth = width
    pen.stroke()
  }
  pen.fillStyle = entry.fill
  pen.fill()
  if (entry.symbol !== 'ring') return
  pen.fillStyle = '#ffffff'
  pen.beginPath()
  pen.arc(x, y, HALF_RING, 0, 7)
  pen.fill()
}

/** Gives the map an image for each symbol that a layer of points names. */
export function addSymbols(map, layers) {
  for (const entry of layers.filter(({ geometry }) => geometry === 'point').flatMap(({ legend }) => legend)) {
    if (map.hasImage(symbolName(entry))) continue
    const canvas = Object.assign(document.createElement('canvas'), { width: ICON * 2, height: ICON * 2 })
    const pen = canvas.getContext('2d', { willReadFrequently: true })
    pen.scale(2, 2)
    drawSymbol(pen, entry, ICON / 2, ICON / 2)
    map.addImage(symbolName(entry), pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: 2 })
  }
}

/** Gives the map an image for each hatch that a declaration names. */
export function addHatches(map, layers) {
  for (const entry of layers.flatMap(({ legend }) => legend)) {
    if (entry.hatch === 'none' || map.hasImage(hatchName(entry))) continue
    const canvas = hatchCanvas(entry)
    const pen = canvas.getContext('2d')
    map.addImage(hatchName(entry), pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: 2 })
  }
}

function strokes(pen, lines) {
  pen.beginPath()
  for (const [x1, y1, x2, y2] of lines) {
    pen.moveTo(x1, y1)
    pen.lineTo(x2, y2)
  }
  pen.stroke()
}
