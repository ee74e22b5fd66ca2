// The search box as a combobox (WAI-ARIA 1.2, list autocomplete, manual selection): htmx fills the list, this walks it.
for (const form of document.querySelectorAll('form.search')) makeCombobox(form)

/** @param {HTMLFormElement} form */
function makeCombobox(form) {
  const input = form.querySelector('input')
  const list = form.querySelector('[role=listbox]')
  const status = form.querySelector('[role=status]')
  let chosen = -1
  const options = () => [...list.querySelectorAll('[role=option]')]
  const isOpen = () => !list.hidden

  const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-expanded': 'false' }
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)

  function open(wanted) {
    list.hidden = !wanted
    input.setAttribute('aria-expanded', String(wanted))
    if (!wanted) point(-1)
  }

  /** Point at an option; the focus stays in the box, so typing goes on. */
  function point(at) {
    chosen = at
    options().forEach((option, place) => option.setAttribute('aria-selected', String(place === at)))
    const option = options()[at]
    if (!option) return input.removeAttribute('aria-activedescendant')
    input.setAttribute('aria-activedescendant', option.id)
    option.scrollIntoView({ block: 'nearest' })
  }

  function take(option) {
    input.value = option.dataset.query
    open(false)
    form.requestSubmit()
  }

  /** Beyond the last option comes the box itself, then the first again. */
  function step(by) {
    const rounds = options().length + 1
    point(((chosen + 1 + by + rounds) % rounds) - 1)
  }

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: () => open(false),
    Enter: () => chosen >= 0 && take(options()[chosen]),
    Tab: () => open(false),
  }

  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (!isOpen()) {
      if (event.key === 'ArrowDown' && options().length) {
        open(true)
        event.preventDefault()
      }
      return
    }
    const stays = event.key === 'Tab' || (event.key === 'Enter' && chosen < 0)
    if (keys[event.key] && !stays) event.preventDefault()
    keys[event.key]?.()
  })
  input.addEventListener('input', () => point(-1))
  input.addEventListener('blur', () => open(false))
  form.addEventListener('submit', () => open(false))
  // Before the blur, so that the list is still there when the press ends.
  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role=option]')
    if (option) take(option)
  })
  // What was typed before the scripts were there counts as well.
  addEventListener('load', () => {
    if (document.activeElement === input && input.value !== input.defaultValue) input.dispatchEvent(new Event('input'))
  })
  document.addEventListener('htmx:after:swap', ({ detail, target }) => {
    if (target !== input && detail?.ctx?.sourceElement !== input) return
    const count = options().length
    point(-1)
    open(count > 0 && document.activeElement === input)
    status.textContent = count && isOpen() ? status.dataset.some.replace('{n}', count) : ''
  })
}
