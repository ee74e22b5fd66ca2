// Offers the notifications of this browser, where it can show any; what it gives us goes with the form like a typed address.
const way = document.querySelector('[data-push]')
if (way && 'serviceWorker' in navigator && 'PushManager' in window) prepare(way)

/** @param {HTMLElement} way */
function prepare(way) {
  const form = way.querySelector('form')
  const status = way.querySelector('[role=status]')
  way.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if ((await Notification.requestPermission()) !== 'granted') {
      status.textContent = status.dataset.refused
      return
    }
    try {
      form.elements.address.value = JSON.stringify(await subscribed(way.dataset.push))
      form.submit()
    } catch {
      status.textContent = status.dataset.failed
    }
  })
}

/** @param {string} key the sender's, in URL-safe base64 */
async function subscribed(key) {
  const registration = await navigator.serviceWorker.register('/service-worker.js').then(() => navigator.serviceWorker.ready)
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
}
