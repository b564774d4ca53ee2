import axe from 'axe-core';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Step } from '../src/domain/pictured';
import { states } from '../src/views/workspace/states';
import { openWorkspace } from './open';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});
afterAll(() => page.viewport(360, 620));

async function take(step: Step): Promise<void> {
  if ('click' in step) {
    await expect.poll(() => document.querySelector(step.click)).not.toBeNull();
    await userEvent.click(document.querySelector(step.click)!);
  } else if ('press' in step) {
    const [key, ...held] = step.press.split('+').reverse();
    const down = held.map((name) => `{${name}>}`).join('');
    const up = held.map((name) => `{/${name}}`).join('');
    await userEvent.keyboard(`${down}${key}${up}`);
  } else if (step.type) {
    await userEvent.keyboard(step.type);
  }
}

async function look(name: string, language: 'vi' | 'en'): Promise<void> {
  const { scene, place, prepare = [] } = states[name]!;
  await openWorkspace(scene, place, language);
  for (const step of prepare) await take(step);
}

/** The colours have gone over into the other theme. */
async function settled(): Promise<void> {
  const running = document.getAnimations().filter((each) => each instanceof CSSTransition);
  await Promise.all(running.map((each) => each.finished));
}

/** Texts that do not fit into their box, apart from those that end in an ellipsis. */
function overflowing(): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll('#window *')) {
    const text = [...element.childNodes].some(
      (node) => node.nodeType === 3 && node.nodeValue?.trim(),
    );
    if (!text || element.closest('.cut, .unseen, svg')) continue;
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) {
      found.push(element.outerHTML.slice(0, 200));
    }
  }
  return found;
}

/** Parts of the title bar that lie on each other, or beyond it. */
function colliding(): string[] {
  const parts = [...document.querySelectorAll('header .middle > *, header .end > *')];
  const boxes = parts.map((part) => [part, part.getBoundingClientRect()] as const);
  return boxes.flatMap(([one, a], at) =>
    boxes
      .slice(at + 1)
      .filter(([other, b]) => !one.contains(other) && a.right > b.left + 1 && a.left < b.right - 1)
      .map(([other]) => `${one.className} / ${other.className}`),
  );
}

describe.each([
  ['light', 'vi'],
  ['dark', 'en'],
] as const)('in %s and %s', (theme, language) => {
  test.each(Object.keys(states))('nothing is amiss for axe: %s', async (name) => {
    await page.viewport(...states[name]!.size);
    await look(name, language);
    document.documentElement.dataset['theme'] = theme;
    await settled();
    const { violations } = await axe.run(document, {
      runOnly: rules,
      resultTypes: ['violations'],
      // An open menu hangs from its button, outside of every landmark.
      rules: { region: { enabled: name !== 'create' } },
    });
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
    expect(found).toEqual([]);
  });
});

// 1366 × 768, the smallest window, and 1366 × 768 enlarged to 200 %.
describe.each([
  [1366, 768],
  [1100, 720],
  [683, 384],
])('at %i × %i', (width, height) => {
  const large = Object.keys(states).filter(
    (name) => !/^(?:bell|palette|create)|-(?:small|enlarged)$/.test(name),
  );
  // These begin in the side bar's filters, which stand in a popover where there is little room.
  const inSideBar = (name: string) => /^tickets-(?:all|overdue|empty)$/.test(name);
  const shown = large.filter((name) => width > 900 || !inSideBar(name));
  test.each(shown)('nothing is cut or lies on something else: %s', async (name) => {
    await page.viewport(width, height);
    for (const language of ['vi', 'en'] as const) {
      await look(name, language);
      expect(overflowing()).toEqual([]);
      expect(colliding()).toEqual([]);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    }
  });
});
