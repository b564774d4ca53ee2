/** Takes docs/callbar.png from the built callbar: `npm run build` first. */
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const picture = new URL('../../docs/callbar.png', import.meta.url).pathname;

const server = await preview({ preview: { port: 4173 } });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({
  viewport: { width: 360, height: 620 },
  deviceScaleFactor: 2,
  reducedMotion: 'reduce',
});
const { origin } = new URL(server.resolvedUrls.local[0]);
await page.goto(`${origin}/?w=callbar&theme=light&scene=twoCalls`);
await page.getByTitle('Mở rộng thanh gọi').click();
await page.getByRole('button', { name: 'Chuyển', exact: true }).click();
await page.getByPlaceholder('Máy lẻ hoặc số').fill('1002');
await page.evaluate(() => document.fonts.ready);
await mkdir(new URL('.', `file://${picture}`), { recursive: true });
await page.screenshot({ path: picture });
await browser.close();
await server.close();
