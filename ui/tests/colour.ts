/** Colour maths for the palette test: contrast, colour-blind eyes, distance. */

/** Red, green, blue from 0 to 255. */
export type Rgb = readonly [number, number, number];

type Row = readonly [number, number, number];
type Matrix = readonly [Row, Row, Row];

/** `rgb(1, 2, 3)` as a browser computes it; a translucent or odd colour is refused. */
export function parseRgb(text: string): Rgb {
  const found = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(text);
  if (!found) throw new Error(`no plain colour: "${text}"`);
  return [Number(found[1]), Number(found[2]), Number(found[3])];
}

const linear = (value: number): number => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};
const dot = (row: Row, of: Row): number => row[0] * of[0] + row[1] * of[1] + row[2] * of[2];
const times = (matrix: Matrix, of: Row): Row => [
  dot(matrix[0], of),
  dot(matrix[1], of),
  dot(matrix[2], of),
];
/** A colour as light: linear sRGB, and beyond it where no screen follows. */
export type Light = Row;
export const lightOf = ([r, g, b]: Rgb): Light => [linear(r), linear(g), linear(b)];

/** WCAG 2.2: from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const luminance = (colour: Rgb) => dot([0.2126, 0.7152, 0.0722], lightOf(colour));
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/**
 * What full dichromats see, after Brettel, Viénot and Mollon (1997): two half planes meet at the
 * greys, and the side of the third row decides. In linear sRGB, as DaltonLens computed them.
 */
const brettel: Record<string, { near: Matrix; far: Matrix; side: Row }> = {
  protanopia: {
    near: [
      [0.1498, 1.19548, -0.34528],
      [0.10764, 0.84864, 0.04372],
      [0.00384, -0.0054, 1.00156],
    ],
    far: [
      [0.1457, 1.16172, -0.30742],
      [0.10816, 0.85291, 0.03892],
      [0.00386, -0.00524, 1.00139],
    ],
    side: [0.00048, 0.00393, -0.00441],
  },
  deuteranopia: {
    near: [
      [0.36477, 0.86381, -0.22858],
      [0.26294, 0.64245, 0.09462],
      [-0.02006, 0.02728, 0.99278],
    ],
    far: [
      [0.37298, 0.88166, -0.25464],
      [0.25954, 0.63506, 0.1054],
      [-0.0198, 0.02784, 0.99196],
    ],
    side: [-0.00281, -0.00611, 0.00892],
  },
  tritanopia: {
    near: [
      [1.01277, 0.13548, -0.14826],
      [-0.01243, 0.86812, 0.14431],
      [0.07589, 0.805, 0.11911],
    ],
    far: [
      [0.93678, 0.18979, -0.12657],
      [0.06154, 0.81526, 0.1232],
      [-0.37562, 1.12767, 0.24796],
    ],
    side: [0.03901, -0.02788, -0.01113],
  },
};

export const eyes = ['normal', ...Object.keys(brettel)] as const;

/**
 * The light as these eyes see it. What leaves the screen's colours stays as it is: it is
 * compared, never shown, and clipping it would bring colours together that the eye parts.
 */
export function seenBy(eye: string, light: Light): Light {
  const sight = brettel[eye];
  return sight ? times(dot(sight.side, light) >= 0 ? sight.near : sight.far, light) : light;
}

/** CIE L*a*b* under D65. */
function lab(light: Light): Row {
  const xyz = times(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    light,
  );
  const curve = (value: number) =>
    value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116;
  const [x, y, z] = [curve(xyz[0] / 0.95047), curve(xyz[1]), curve(xyz[2] / 1.08883)];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIEDE2000; 1 is about the least difference an eye sees. */
export function distance(one: Light, other: Light): number {
  const degrees = (angle: number) => (angle * Math.PI) / 180;
  const [l1, a1, b1] = lab(one);
  const [l2, a2, b2] = lab(other);
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
  const [A1, A2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(A1, b1), Math.hypot(A2, b2)];
  const hue = (a: number, b: number) => ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
  const [h1, h2] = [hue(A1, b1), hue(A2, b2)];
  const grey = c1 * c2 === 0;
  let dh = grey ? 0 : h2 - h1;
  if (dh > 180) dh -= 360;
  if (dh < -180) dh += 360;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin(degrees(dh / 2));
  const far = Math.abs(h1 - h2) > 180;
  const meanH = grey ? h1 + h2 : (h1 + h2 + (far ? (h1 + h2 < 360 ? 360 : -360) : 0)) / 2;
  const [meanL, mC] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const t =
    1 -
    0.17 * Math.cos(degrees(meanH - 30)) +
    0.24 * Math.cos(degrees(2 * meanH)) +
    0.32 * Math.cos(degrees(3 * meanH + 6)) -
    0.2 * Math.cos(degrees(4 * meanH - 63));
  const sl = 1 + (0.015 * (meanL - 50) ** 2) / Math.sqrt(20 + (meanL - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * mC, 1 + 0.015 * mC * t];
  const turn = Math.sin(degrees(60 * Math.exp(-(((meanH - 275) / 25) ** 2))));
  const rt = -2 * Math.sqrt(mC ** 7 / (mC ** 7 + 25 ** 7)) * turn;
  const [L, C, H] = [(l2 - l1) / sl, (c2 - c1) / sc, dH / sh];
  return Math.sqrt(L * L + C * C + H * H + rt * C * H);
}
