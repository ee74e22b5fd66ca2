// Answers only when the network does not, and only with the page that says so: no answer about land is ever kept here, so
// none can be shown that is no longer true. The server puts RELEASE and OFFLINE (the page, then what it is made of) above.
/* global RELEASE, OFFLINE */
const NAME = `offline-${RELEASE}`

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(OFFLINE)).then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => event.waitUntil(begin()))

async function begin() {
  await Promise.all((await caches.keys()).filter((name) => name !== NAME).map((name) => caches.delete(name)))
  // The question goes out while this script is still waking up, so nobody waits for it.
  await self.registration.navigationPreload?.enable()
  await self.clients.claim()
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET') return
  if (request.mode === 'navigate') event.respondWith(page(event))
  else if (OFFLINE.includes(new URL(request.url).pathname)) event.respondWith(fetch(request).catch(() => kept(request)))
})

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request))
  } catch {
    return kept(OFFLINE[0])
  }
}

// That an answer changed, and the private page that tells which. Opened is only a page of this portal.
self.addEventListener('push', (event) => {
  const { title, body, page } = event.data.json()
  event.waitUntil(self.registration.showNotification(title, { body, tag: page, data: { page } }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const address = new URL(event.notification.data.page, self.location.origin)
  if (address.origin === self.location.origin) event.waitUntil(self.clients.openWindow(address.href))
})

const kept = async (request) => (await caches.match(request)) ?? Response.error()
