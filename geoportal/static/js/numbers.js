// Numbers in the reader's style: Vietnamese 1.234,5 m² and 60 %, English 1,234.5 m² and 60%.

const language = document.documentElement.lang
const NARROW = '\u202f'
const HECTARE = 10_000

/** @param {number} digits after the sign, always as many */
export const number = (value, digits) =>
  value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })

export const metres = (value) => `${number(value, value < 100 ? 2 : 1)}\u00a0m`

export const squareMetres = (value) =>
  `${number(value, 1)}\u00a0m²${value >= HECTARE ? ` (${number(value / HECTARE, 2)}\u00a0ha)` : ''}`

/** A share from 0 to 1. */
export const percent = (share) => `${Math.round(share * 100)}${language === 'vi' ? '\u00a0' : ''}%`

/** Thousands apart by a narrow space, as on a surveyor's sheet: 2 262 291,7. */
export function grouped(value) {
  const [whole, rest] = plain(value, 1).split(/(?=[.,])/)
  return whole.replace(/\B(?=(\d{3})+$)/g, NARROW) + rest
}

/** Without signs between the thousands: fit to be typed into the search again. */
export const plain = (value, digits) =>
  value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false })
