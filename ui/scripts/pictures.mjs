/**
 * Pictures of every view in every state, both themes, both languages, from the built screens
 * (`npm run build` first): `target/screenshots/<view>-<state>-<light|dark>-<vi|en>.png`. Fails when
 * one is missing or blank. `--docs` takes those of the README instead, twice as sharp.
 */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createServer, preview } from 'vite';

const root = new URL('../../', import.meta.url);
const docs = process.argv.includes('--docs');
const folder = fileURLToPath(new URL(docs ? 'docs/pictures/' : 'target/screenshots/', root));
/** Pages at work side by side. */
const hands = 3;
/** An empty window of the smallest size weighs less. */
const blank = 700;

/** What the README and the guides show. */
const shown = [
  'callbar-readyBar-light-vi',
  'callbar-inCallBar-dark-vi',
  'callbar-twoCalls-light-vi',
  'callbar-ready-dark-vi',
  'callbar-practiceIdle-light-vi',
  'ring-incoming-light-vi',
  'ring-twoRinging-dark-en',
  'popup-noted-light-vi',
  'popup-noted-dark-en',
  'workspace-calls-detail-light-vi',
  'workspace-palette-words-dark-vi',
  'workspace-settings-devices-light-en',
];

/** The views with their states, read from the sources. */
async function views() {
  const server = await createServer({
    server: { middlewareMode: true, ws: false },
    logLevel: 'error',
  });
  const load = async (view) => (await server.ssrLoadModule(`/src/views/${view}/states.ts`)).states;
  const names = ['callbar', 'ring', 'popup', 'workspace'];
  const found = await Promise.all(names.map(async (view) => [view, await load(view)]));
  await server.close();
  return found;
}

function* pictures(found) {
  for (const [view, states] of found) {
    for (const [name, state] of Object.entries(states)) {
      for (const theme of ['light', 'dark']) {
        for (const language of ['vi', 'en']) {
          yield { file: `${view}-${name}-${theme}-${language}`, view, state, theme, language };
        }
      }
    }
  }
}

async function take(page, origin, { file, view, state, theme, language }) {
  const [width, height] = state.size;
  await page.setViewportSize({ width, height });
  const query = new URLSearchParams({ w: view, scene: state.scene, theme, lang: language });
  if (state.place) query.set('place', JSON.stringify(state.place));
  await page.goto(`${origin}/?${query}`);
  await page.locator('#window > *').nth(1).waitFor({ state: 'attached' });
  for (const step of state.prepare ?? []) {
    if ('click' in step) await page.locator(step.click).first().click();
    else if ('press' in step) await page.keyboard.press(step.press);
    else await page.keyboard.type(step.type);
  }
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
    }
  });
  await page.screenshot({ path: `${folder}${file}.png` });
}

const wanted = [...pictures(await views())].filter(({ file }) => !docs || shown.includes(file));
if (docs && wanted.length !== shown.length) throw new Error('docs/pictures: a state has gone');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const server = await preview({ preview: { port: 4173 }, logLevel: 'error' });
const { origin } = new URL(server.resolvedUrls.local[0]);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const rest = [...wanted];
const failed = [];
async function work() {
  const page = await browser.newPage({
    deviceScaleFactor: docs ? 2 : 1,
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Ho_Chi_Minh',
  });
  page.setDefaultTimeout(20_000);
  // "Today" is the same in every picture.
  await page.clock.install({ time: new Date('2026-11-27T05:00:00Z') });
  for (let picture = rest.shift(); picture; picture = rest.shift()) {
    await take(page, origin, picture).catch((error) => failed.push(`${picture.file}: ${error}`));
    if (rest.length % 100 === 0) console.log(`    ${rest.length} to go`);
  }
}
await Promise.all(Array.from({ length: hands }, work));
await browser.close();
await server.close();

const there = new Set(await readdir(folder));
for (const { file } of wanted) {
  const name = `${file}.png`;
  if (!there.has(name)) failed.push(`${file}: no picture`);
  else if ((await stat(folder + name)).size < blank) failed.push(`${file}: blank`);
}
console.log(`${wanted.length - failed.length} of ${wanted.length} pictures in ${folder}`);
for (const failure of failed) console.error(failure);
process.exit(failed.length === 0 ? 0 : 1);
