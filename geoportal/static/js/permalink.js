// View and layers in the address: #zoom/latitude/longitude/-layer,-layer (switched off) or +layer (switched on).

/**
 * @param {string} hash
 * @returns {?{zoom: number, lat: number, lon: number, switched: Record<string, boolean>}} null when it says nothing
 */
export function read(hash) {
  const [zoom, lat, lon, layers = ''] = hash.replace(/^#/, '').split('/')
  const view = [zoom, lat, lon].map(Number)
  if (!lon || !view.every(Number.isFinite)) return null
  const switched = Object.fromEntries(layers.split(',').filter(Boolean).map((word) => [word.slice(1), word[0] === '+']))
  return { zoom: view[0], lat: view[1], lon: view[2], switched }
}

/** @param {{zoom: number, lat: number, lon: number, switched: Record<string, boolean>}} state */
export function write({ zoom, lat, lon, switched }) {
  const layers = Object.entries(switched).map(([slug, on]) => (on ? '+' : '-') + slug)
  return `#${[zoom.toFixed(2), lat.toFixed(5), lon.toFixed(5), ...(layers.length ? [layers.join(',')] : [])].join('/')}`
}
