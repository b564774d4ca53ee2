import { afterEach, describe, expect, test } from 'vitest';
import '../src/styles/base.css';
import { contrast, distance, eyes, lightOf, parseRgb, seenBy, type Rgb } from './colour';

const states = ['ready', 'ring', 'call', 'hold', 'wrap', 'pause', 'out', 'lost'];
const tints = states.map((state) => `${state}-tint`);

/** Where anything may stand, then where only words and lines may. */
const plain = ['canvas', 'sunken', 'surface', 'raised', 'hover'];
const grounds = [...plain, 'accent-tint', 'pressed'];

/** What must be read (4.5) or made out (3) on what. */
const text: [ink: string, on: string[]][] = [
  ...['text', 'text2', 'text3', 'accent-text'].map((ink): [string, string[]] => [
    ink,
    [...grounds, ...tints],
  ]),
  ...states.map((state): [string, string[]] => [`${state}-text`, [...grounds, `${state}-tint`]]),
  ...['accent', 'answer', 'end'].map((fill): [string, string[]] => [
    `on-${fill}`,
    [fill, `${fill}-hover`],
  ]),
  // A voice control that acts, a count in a badge: inverted.
  ['surface', ['text']],
];
const shapes: [ink: string, on: string[]][] = [
  ...states.map((state): [string, string[]] => [
    `${state}-solid`,
    [...plain, 'accent-tint', `${state}-tint`],
  ]),
  ['line2', plain],
  ['accent-line', grounds],
  ['focus', [...grounds, ...tints]],
  ...['accent', 'answer', 'end'].map((fill): [string, string[]] => [fill, ['surface', 'sunken']]),
];
/** Least distance (CIEDE2000) between two states, for every kind of eye. */
const apart = 9.5;

afterEach(() => {
  document.documentElement.removeAttribute('style');
  delete document.documentElement.dataset['theme'];
});

/** A token as the browser computes it in the present theme. */
function colour(token: string): Rgb {
  const probe = document.createElement('i');
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return parseRgb(computed);
}

/** Every pair of colours that is too close, in words. */
function faults(): string[] {
  const found: string[] = [];
  const pairs = [...text.map((each) => [...each, 4.5]), ...shapes.map((each) => [...each, 3])];
  for (const [ink, on, least] of pairs as [string, string[], number][]) {
    for (const ground of on) {
      const ratio = contrast(colour(ink), colour(ground));
      if (ratio < least) found.push(`${ink} on ${ground}: ${ratio.toFixed(2)} of ${least}`);
    }
  }
  for (const eye of eyes) {
    const seen = states.map((state) => seenBy(eye, lightOf(colour(`${state}-solid`))));
    for (const [i, one] of seen.entries()) {
      for (const [j, other] of seen.entries()) {
        const far = distance(one, other);
        if (j > i && far < apart)
          found.push(`${states[i]} and ${states[j]} to ${eye}: ${far.toFixed(2)} of ${apart}`);
      }
    }
  }
  return found;
}

describe.each(['light', 'dark'])('in %s', (theme) => {
  test('every word and shape stands out from every ground, and states from one another', () => {
    document.documentElement.dataset['theme'] = theme;
    expect(faults()).toEqual([]);
  });
});

test('the check finds a faint word and two states alike to a colour-blind eye', () => {
  document.documentElement.dataset['theme'] = 'light';
  document.documentElement.style.setProperty('--text3', '#8a9299');
  expect(faults().join()).toContain('text3 on surface');
  document.documentElement.style.setProperty('--wrap-solid', '#4a7bb0');
  expect(faults().join()).toContain('ring and wrap to deuteranopia');
});

test('the two themes differ', () => {
  document.documentElement.dataset['theme'] = 'light';
  const light = colour('surface');
  document.documentElement.dataset['theme'] = 'dark';
  expect(colour('surface')).not.toEqual(light);
});

test('the colour maths agree with published figures', () => {
  expect(contrast([255, 255, 255], [0, 0, 0])).toBeCloseTo(21, 5);
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
  const red = lightOf([255, 0, 0]);
  expect(distance(red, lightOf([0, 0, 255]))).toBeCloseTo(52.88, 1);
  // Greys look the same to every eye.
  for (const eye of eyes) {
    expect(distance(seenBy(eye, lightOf([128, 128, 128])), lightOf([128, 128, 128]))).toBeLessThan(
      0.5,
    );
  }
});
