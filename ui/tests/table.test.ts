import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import Table from '../src/shared/Table.svelte';
import '../src/styles/base.css';
import { Given, written } from './given.svelte';

interface Row {
  id: string;
  name: string;
}

const rowHeight = 36;
const head = 32;
/** Ten rows in sight below the head. */
const inSight = 10;
const height = head + inSight * rowHeight;
const many = 100_000;

const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, at) => ({ id: `r${at}`, name: `Khách ${at}` }));
const cell = written<Row>((row) => row.name);
const empty = createRawSnippet(() => ({ render: () => '<p>Chưa có cuộc gọi nào.</p>' }));

let close: (() => Promise<void>) | undefined;

afterEach(async () => {
  await close?.();
  close = undefined;
});

function show(rows: Row[], onopen?: (row: Row) => void): Given<Row[]> {
  document.body.innerHTML = `<main style="height: ${height}px; display: flex"></main>`;
  const given = new Given(rows);
  const props = {
    label: 'Cuộc gọi',
    columns: [{ id: 'name', title: 'Khách', width: '1fr', cell }],
    get rows() {
      return given.value;
    },
    key: (row: Row) => row.id,
    onopen,
    empty,
  };
  const table = mount(Table<Row>, { target: document.querySelector('main')!, props });
  flushSync();
  close = () => unmount(table);
  return given;
}

const grid = (): HTMLElement => document.querySelector<HTMLElement>('[role=grid]')!;
const drawn = (): HTMLElement[] => [...grid().querySelectorAll<HTMLElement>('[role=row] i')];
/** What stands below the head, line by line, where an eye would look. */
function seen(): string[] {
  const { left, top } = grid().getBoundingClientRect();
  return Array.from({ length: inSight }, (_, at) => {
    const y = top + head + (at + 0.5) * rowHeight;
    const row = document.elementFromPoint(left + 40, y)?.closest('[role=row]');
    return row?.textContent.trim() ?? '';
  });
}
const names = (from: number): string[] =>
  Array.from({ length: inSight }, (_, at) => `Khách ${from + at}`);
const focused = (): string => document.activeElement?.textContent.trim() ?? '';

describe('a table of 100,000 rows', () => {
  test('holds only those in sight and a few spare ones in the document', async () => {
    show(rowsOf(many));
    await expect.poll(seen).toEqual(names(0));
    expect(drawn().length).toBeLessThan(inSight + 15);
    expect(grid().getAttribute('aria-rowcount')).toBe(String(many + 1));
    expect(grid().scrollHeight).toBe(head + many * rowHeight);
  });

  test.each([17, 50_000, many - inSight])(
    'shows the right rows after a jump to row %i',
    async (to) => {
      show(rowsOf(many));
      grid().scrollTop = to * rowHeight;
      await expect.poll(seen).toEqual(names(to));
      expect(drawn().length).toBeLessThan(inSight * 2 + 15);
      const first = drawn()
        .find((row) => row.textContent === `Khách ${to}`)!
        .closest('[role=row]')!;
      expect(first.getAttribute('aria-rowindex')).toBe(String(to + 2));
    },
  );

  test('is walked with the keyboard, and Enter opens', async () => {
    const opened: string[] = [];
    show(rowsOf(many), (row) => opened.push(row.id));
    await userEvent.tab();
    expect(focused()).toBe('Khách 0');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
    expect(focused()).toBe('Khách 1');
    await userEvent.keyboard('{PageDown}');
    expect(focused()).toBe('Khách 10');
    await userEvent.keyboard('{End}');
    expect(focused()).toBe(`Khách ${many - 1}`);
    await expect.poll(seen).toEqual(names(many - inSight));
    await userEvent.keyboard('{ArrowDown}{PageUp}{Enter}');
    expect(opened).toEqual([`r${many - 1 - 9}`]);
    await userEvent.keyboard('{Home}');
    expect(focused()).toBe('Khách 0');
    await expect.poll(seen).toEqual(names(0));
  });

  test('keeps the focus on a row that scrolled out of sight', async () => {
    show(rowsOf(many));
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}');
    grid().scrollTop = 40_000 * rowHeight;
    await expect.poll(seen).toEqual(names(40_000));
    expect(focused()).toBe('Khách 1');
    await userEvent.keyboard('{ArrowDown}');
    expect(focused()).toBe('Khách 2');
    await expect.poll(seen).toEqual(names(2));
  });
});

test('a new row on top moves neither the focus nor what a click opens', async () => {
  const opened: string[] = [];
  const given = show(rowsOf(5), (row) => opened.push(row.id));
  await userEvent.tab();
  await userEvent.keyboard('{ArrowDown}');
  given.value = [{ id: 'new', name: 'Khách mới' }, ...given.value];
  await expect.poll(() => seen()[0]).toBe('Khách mới');
  expect(focused()).toBe('Khách 1');
  await page.getByText('Khách 3').click();
  expect(opened).toEqual(['r3']);
});

test('without rows there is the head and one sentence', async () => {
  const given = show([]);
  await expect.element(page.getByText('Chưa có cuộc gọi nào.')).toBeVisible();
  given.value = rowsOf(1);
  await expect.element(page.getByText('Khách 0')).toBeVisible();
  await expect.element(page.getByText('Chưa có cuộc gọi nào.')).not.toBeInTheDocument();
});
