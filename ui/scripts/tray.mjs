/**
 * Draws the tray's pictures, icons/tray/*.png: the shapes of the states, in colours that stand
 * out from light and dark panels alike; under template/ the same in black, which macOS colours.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const folder = new URL('../../icons/tray/', import.meta.url).pathname;
const shape = new URL('../src/shared/Shape.svelte', import.meta.url);

/** Between the light and the dark colour of the state: at least 3 : 1 on white and on #202020. */
const colours = {
  ready: '#0f9d5c',
  ring: '#1a8fc7',
  call: '#4d76e3',
  hold: '#6f7f97',
  out: '#7c8185',
  lost: '#e0423c',
  busy: '#7c8185',
};
const panels = ['#ffffff', '#202020'];

/** Twice the size of the largest panels, and sharp at half and a third of it. */
const size = 64;

function luminance(hex) {
  const parts = hex.match(/[0-9a-f]{2}/g).map((part) => parseInt(part, 16) / 255);
  const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** What Shape.svelte draws for a state, so that tray and windows cannot differ. */
function drawing(source, look) {
  const branch = new RegExp(`if look === '${look}'\\}([\\s\\S]*?)\\{[:/]`);
  const found =
    branch.exec(source) ?? (look === 'busy' && /\{:else\}([\s\S]*?)\{\/if\}/.exec(source));
  if (!found) throw new Error(`Shape.svelte has no ${look}`);
  return found[1];
}

const source = await readFile(shape, 'utf8');
const style = /<style>([\s\S]*)<\/style>/.exec(source)[1];
await mkdir(`${folder}template`, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: size, height: size } });
for (const [look, colour] of Object.entries(colours)) {
  for (const panel of panels) {
    const ratio = contrast(colour, panel);
    if (ratio < 3) throw new Error(`${look} on ${panel}: ${ratio.toFixed(2)}`);
  }
  for (const [file, ink] of [
    [`${look}.png`, colour],
    [`template/${look}.png`, '#000000'],
  ]) {
    await page.setContent(
      `<style>${style}</style><body style="margin:0"><svg viewBox="-1 -1 16 16" width="${size}"
        height="${size}" style="display:block;--solid:${ink}">${drawing(source, look)}</svg>`,
    );
    await page.screenshot({ path: folder + file, omitBackground: true });
  }
}
await browser.close();
