// The home page's one button that needs a script: where do I stand?

for (const button of document.querySelectorAll('[data-locate]')) {
  button.hidden = !navigator.geolocation
  button.addEventListener('click', () =>
    navigator.geolocation.getCurrentPosition(({ coords: { longitude, latitude } }) => {
      location.href = `${button.dataset.identify}?lon=${longitude.toFixed(6)}&lat=${latitude.toFixed(6)}`
    }),
  )
}
