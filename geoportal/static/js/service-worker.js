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

const kept = async (request) => (await caches.match(request)) ?? Response.error()
