import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FakeBridge, scene } from '../src/bridge/fake';
import '../src/styles/base.css';
import Gallery from '../src/views/gallery/Gallery.svelte';

const shared = import.meta.glob('../src/shared/*.svelte');
const gallery = import.meta.glob<string>('../src/views/gallery/*.svelte', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let close: () => Promise<void>;

beforeAll(async () => {
  await page.viewport(1400, 900);
  document.body.innerHTML = '<main id="window"></main>';
  const target = document.getElementById('window')!;
  const window = mount(Gallery, { target, props: { bridge: new FakeBridge(scene('ready')) } });
  flushSync();
  close = () => unmount(window);
});

afterAll(async () => {
  await close();
  await page.viewport(360, 620);
});

/** Both themes stand on the page, so one look checks both. */
async function faults(within: Element | Document = document): Promise<string[]> {
  const { violations } = await axe.run(within, { runOnly: rules, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
}

test('every shared component stands in the gallery', () => {
  const source = Object.values(gallery).join();
  const names = Object.keys(shared).map((path) => /(\w+)\.svelte$/.exec(path)![1]!);
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !new RegExp(`<${name}[\\s/>]`).test(source))).toEqual([]);
});

test.each([
  ['en', 'English', 'Parts of the screens'],
  ['vi', 'Tiếng Việt', 'Bộ phận giao diện'],
])('nothing in it shuts anybody out, in both themes: %s', async (language, name, title) => {
  await page.getByRole('radio', { name }).click();
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(title);
  expect(document.documentElement.lang).toBe(language);
  expect(await faults()).toEqual([]);
});

describe.each(['light', 'dark'])('what opens over the page, in %s', (theme) => {
  const column = () => page.elementLocator(document.querySelector(`[data-theme=${theme}]`)!);

  test.each([
    ['the list of a select', 'combobox', 'Micro', 'listbox'],
    ['a menu', 'button', 'Tạo', 'menu'],
    ['a popover', 'button', 'Thông báo (2)', 'dialog'],
    ['a dialog', 'button', 'Thoát ứng dụng', 'alertdialog'],
    ['the search', 'button', 'Tìm cuộc gọi, số, việc', 'dialog'],
  ] as const)('%s', async (_, role, name, opened) => {
    await column().getByRole(role, { name, exact: true }).click();
    const shown = column().getByRole(opened).first();
    await expect.element(shown).toBeVisible();
    expect(await faults(shown.element())).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(shown).not.toBeInTheDocument();
    // The focus is back where it came from.
    expect(document.activeElement).toBe(column().getByRole(role, { name, exact: true }).element());
  });
});
