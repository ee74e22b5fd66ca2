// Makes the portal readable without a network: starts the service worker, and notes the parcel of this page on this device.
import { remember } from './visited.js'

/** @param {HTMLElement} panel */
export function install(panel) {
  navigator.serviceWorker?.register('/service-worker.js').catch(() => {})
  const parcel = panel.querySelector('[data-parcel]')?.dataset.parcel
  if (parcel) remember({ address: `/parcels/${parcel}`, title: document.title.split(' · ')[0].trim() })
}
