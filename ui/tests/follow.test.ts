import { afterEach, expect, test, vi } from 'vitest';
import { follow } from '../src/domain/follow';

afterEach(() => Reflect.deleteProperty(document, 'hidden'));

function show(shown: boolean): void {
  Object.defineProperty(document, 'hidden', { value: !shown, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

test('a window that is shown again reads what it missed while it was hidden', async () => {
  let there = 1;
  const taken: number[] = [];
  const unlisten = vi.fn();
  const stop = await follow(
    (take) => {
      take(0);
      return Promise.resolve(unlisten);
    },
    () => Promise.resolve(there),
    (view) => taken.push(view),
  );
  expect(taken).toEqual([0, 1]);

  there = 2;
  show(false);
  show(true);
  await expect.poll(() => taken).toEqual([0, 1, 2]);

  stop();
  there = 3;
  show(false);
  show(true);
  await Promise.resolve();
  expect(taken).toEqual([0, 1, 2]);
  expect(unlisten).toHaveBeenCalledOnce();
});
