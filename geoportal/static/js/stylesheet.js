// A stylesheet that only some visitors need, fetched with what needs it.

const asked = new Map()

/** @param {string} name of a file of ours @returns {Promise<void>} settled when it holds; a page without it still works */
export function stylesheet(name) {
  if (!asked.has(name)) {
    asked.set(name, new Promise((done) => {
      const href = new URL(`../css/${name}.css`, import.meta.url).href
      document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: done, onerror: done }))
    }))
  }
  return asked.get(name)
}
