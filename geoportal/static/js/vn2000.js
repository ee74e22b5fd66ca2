// VN-2000 from WGS 84, in the browser: the same datum operation (EPSG:6960) and the same plane as the database.
// A test holds this file to pyproj within a millimetre, so what is measured here is what the office would measure.

const AXIS = 6378137
const FLATTENING = 1 / 298.257223563
const SQUARE = FLATTENING * (2 - FLATTENING)
const RADIAN = Math.PI / 180
const SECOND = RADIAN / 3600
// EPSG:6960, from VN-2000 to WGS 84: metres, seconds of arc, parts of a million; coordinate frame rotation.
const MOVE = [-191.90441429, -39.30318279, -111.45032835]
const TURN = [-0.00928836, 0.01975479, -0.00427372].map((angle) => angle * SECOND)
const GROW = 1 + 0.252906278e-6
const FALSE_EAST = 500000

/**
 * The plane of a province (transverse Mercator, Krüger's series to the fourth order: far below a millimetre in a zone).
 * @param {number} meridian degrees east
 * @param {number} scale on the meridian
 * @returns {(lon: number, lat: number) => {x: number, y: number}} degrees of WGS 84 to metres; x is north, y is east, as
 *   Vietnamese surveyors name them
 */
export function planeOf(meridian, scale) {
  const n = FLATTENING / (2 - FLATTENING)
  const metres = (scale * AXIS * (1 + n ** 2 / 4 + n ** 4 / 64)) / (1 + n)
  const series = [
    n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16 + (41 * n ** 4) / 180,
    (13 * n ** 2) / 48 - (3 * n ** 3) / 5 + (557 * n ** 4) / 1440,
    (61 * n ** 3) / 240 - (103 * n ** 4) / 140,
    (49561 * n ** 4) / 161280,
  ]
  const root = Math.sqrt(SQUARE)
  return (lon, lat) => {
    const [longitude, latitude] = toVn2000(lon * RADIAN, lat * RADIAN)
    const off = longitude - meridian * RADIAN
    const sine = Math.sin(latitude)
    const t = Math.sinh(Math.atanh(sine) - root * Math.atanh(root * sine))
    const [xi, eta] = [Math.atan2(t, Math.cos(off)), Math.atanh(Math.sin(off) / Math.hypot(1, t))]
    const sum = (along, across) => series.reduce((all, a, i) => all + a * along(2 * (i + 1) * xi) * across(2 * (i + 1) * eta), 0)
    return { x: metres * (xi + sum(Math.sin, Math.cosh)), y: FALSE_EAST + metres * (eta + sum(Math.cos, Math.sinh)) }
  }
}

/** Length of a line in metres; of a ring when `closed`. @param {{x: number, y: number}[]} points of the plane */
export function lengthOf(points, closed = false) {
  const ends = closed ? [...points.slice(1), points[0]] : points.slice(1)
  return ends.reduce((sum, end, i) => sum + Math.hypot(end.x - points[i].x, end.y - points[i].y), 0)
}

/** Area of a ring in square metres. Told from its first corner, so that no digit is lost in large coordinates. */
export function areaOf([first, ...points]) {
  const [xs, ys] = [points.map(({ x }) => x - first.x), points.map(({ y }) => y - first.y)]
  return Math.abs(xs.slice(1).reduce((sum, x, i) => sum + xs[i] * ys[i + 1] - x * ys[i], 0)) / 2
}

/** Whether a ring crosses itself: then it has no area anybody could mean. */
export function crossesItself(points) {
  const side = (a, b, c) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x))
  const edges = points.map((start, i) => [start, points[(i + 1) % points.length]])
  return edges.some(([a, b], i) =>
    edges.slice(i + 2, i ? undefined : -1).some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0),
  )
}

/** From WGS 84 to VN-2000, in radians: both stand on the same ellipsoid, moved and turned a little. */
function toVn2000(lon, lat) {
  const upright = AXIS / Math.sqrt(1 - SQUARE * Math.sin(lat) ** 2)
  const wgs84 = [upright * Math.cos(lat) * Math.cos(lon), upright * Math.cos(lat) * Math.sin(lon), upright * (1 - SQUARE) * Math.sin(lat)]
  const [x, y, z] = wgs84.map((value, i) => (value - MOVE[i]) / GROW)
  const [rx, ry, rz] = TURN
  return geodetic(x - rz * y + ry * z, rz * x + y - rx * z, -ry * x + rx * y + z)
}

/** Longitude and latitude of a place in space; four rounds settle it far below a millimetre. */
function geodetic(x, y, z) {
  const far = Math.hypot(x, y)
  let lat = Math.atan2(z, far * (1 - SQUARE))
  for (let round = 0; round < 4; round++) {
    const sine = Math.sin(lat)
    lat = Math.atan2(z + (SQUARE * AXIS * sine) / Math.sqrt(1 - SQUARE * sine ** 2), far)
  }
  return [Math.atan2(y, x), lat]
}
