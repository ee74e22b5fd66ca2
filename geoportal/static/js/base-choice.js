// The choice of what lies under the layers, in the legend; and whose map it is, on the bar.

/**
 * @param {HTMLElement} side
 * @param {import('./base-maps.js').Base[]} bases besides the portal's own
 * @param {(name: string) => void} onChoice empty for the portal's own
 * @returns {(name: string, status: import('./base-maps.js').Status) => void} tells what is shown
 */
export function prepareBases(side, bases, onChoice) {
  const choice = side.querySelector('[data-bases]')
  const source = side.querySelector('[data-base-source]')
  const own = source.textContent
  const language = document.documentElement.lang
  const boxes = [{ name: '', title: { [language]: choice.dataset.own } }, ...bases].map(({ name, title }) => {
    const box = Object.assign(document.createElement('input'), { type: 'radio', name: 'base', value: name })
    box.addEventListener('change', () => onChoice(name))
    const label = document.createElement('label')
    label.append(box, title[language])
    choice.querySelector('[data-choices]').append(label)
    return box
  })
  choice.hidden = !bases.length
  const trouble = choice.querySelector('[data-base-trouble]')
  const [words, again] = trouble.children
  again.addEventListener('click', () => onChoice(boxes.find(({ checked }) => checked).value))
  return (name, status) => {
    boxes.forEach((box) => (box.checked = box.value === name))
    const base = bases.find((one) => one.name === name)
    source.textContent = base && status !== 'failed' ? source.dataset.other.replace('{source}', base.attribution) : own
    const isTrouble = status === 'failed' || status === 'partly'
    words.textContent = isTrouble ? choice.dataset[status].replace('{title}', base.title[language]) : ''
    again.hidden = !isTrouble
  }
}
