import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toast, toasts } from '../src/shared/toasts.svelte';

const shown = () => toasts.list.map(({ text }) => text);
const act = { label: 'Nhắc tôi', run: () => {} };

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  vi.useRealTimers();
  toasts.list = [];
});

test('a toast without an act goes after six seconds, one with an act stays', () => {
  toast('Đã chép số.');
  toast('Khách đang bận.', act);
  vi.advanceTimersByTime(5_999);
  expect(shown()).toEqual(['Đã chép số.', 'Khách đang bận.']);
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual(['Khách đang bận.']);
  vi.advanceTimersByTime(3_600_000);
  expect(shown()).toEqual(['Khách đang bận.']);
});

test('at most two are shown, and the same words once', () => {
  toast('Một', act);
  toast('Hai', act);
  toast('Hai', act);
  expect(shown()).toEqual(['Một', 'Hai']);
  toast('Ba');
  expect(shown()).toEqual(['Hai', 'Ba']);
});
