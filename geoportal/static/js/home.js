// The home page's one button that needs a script: where do I stand?

for (const button of document.querySelectorAll('[data-locate]')) {
  button.hidden = !navigator.geolocation
  const options = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 5_000 }
  const tell = (words) => (document.querySelector('[data-location]').textContent = button.dataset[words])
  button.addEventListener('click', () => {
    tell('locating')
    navigator.geolocation.getCurrentPosition(
      ({ coords: { longitude, latitude, accuracy } }) => {
        const place = { lon: longitude.toFixed(6), lat: latitude.toFixed(6), accuracy: accuracy.toFixed(1) }
        location.href = `${button.dataset.identify}?${new URLSearchParams(place)}`
      },
      ({ code }) => tell(code === 1 ? 'refused' : 'unknown'),
      options,
    )
  })
}
