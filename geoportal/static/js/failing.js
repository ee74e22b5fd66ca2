// Layers whose tiles do not come: each is told by itself, the map goes on.

/** So long may a layer keep the visitor waiting before it counts as away, in milliseconds. */
const PATIENCE = 15_000

/**
 * @param {(source: string) => void} onAway called once, until the source is back
 * @param {(source: string) => void} onBack
 * @returns {(source: string) => void} retry: asks for the tiles of a source again
 */
export function watch(map, onAway, onBack) {
  /** @type {Map<string, 'broken'|'slow'>} */
  const away = new Map()
  const waiting = new Map()
  const settle = (source) => (clearTimeout(waiting.get(source)), waiting.delete(source))
  const report = (source, why) => {
    settle(source)
    if (!away.has(source)) onAway(source)
    away.set(source, why)
  }
  const forget = (source) => away.delete(source) && onBack(source)
  map.on('error', ({ sourceId }) => sourceId && report(sourceId, 'broken'))
  map.on('dataloading', ({ sourceId, tile }) => {
    if (tile && !waiting.has(sourceId)) waiting.set(sourceId, setTimeout(report, PATIENCE, sourceId, 'slow'))
  })
  map.on('idle', () => [...waiting.keys()].forEach(settle))
  map.on('sourcedata', ({ sourceId, isSourceLoaded }) => {
    if (!isSourceLoaded) return
    if (waiting.has(sourceId)) settle(sourceId)
    if (away.get(sourceId) === 'slow') forget(sourceId)
  })
  return (source) => {
    forget(source)
    askAgain(map, source)
  }
}

/** A layer that is not seen lets its tiles go, failed and hanging ones too; seen again it asks for them anew. */
function askAgain(map, source) {
  const seen = map.getStyle().layers.filter((layer) => layer.source === source && layer.layout?.visibility !== 'none')
  const set = (visibility) => seen.forEach(({ id }) => map.setLayoutProperty(id, 'visibility', visibility))
  set('none')
  map.redraw()
  set('visible')
}
