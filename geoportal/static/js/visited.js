// The parcels whose answers were opened here, on this device and nowhere else: addresses and names, never an answer.

const PLACE = 'visited-parcels'
const MOST = 10

/** @typedef {{address: string, title: string}} Visit */

/** @returns {Visit[]} newest first; none where the browser keeps nothing */
export function visited() {
  try {
    const found = JSON.parse(localStorage.getItem(PLACE) ?? '[]')
    return found.filter(({ address, title }) => /^\/parcels\/\d+$/.test(address) && typeof title === 'string').slice(0, MOST)
  } catch {
    return []
  }
}

/** @param {Visit} visit */
export function remember(visit) {
  const others = visited().filter(({ address }) => address !== visit.address)
  keep([visit, ...others].slice(0, MOST))
}

export const forget = () => keep([])

function keep(visits) {
  try {
    if (visits.length) localStorage.setItem(PLACE, JSON.stringify(visits))
    else localStorage.removeItem(PLACE)
  } catch {
    // A browser that keeps nothing keeps nothing of this either.
  }
}
