// What stands at a point: asked of the server, told in the panel, and an entry of the browser's history.

/** @typedef {{lng: number, lat: number, accuracy?: number}} Place degrees (WGS 84); metres */

/**
 * @param {{panel: HTMLElement, container: HTMLElement, onShown: () => void}} page `onShown`: the panel says something new
 */
export function makeAsking({ panel, container, onShown }) {
  /** @type {Map<string, ChildNode[]>} what the panel said at addresses of this visit */
  const kept = new Map()
  let shown = addressNow()

  /** @param {Place} place @param {?number} zoom of the map, where there is one @returns {Promise<boolean>} whether the place could be told; throws when nobody answers */
  async function ask(place, zoom) {
    panel.setAttribute('aria-busy', 'true')
    try {
      const address = addressOf(container.dataset.identify, place, zoom)
      const response = await fetch(address, { headers: { 'HX-Request': 'true' } })
      const words = await response.text()
      kept.set(shown, [...panel.childNodes])
      // Our own template, escaped by Django; and the policy of the page runs no inline script.
      panel.innerHTML = words
      panel.scrollTop = 0
      shown = address
      history.pushState(null, '', address + location.hash)
      onShown()
      return response.ok
    } finally {
      panel.removeAttribute('aria-busy')
    }
  }

  /** The panel as it was at the address the visitor went back to; an address of another visit is loaded. */
  function goBack() {
    const address = addressNow()
    if (address === shown) return
    if (!kept.has(address)) return location.reload()
    kept.set(shown, [...panel.childNodes])
    panel.replaceChildren(...kept.get(address))
    shown = address
    onShown()
  }
  return { ask, goBack }
}

const addressNow = () => location.pathname + location.search

/** The present page's snapshot and day hold for what is asked on it. */
function addressOf(page, { lng, lat, accuracy }, zoom) {
  const query = new URLSearchParams({ lon: lng.toFixed(6), lat: lat.toFixed(6) })
  if (zoom) query.set('z', zoom.toFixed(1))
  if (accuracy !== undefined) query.set('accuracy', accuracy.toFixed(1))
  const here = new URLSearchParams(location.search)
  for (const name of ['at', 'on']) if (here.get(name)) query.set(name, here.get(name))
  return `${page}?${query}`
}
