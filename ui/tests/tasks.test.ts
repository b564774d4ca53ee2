import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { FakeBridge } from '../src/bridge/fake';
import { openWorkspace } from './open';

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const row = (name: string | RegExp) => page.getByRole('row', { name });
const rows = () => document.querySelectorAll('[role=row]').length - 1;
const field = (name: string) => page.getByRole('textbox', { name });
const facts = page.getByRole('region', { name: 'Thông tin' });
const bar = page.getByRole('group', { name: 'Trạng thái', exact: true });
const open = { view: 'tasks', id: 'task-77' } as const;

const written = (bridge: FakeBridge) =>
  bridge.sent.filter(([name]) => name === 'writeDown').map((command) => command[2]);

beforeAll(() => page.viewport(1368, 836));
afterAll(() => page.viewport(360, 620));

describe('the list of tasks', () => {
  test('shows mine with state and deadline, all, and the overdue ones', async () => {
    await openWorkspace('records');
    await button('Nhiệm vụ').click();
    await expect.element(row(/NV-77.*Cần làm.*còn \d giờ/)).toBeVisible();
    await expect.element(row(/NV-76.*Đang làm.*quá \d+ phút/)).toBeVisible();
    await page.getByRole('radio', { name: 'Quá hạn' }).click();
    await expect.poll(rows).toBe(1);
    await page.getByRole('radio', { name: 'Tất cả' }).click();
    await expect.poll(rows).toBe(3);
  });

  test('TS-15: several ticked tasks are completed after a question', async () => {
    const bridge = await openWorkspace('records', { view: 'tasks' });
    await page.getByRole('checkbox', { name: /Gọi lại hẹn giờ/ }).click();
    await page.getByRole('checkbox', { name: /Gửi báo giá/ }).click();
    await expect.element(page.getByText('2 nhiệm vụ đã chọn')).toBeVisible();
    await button('Hoàn thành').click();
    await button('Chưa').click();
    expect(written(bridge)).toEqual([]);
    await button('Hoàn thành').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Hoàn thành' }).click();
    await expect.element(row(/NV-77.*Hoàn thành/)).toBeVisible();
    await expect.element(row(/NV-76.*Hoàn thành/)).toBeVisible();
    expect(written(bridge)).toEqual(
      ['task-77', 'task-76'].map((id) => ({
        ...{ do: 'update_task.1', id, base_rev: 1, clicked_at: expect.any(Number) },
        fields: { state: 'DONE' },
      })),
    );
  });
});

describe('a task', () => {
  test('TS-09, TS-14: a click on the final state completes it, with time and person', async () => {
    const bridge = await openWorkspace('records', open);
    await expect.element(facts).toHaveTextContent(/Thời hạn .*còn \d giờ/);
    await bar.getByRole('button', { name: 'Hoàn thành' }).click();
    await expect.element(facts).toHaveTextContent(/Hoàn thành lúc \d\d:\d\d/);
    await expect.element(facts).toHaveTextContent('Người hoàn thành Lê Thu Hà');
    expect(written(bridge)).toEqual([
      {
        ...{ do: 'update_task.1', id: 'task-77', base_rev: 1, clicked_at: expect.any(Number) },
        fields: { state: 'DONE' },
      },
    ]);
    await page.getByRole('tab', { name: 'Lịch sử' }).click();
    await expect
      .element(page.getByRole('tabpanel'))
      .toHaveTextContent('Trạng thái Cần làm → Hoàn thành');
  });

  test('TS-10: its deadline is edited in place', async () => {
    const bridge = await openWorkspace('records', open);
    await button('Sửa: Thời hạn').click();
    await page.getByLabelText('Thời hạn').fill('2026-12-24T09:05');
    await button('Lưu').click();
    await expect.element(facts).toHaveTextContent('09:05 · 24/12');
    const due_at = new Date('2026-12-24T09:05').getTime();
    expect(written(bridge)[0]).toMatchObject({ fields: { due_at } });
  });

  test('TS-01: leads to the ticket and the customer that it is about', async () => {
    await openWorkspace('records', open);
    await expect.element(button('Nguyễn Thị Hồng')).toBeVisible();
    await button('PYC-10482 · Không ra nước nóng').click();
    await expect.element(page.getByRole('heading', { name: 'Không ra nước nóng' })).toBeVisible();
  });
});

describe('a new task', () => {
  test('TS-02: is made from “+” on any screen', async () => {
    await openWorkspace('records');
    await button('Tạo').click();
    await page.getByRole('menuitem', { name: 'Nhiệm vụ mới' }).click();
    await expect.element(field('Tiêu đề')).toHaveFocus();
  });

  test('TS-03: is not saved without what is mandatory, and says what', async () => {
    const bridge = await openWorkspace('records', { view: 'tasks', create: {} });
    await button('Lưu').click();
    await expect.element(page.getByText('Chưa lưu: còn thiếu Tiêu đề, Thời hạn.')).toBeVisible();
    expect(written(bridge)).toEqual([]);
  });

  test('TS-04: comes with the customer of a call, and is given to its maker', async () => {
    const bridge = await openWorkspace('records', {
      view: 'tasks',
      create: { contact_id: 'contact-hong', call_key: 'hub-call-1', body: 'Gọi trước 30 phút' },
    });
    await field('Tiêu đề').fill('Gọi lại');
    await page.getByLabelText('Thời hạn').fill('2026-12-24T09:05');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByRole('heading', { name: 'Gọi lại' })).toBeVisible();
    expect(written(bridge)[0]).toMatchObject({
      do: 'create_task.1',
      title: 'Gọi lại',
      body: 'Gọi trước 30 phút',
      due_at: new Date('2026-12-24T09:05').getTime(),
      assignee_id: 'person-ha',
      contact_id: 'contact-hong',
      call_key: 'hub-call-1',
    });
  });

  test('made from a ticket knows the ticket', async () => {
    const bridge = await openWorkspace('records', { view: 'tickets', id: 'ticket-10482' });
    await page.getByRole('tab', { name: /^Nhiệm vụ/ }).click();
    await button('Nhiệm vụ mới').click();
    await expect.element(page.getByText('PYC-10482 · Không ra nước nóng')).toBeVisible();
    await field('Tiêu đề').fill('Gọi lại');
    await page.getByLabelText('Thời hạn').fill('2026-12-24T09:05');
    await button('Lưu').click();
    await expect.element(page.getByRole('heading', { name: 'Gọi lại' })).toBeVisible();
    expect(written(bridge)[0]).toMatchObject({
      ticket_id: 'ticket-10482',
      contact_id: 'contact-hong',
    });
  });
});
