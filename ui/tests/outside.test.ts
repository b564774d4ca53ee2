import { expect, test } from 'vitest';
import { outside } from '../src/domain/outside';

test.each([
  ['Nguyễn Thị Hồng', 'Nguyễn Thị Hồng'],
  ['Nguyễn Thị Hồng'.normalize('NFD'), 'Nguyễn Thị Hồng'.normalize('NFD')],
  ['  hai\r\ndòng\u2028nữa\t ', 'hai dòng nữa'],
  ['a\u202Eb\u202D\u2066c\u2069\u200F', 'abc'],
  ['\u0000\u0007\u001B[31m', '[31m'],
  ['\uD800x', 'x'],
  ['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦'],
  ['<b>&amp;', '<b>&amp;'],
  ['z\u0301\u0301\u0301\u0301\u0301\u0301', 'z\u0301\u0301\u0301'],
  ['', ''],
])('%j is shown as %j', (text, shown) => {
  expect(outside(text)).toBe(shown);
});

test('what is long is cut at a whole character', () => {
  expect(outside('🏴'.repeat(30_000))).toBe(`${'🏴'.repeat(100)}…`);
});
