/**
 * How a table of 100,000 rows scrolls, in the built gallery: `node scripts/table-bench.mjs`.
 * Prints the time between frames while it scrolls at three speeds, and what a frame costs.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const outDir = await mkdtemp(join(tmpdir(), 'alobar-table-'));
await build({ build: { outDir, emptyOutDir: true }, logLevel: 'warn' });
const server = await preview({ build: { outDir }, preview: { port: 4174 } });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1368, height: 836 } });
await page.goto(`${new URL(server.resolvedUrls.local[0]).origin}/?w=gallery&scene=ready`);
await page.getByRole('grid').first().waitFor();

/** Only the table is left, as high as a window. */
await page.evaluate(() => {
  document.querySelector('[data-theme=dark]').remove();
  const grid = document.querySelector('[role=grid]');
  for (const section of document.querySelectorAll('section')) {
    if (!section.contains(grid)) section.remove();
  }
  grid.parentElement.style.height = '720px';
  grid.id = 'scrolled';
});

/** Scrolls down so many px in each frame for four seconds. */
const scroll = (step) =>
  page.evaluate(async (step) => {
    const grid = document.getElementById('scrolled');
    const frame = () => new Promise(requestAnimationFrame);
    const between = [];
    grid.scrollTop = 0;
    await frame();
    let last = await frame();
    for (const end = last + 4000; last < end;) {
      grid.scrollTop += step;
      const now = await frame();
      between.push(now - last);
      last = now;
    }
    const at = (list, part) =>
      list.toSorted((a, b) => a - b)[Math.floor(part * (list.length - 1))].toFixed(1);
    return {
      'px a frame': step,
      frames: between.length,
      'median ms': at(between, 0.5),
      '95 % ms': at(between, 0.95),
      'worst ms': at(between, 1),
      'over 20 ms': `${((100 * between.filter((ms) => ms > 20).length) / between.length).toFixed(1)} %`,
      rows: grid.querySelectorAll('[role=row]').length,
    };
  }, step);

await scroll(36);
const client = await page.context().newCDPSession(page);
// In processor time, so that other work on the machine does not count.
await client.send('Performance.enable', { timeDomain: 'threadTicks' });
const parts = async () => {
  const { metrics } = await client.send('Performance.getMetrics');
  const names = ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration', 'TaskDuration'];
  return names.map((name) => metrics.find((metric) => metric.name === name).value);
};

const results = [];
for (const step of [36, 400, 20_000]) {
  const before = await parts();
  const result = await scroll(step);
  const after = await parts();
  const [script, style, layout, all] = after.map((value, at) =>
    ((1000 * (value - before[at])) / result.frames).toFixed(2),
  );
  results.push({ ...result, script, style, layout, 'all CPU ms a frame': all });
}
console.table(results);
await browser.close();
await server.close();
await rm(outDir, { recursive: true });
