import { beforeEach, describe, expect, test } from 'vitest';
import { useLanguage } from '../src/i18n/i18n.svelte';
import { day, duration, number, percent, timeOfDay, timeToSecond } from '../src/shared/format';
import { clockTime } from '../src/shared/time';

const at = new Date(2026, 10, 20, 9, 5, 7).getTime();
const lastYear = new Date(2025, 2, 4).getTime();

beforeEach(() => useLanguage('vi'));

describe('in Vietnamese', () => {
  test('numbers have a decimal comma and a point between thousands', () => {
    expect(number(12_480)).toBe('12.480');
    expect(number(0.52, 1)).toBe('0,5');
    expect(percent(0.744)).toBe('74%');
    expect(percent(0.0312, 1)).toBe('3,1%');
  });
});

test('the language changes the figures at once', () => {
  expect(number(12_480)).toBe('12.480');
  useLanguage('en');
  expect(number(12_480)).toBe('12,480');
  expect(percent(0.0312, 1)).toBe('3.1%');
});

describe.each(['vi', 'en'] as const)('in %s', (language) => {
  test('the day goes before the month, and the clock has 24 hours', () => {
    useLanguage(language);
    expect(day(at, at)).toBe('20/11');
    expect(day(lastYear, at)).toBe('04/03/2025');
    expect(timeOfDay(at)).toBe('09:05');
    expect(timeToSecond(at)).toBe('09:05:07');
    expect(timeOfDay(new Date(2026, 0, 1).getTime())).toBe('00:00');
  });
});

test('a duration has no leading zero, the timer of a state has', () => {
  expect(duration(0)).toBe('0:00');
  expect(duration(252_999)).toBe('4:12');
  expect(duration(3_852_000)).toBe('1:04:12');
  expect(clockTime(252_000)).toBe('04:12');
  expect(clockTime(3_852_000)).toBe('1:04:12');
  expect(clockTime(-5)).toBe('00:00');
});
