// One look with the pictures (postprocess/pictures/colours.cpp): dark blue over grey to yellow, even in lightness.

const ends = [[0.02, 0.14, 0.36], [0.49, 0.48, 0.47], [1.0, 0.91, 0.27]];
const white = [0.9505, 1.0, 1.089];

function toLab(rgb) {
  const [r, g, b] = rgb.map((c) => (c > 0.04045 ? ((c + 0.055) / 1.055) ** 2.4 : c / 12.92));
  const xyz = [0.4124 * r + 0.3576 * g + 0.1805 * b, 0.2126 * r + 0.7152 * g + 0.0722 * b, 0.0193 * r + 0.1192 * g + 0.9505 * b];
  const [x, y, z] = xyz.map((v, i) => v / white[i]).map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function toRgb([l, a, b]) {
  const y = (l + 16) / 116;
  const [x, yy, z] = [y + a / 500, y, y - b / 200].map((t, i) => white[i] * (t > 0.206893 ? t ** 3 : (t - 16 / 116) / 7.787));
  const linear = [3.2406 * x - 1.5372 * yy - 0.4986 * z, -0.9689 * x + 1.8758 * yy + 0.0415 * z, 0.0557 * x - 0.204 * yy + 1.057 * z];
  return linear.map((c) => Math.min(1, Math.max(0, c > 0.0031308 ? 1.055 * Math.max(c, 0) ** (1 / 2.4) - 0.055 : 12.92 * c)));
}

const steps = 256;
const table = (() => {
  const labs = ends.map(toLab);
  const colours = new Float32Array(3 * steps);
  for (let i = 0; i < steps; ++i) {
    const t = (2 * i) / (steps - 1);
    const k = Math.min(1, Math.floor(t));
    colours.set(toRgb(labs[k].map((v, d) => v + (labs[k + 1][d] - v) * (t - k))), 3 * i);
  }
  return colours;
})();

/** Colour of a share 0 … 1 of the scale, written into an array of floats. */
export function evenColour(share, into, at) {
  const i = 3 * Math.min(steps - 1, Math.max(0, Math.round(share * (steps - 1))));
  into[at] = table[i];
  into[at + 1] = table[i + 1];
  into[at + 2] = table[i + 2];
}

export function css([r, g, b]) {
  return `rgb(${Math.round(255 * r)} ${Math.round(255 * g)} ${Math.round(255 * b)})`;
}

export function evenCss(share) {
  const c = [0, 0, 0];
  evenColour(share, c, 0);
  return css(c);
}

/** Of the levels 0 … 4 on the nerve. */
export const levelColours = [[0.05, 0.24, 0.55], [0.55, 0.75, 0.9], [1.0, 0.85, 0.3], [0.85, 0.3, 0.05], [0.3, 0.0, 0.3]];
