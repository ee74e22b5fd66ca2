// Hatches, drawn once and used by the map and the legend alike.

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
