import { flushSync, tick } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from '../src/shared/clock.svelte';
import { readings } from './given.svelte';

/** The window's own may be in use: the other tests share this page. */
let clock: Clock;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(1_000_300);
  clock = new Clock();
  clock.follow(1_000_300);
});

afterEach(() => {
  vi.useRealTimers();
  show(true);
});

function show(visible: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: !visible });
  document.dispatchEvent(new Event('visibilitychange'));
}

function pass(ms: number): void {
  vi.advanceTimersByTime(ms);
  flushSync();
}

test('all timers tick together, on the full second of the phone’s clock', () => {
  const { seen } = readings(() => clock.now);
  pass(700);
  pass(1_000);
  expect(seen).toEqual([1_000_300, 1_001_000, 1_002_000]);
});

test('nothing ticks while the window is hidden, and the time is right when it shows', () => {
  const { seen } = readings(() => clock.now);
  show(false);
  flushSync();
  seen.length = 0;
  pass(3_600_000);
  expect(vi.getTimerCount()).toBe(0);
  expect(seen).toEqual([]);
  show(true);
  flushSync();
  expect(seen).toEqual([4_600_300]);
  pass(700);
  expect(seen).toEqual([4_600_300, 4_601_000]);
});

test('nothing ticks when nobody reads the time', async () => {
  const { stop } = readings(() => clock.now);
  expect(vi.getTimerCount()).toBe(1);
  stop();
  await tick();
  expect(vi.getTimerCount()).toBe(0);
});

test('a new present of the phone shows at once', () => {
  const { seen } = readings(() => clock.now);
  clock.follow(1_005_000);
  flushSync();
  expect(seen.at(-1)).toBe(1_005_000);
});
