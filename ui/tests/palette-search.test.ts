import { describe, expect, test } from 'vitest';
import { fold, matches, matchesNumber } from '../src/domain/fold';

describe('a search', () => {
  test.each([
    ['Hồ Đức Ẩn', 'ho duc an'],
    ['NGUYỄN NGỌC LỄ', 'nguyen ngoc le'],
    ['Đặng Hữu Nghĩa', 'dang huu nghia'],
    // The same text with its marks apart, as some keyboards and phones send it.
    ['Hồ Đức Ẩn'.normalize('NFD'), 'ho duc an'],
  ])('sees %s as %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('takes the words in any order, with or without marks', () => {
    expect(matches('Trần Văn Minh', 'minh tran')).toBe(true);
    expect(matches('Trần Văn Minh', 'Mình')).toBe(true);
    expect(matches('Trần Văn Minh', 'minh ho')).toBe(false);
  });

  test.each(['0987654', '0987 654', '098.765', '654 321'])('finds a number by %s', (query) => {
    expect(matchesNumber('0987 654 321', query)).toBe(true);
  });

  test('does not find numbers by letters or by other digits', () => {
    expect(matchesNumber('0987 654 321', 'minh')).toBe(false);
    expect(matchesNumber('0987 654 321', '0988')).toBe(false);
    expect(matchesNumber('0987 654 321', '')).toBe(false);
  });
});
