// The tools of the map: one open at a time, each fetched when it is asked for the first time.

const TOOLS = {
  measuring: () => import('./measuring.js'),
  comparing: () => import('./comparing.js'),
  sharing: () => import('./sharing.js'),
}

/**
 * @param {import('./main.js').Workspace} page a tool is `open(page, card)` and gives back how it is closed
 * @returns {{open: (name: string) => Promise<void>, shut: () => void}}
 */
export function prepareTools(page) {
  const buttons = page.side.querySelectorAll('[data-tool]')
  let [opened, close] = ['', () => {}]

  async function open(name) {
    shut()
    const [map, tool] = await Promise.all([page.wake(), TOOLS[name]()])
    if (opened || !map) return
    const card = page.side.querySelector(`[data-card=${name}]`)
    card.hidden = false
    opened = name
    close = tool.open(page, card)
    show()
    card.querySelector('h2').focus()
  }

  function shut() {
    if (!opened) return
    page.side.querySelector(`[data-card=${opened}]`).hidden = true
    close()
    opened = ''
    show()
  }

  const show = () => buttons.forEach((button) => button.setAttribute('aria-expanded', String(button.dataset.tool === opened)))
  const leave = (name) => (shut(), page.side.querySelector(`[data-tool=${name}]`).focus())

  for (const button of buttons) {
    const name = button.dataset.tool
    button.addEventListener('click', () => (opened === name ? shut() : open(name)))
    const card = page.side.querySelector(`[data-card=${name}]`)
    card.querySelector('[data-close]').addEventListener('click', () => leave(name))
    card.addEventListener('keydown', ({ key }) => key === 'Escape' && leave(name))
  }
  page.side.querySelector('.map-tools').hidden = false
  return { open, shut }
}
