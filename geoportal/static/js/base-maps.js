// Base maps of others under our layers: shown when chosen, given up with a sentence when they do not come.

/** The name of the source and of the layer of whichever base is shown. */
export const OTHER = 'other-base'
/** So long may a base map keep the visitor waiting for its first picture, in milliseconds. */
const PATIENCE = 10_000

/**
 * @typedef {{name: string, title: Record<string, string>, attribution: string, archive: boolean, tiles: string,
 *   tile_size: number, minzoom: number, maxzoom: number}} Base
 * @typedef {'own'|'shown'|'partly'|'failed'} Status own: none was chosen; failed: none came, our own is what is seen
 */

/** @param {(status: Status) => void} onStatus @returns {(base: ?Base) => Promise<void>} shows a base, or our own again */
export function makeBases(map, onStatus) {
  let [shown, came, timer] = [null, false, 0]

  function giveUp() {
    if (!shown || came) return
    map.setLayoutProperty(OTHER, 'visibility', 'none')
    onStatus('failed')
  }
  map.on('error', ({ sourceId }) => sourceId === OTHER && (came ? onStatus('partly') : giveUp()))
  map.on('sourcedata', ({ sourceId, tile }) => {
    if (sourceId !== OTHER || came || tile?.state !== 'loaded') return
    came = true
    clearTimeout(timer)
    map.setLayoutProperty(OTHER, 'visibility', 'visible')
    onStatus('shown')
  })

  return async (base) => {
    clearTimeout(timer)
    if (map.getLayer(OTHER)) map.removeLayer(OTHER).removeSource(OTHER)
    ;[shown, came] = [base, false]
    if (!base) return onStatus('own')
    if (base.archive) await openArchives(map)
    if (shown !== base) return
    onStatus('shown')
    timer = setTimeout(giveUp, PATIENCE)
    put(map, base)
  }
}

/** Above our land and sea, below everything that is ours to show. */
function put(map, { archive, tiles, minzoom, maxzoom, tile_size: tileSize }) {
  const where = archive ? { url: `pmtiles://${tiles}` } : { tiles: [tiles.startsWith('/') ? location.origin + tiles : tiles] }
  map.addSource(OTHER, { type: 'raster', ...where, tileSize, minzoom, maxzoom })
  map.addLayer({ id: OTHER, type: 'raster', source: OTHER }, map.getStyle().layers.find(({ metadata }) => metadata?.slug)?.id)
}

let archives
/** Archives of tiles are read by a library of their own, fetched when the first one is chosen. */
function openArchives(map) {
  archives ??= Promise.all([import('./map.js'), loadScript(map.getContainer().dataset.archives)]).then(([{ addProtocol }]) =>
    addProtocol('pmtiles', new window.pmtiles.Protocol().tile),
  )
  return archives
}

function loadScript(src) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement('script'), { src, onload: resolve, onerror: reject }))
  })
}
