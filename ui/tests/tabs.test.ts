import { expect, test } from 'vitest';
import { tabInFront, tabsShown, type Moment } from '../src/domain/tabs';

const live = (...calls: string[]) => ({ live: (call: string) => calls.includes(call) });
const nobody: Moment = { editing: false, live: () => false };
const before = (open: string[], selected = open[0]) => ({ open, selected });

test('the first tab is in front', () => {
  expect(tabInFront({ open: [], selected: undefined }, ['a'], nobody)).toBe('a');
});

test('a further call comes to the front when the call in front has ended', () => {
  expect(tabInFront(before(['a']), ['a', 'b'], { ...nobody, ...live('b') })).toBe('b');
});

test('a further call stays behind a call that is up', () => {
  expect(tabInFront(before(['a']), ['a', 'b'], { ...nobody, ...live('a', 'b') })).toBe('a');
});

test('a further call stays behind a field that is being edited', () => {
  const moment = { editing: true, ...live('b') };
  expect(tabInFront(before(['a']), ['a', 'b'], moment)).toBe('a');
});

test('a call that the person answers comes to the front, also from a call that is up', () => {
  const moment = { editing: false, ...live('a', 'b'), answered: 'b' };
  expect(tabInFront(before(['a', 'b']), ['a', 'b'], moment)).toBe('b');
});

test('a call that the person answers stays behind a field that is being edited', () => {
  const moment = { editing: true, ...live('a', 'b'), answered: 'b' };
  expect(tabInFront(before(['a', 'b']), ['a', 'b'], moment)).toBe('a');
});

test('a call that the person opens again comes to the front, also from a call that is up', () => {
  const moment = { editing: false, ...live('a') };
  expect(tabInFront(before(['a']), ['a', 'old'], moment)).toBe('old');
  expect(tabInFront(before(['old', 'a'], 'a'), ['a', 'old'], moment)).toBe('old');
});

test('the tab after a closed one takes its place, at the end the one before', () => {
  expect(tabInFront(before(['a', 'b', 'c'], 'b'), ['a', 'c'], nobody)).toBe('c');
  expect(tabInFront(before(['a', 'b', 'c'], 'c'), ['a', 'b'], nobody)).toBe('b');
  expect(tabInFront(before(['a'], 'a'), [], nobody)).toBeUndefined();
});

test('closing another tab moves nothing, even when that was the last one', () => {
  expect(tabInFront(before(['a', 'b', 'c'], 'a'), ['a', 'b'], nobody)).toBe('a');
});

test('a missed call that closes its tab gives way although a note was begun in it', () => {
  const moment = { editing: true, ...live('b') };
  expect(tabInFront(before(['a', 'b'], 'a'), ['b'], moment)).toBe('b');
});

test.each([
  [['a', 'b'], 'a', ['a', 'b']],
  [['a', 'b', 'c', 'd'], 'b', ['a', 'b', 'c']],
  [['a', 'b', 'c', 'd'], 'd', ['a', 'b', 'd']],
])('of %j with %s in front, %j have room', (open, selected, shown) => {
  expect(tabsShown({ open, selected }, 3)).toEqual(shown);
});
