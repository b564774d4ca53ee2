import { expect, test } from 'vitest';
import { cleanNumber, groupNumber } from '../src/shared/number';
import { clockTime } from '../src/shared/time';

test.each([
  ['(024) 7300-0000', '02473000000'],
  ['+84 987.654.321', '+84987654321'],
  ['tel:+84-987-654-321', '+84987654321'],
  ['sip:1001@pbx.example;transport=ws', '1001'],
  [' *45 ', '*45'],
  ['０９８７', '0987'],
  ['gọi 0987 nhé', '0987'],
  ['09+87', '0987'],
  ['', ''],
])('%s is dialled as %s', (text, dialled) => {
  expect(cleanNumber(text)).toBe(dialled);
});

test.each([
  ['0987654321', '0987 654 321'],
  ['09876', '0987 6'],
  ['02473000000', '024 7300 0000'],
  ['19001234', '1900 1234'],
  ['+84987654321', '+84 987 654 321'],
  ['1001', '1001'],
  ['*45', '*45'],
  ['098765432100000', '098765432100000'],
])('%s is read as %s', (number, read) => {
  expect(groupNumber(number)).toBe(read);
});

test.each([
  [0, '00:00'],
  [252_900, '04:12'],
  [3_852_000, '1:04:12'],
  [-5, '00:00'],
])('%d ms is shown as %s', (ms, shown) => {
  expect(clockTime(ms)).toBe(shown);
});
