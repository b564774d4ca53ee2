import axe from 'axe-core';
import { afterAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { sceneNames } from '../src/bridge/scenes';
import { openCallbar, openSettings } from './open';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const pictures = import.meta.env.MODE === 'pictures';

/** Looks at the window as it stands: no violation, nothing wider than it; a picture if asked. */
async function look(picture: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `../screenshots/${picture}.png` });
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
  expect(found).toEqual([]);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
}

afterAll(() => {
  delete document.documentElement.dataset['theme'];
});

describe.each(['light', 'dark'])('in %s', (theme) => {
  describe.each(['vi', 'en'] as const)('in %s', (language) => {
    test.each(sceneNames)('the callbar: %s', async (name) => {
      document.documentElement.dataset['theme'] = theme;
      await openCallbar(name, language);
      const block = page.getByRole('button').first();
      for (const size of ['now', 'other']) {
        if (size === 'other') await block.click();
        const grown = document.querySelector('footer') !== null;
        if (pictures) await page.viewport(360, grown ? 620 : 56);
        await look(`${theme}-${language}-${name}-${grown ? 'grown' : 'bar'}`);
      }
    });

    test.each(['ready', 'practiceIdle'])('the settings: %s', async (name) => {
      document.documentElement.dataset['theme'] = theme;
      await openSettings(language, name);
      await page.viewport(480, 860);
      await look(`${theme}-${language}-settings-${name}`);
    });
  });
});
