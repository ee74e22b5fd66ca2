// The address of what is seen, to copy, to scan, to print.
import { copy } from './coordinates.js'
import { printMap } from './printing.js'

const PAUSE = 400

/** @param {import('./main.js').Workspace} page @returns {() => void} closes the tool */
export function open(page, card) {
  const [field, pinned, code] = [card.querySelector('[data-link]'), card.querySelector('[data-pinned]'), card.querySelector('[data-code]')]
  let timer = 0
  const show = () => {
    field.value = linkOf(page, pinned.checked)
    clearTimeout(timer)
    timer = setTimeout(() => (code.src = codeOf(page, field.value)), PAUSE)
  }
  pinned.onchange = show
  field.onfocus = () => field.select()
  card.querySelector('[data-copy-link]').onclick = () => copy(field.value, page.side)
  card.querySelector('[data-print-map]').onclick = () => printMap(page, field.value)
  page.followers.add(show)
  page.map.on('moveend', show)
  show()
  return () => {
    clearTimeout(timer)
    page.followers.delete(show)
    page.map.off('moveend', show)
  }
}

/** The address of this page, for ever of the same data when `pinned`. */
export function linkOf(page, pinned) {
  const link = new URL(location.href)
  const { snapshot, day } = page.container.dataset
  for (const [name, value] of pinned ? [['at', snapshot], ['on', day]] : []) {
    if (value && !link.searchParams.has(name)) link.searchParams.set(name, value)
  }
  return link.href
}

/** Where the server draws the code of an address of its own. */
export function codeOf(page, link) {
  const { pathname, search, hash } = new URL(link)
  return `${page.container.dataset.code}?address=${encodeURIComponent(pathname + search + hash)}`
}
