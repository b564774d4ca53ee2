import axe from 'axe-core';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { states as callbar } from '../src/views/callbar/states';
import { states as popup } from '../src/views/popup/states';
import { states as ring } from '../src/views/ring/states';
import { openCallbar, openPopup, openRing } from './open';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const windows = [
  ['callbar', callbar, openCallbar],
  ['ring', ring, openRing],
  ['popup', popup, openPopup],
] as const;

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});
afterAll(() => page.viewport(360, 620));

/** What comes has come: half-way in, everything is pale. */
function settle(): void {
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  }
}

/** Texts and buttons that do not fit into their box, but for texts that end in an ellipsis. */
function overflowing(): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll('#window *, [role=alertdialog] *')) {
    const text = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim(),
    );
    if (!text || element.closest('.cut, .unseen, svg, textarea')) continue;
    const { left, right } = element.getBoundingClientRect();
    const wide = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
    if (wide || left < 0 || right > innerWidth) found.push(element.outerHTML.slice(0, 200));
  }
  for (const button of document.querySelectorAll('#window button')) {
    const end =
      button.getBoundingClientRect().right + parseFloat(getComputedStyle(button).marginRight);
    const room = button.parentElement!.getBoundingClientRect().right;
    if (end > room + 1) found.push(button.outerHTML.slice(0, 200));
  }
  return found;
}

describe.each(windows)('the %s', (_, states, open) => {
  describe.each([
    ['light', 'vi'],
    ['dark', 'en'],
  ] as const)('in %s and %s', (theme, language) => {
    test.each(Object.entries(states))('has nothing amiss: %s', async (name, state) => {
      document.documentElement.dataset['theme'] = theme;
      await page.viewport(...state.size);
      await open(state.scene, language);
      for (const step of state.prepare ?? []) {
        if (!('click' in step)) continue;
        await expect.poll(() => document.querySelector(step.click)).not.toBeNull();
        await page.elementLocator(document.querySelector(step.click)!).click();
      }
      settle();
      const { violations } = await axe.run(document, {
        runOnly: rules,
        resultTypes: ['violations'],
        // An open menu hangs from its button, outside of every landmark.
        rules: { region: { enabled: name !== 'restOfTabs' } },
      });
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)).toEqual(
        [],
      );
      expect(overflowing()).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
      expect(document.querySelector('#window :is(img, script)')).toBeNull();
      expect(globalThis).not.toHaveProperty('hostile');
    });
  });
});
