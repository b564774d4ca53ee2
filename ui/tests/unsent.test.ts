import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { anError } from '../src/bridge/scenes';
import { openWorkspace } from './open';

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const card = (name: string) => page.getByRole('article', { name });
const unsent = { view: 'unsent' } as const;

beforeAll(() => page.viewport(1368, 836));
afterAll(() => page.viewport(360, 620));

describe('what the hub did not take', () => {
  test('is told by the bell and in the navigation, which lead there', async () => {
    await openWorkspace('unsent');
    const place = page.getByRole('navigation').getByRole('button', { name: 'Cần bạn xem 3' });
    await expect.element(place).toBeVisible();
    await page.getByRole('button', { name: /^Việc cần xem/ }).click();
    await button('Xem 3 mục chưa vào sổ chung').click();
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Cần bạn xem');
    await expect.element(place).toHaveAttribute('aria-current', 'page');
  });

  test('has no place in the navigation while there is nothing', async () => {
    await openWorkspace('ready');
    const nav = page.getByRole('navigation', { name: 'Các phần của Alobar' });
    await expect.element(nav).toBeVisible();
    await expect.element(nav.getByText('Cần bạn xem')).not.toBeInTheDocument();
  });

  test('says what it was, when, why, and which field', async () => {
    await openWorkspace('unsent', unsent);
    const form = card('Ghi chép cuộc gọi');
    await expect.element(form).toHaveTextContent('Khách hẹn 14:00');
    await expect.element(form).toHaveTextContent('Còn thiếu một ô bắt buộc');
    await expect.element(form).toHaveTextContent('Ô: Kết quả');
    await expect.element(form).toHaveTextContent(/Viết lúc \d\d:\d\d · \d\d\/\d\d/);
  });

  test('shows both versions of a conflict by name, and sends mine onto what is there', async () => {
    const bridge = await openWorkspace('unsent', unsent);
    const conflict = card('Sửa phiếu');
    await expect.element(conflict).toHaveTextContent(/Của bạn Lê Thu Hà Bản kia Trần Văn Minh/);
    bridge.hub.content.tickets.find(({ id }) => id === 'ticket-10482')!.rev = 7;
    await conflict.getByRole('button', { name: 'Giữ của tôi' }).click();
    await expect.element(conflict).not.toBeInTheDocument();
    const ticket = bridge.hub.content.tickets.find(({ id }) => id === 'ticket-10482')!;
    expect(ticket).toMatchObject({ title: /Khách hẹn/, assignee_id: 'person-ha', rev: 8 });
    expect(JSON.parse(String(bridge.sent[0]![3]))).toMatchObject({ base_rev: 7 });
  });

  test('keeps theirs, and still sends what nobody else has changed', async () => {
    const bridge = await openWorkspace('unsent', unsent);
    await card('Sửa phiếu').getByRole('button', { name: 'Giữ của họ' }).click();
    await expect.element(card('Sửa phiếu')).not.toBeInTheDocument();
    expect(JSON.parse(String(bridge.sent[0]![3])).fields).toEqual({ priority: 'URGENT' });
  });

  test('is thrown away only after a question, whose safe answer has the focus', async () => {
    const bridge = await openWorkspace('unsent', unsent);
    await card('Ghi chú mới').getByRole('button', { name: 'Bỏ', exact: true }).click();
    await expect.element(button('Giữ lại')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(bridge.sent).toEqual([]);
    await card('Ghi chú mới').getByRole('button', { name: 'Bỏ', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Bỏ', exact: true }).click();
    await expect.element(card('Ghi chú mới')).not.toBeInTheDocument();
    expect(bridge.sent).toMatchObject([['decideUnsent', false, expect.any(Number), null]]);
  });

  test('about a call opens the call', async () => {
    const bridge = await openWorkspace('unsent', unsent);
    await button('Mở cuộc gọi').click();
    expect(bridge.sent).toEqual([['openTab', 'noted']]);
  });

  test('stays when the decision could not be kept, and says why', async () => {
    const bridge = await openWorkspace('unsent', unsent);
    bridge.refuseNext = anError('disk_full');
    await button('Giữ của họ').click();
    await expect.element(card('Sửa phiếu')).toHaveTextContent('Máy này hết chỗ trên đĩa');
  });

  test('says so when there is nothing', async () => {
    await openWorkspace('ready', unsent);
    await expect.element(page.getByText('Không có mục nào cần bạn xem.')).toBeVisible();
  });
});

describe('calls that are not finished', () => {
  test('are offered after a restart, in the list and by the bell', async () => {
    const bridge = await openWorkspace('unfinished');
    await expect.element(page.getByText('1 cuộc gọi chưa ghi xong.')).toBeVisible();
    await page.getByRole('button', { name: /^Việc cần xem/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Mở lại để viết tiếp' }).click();
    await expect.poll(() => bridge.sent).toContainEqual(['openTab', 'noted']);
    await expect.element(page.getByText('1 cuộc gọi chưa ghi xong.')).not.toBeInTheDocument();
  });

  test('are no longer offered once their form is closed', async () => {
    const bridge = await openWorkspace('unfinished');
    await button('Mở lại để viết tiếp').click();
    const form = { call_key: 'key-noted', body: 'xong', disposition_id: 'result-solved' };
    const closing = { do: 'save_call_form.1', ...form, closed: true, written_at: Date.now() };
    await bridge.writeDown(false, JSON.stringify(closing), false);
    await bridge.closeTab('noted');
    await expect.poll(() => bridge.callsView()).toMatchObject({ tabs: [] });
    await expect.element(page.getByText(/chưa ghi xong/)).not.toBeInTheDocument();
  });

  test('put away with an open form are offered again', async () => {
    const bridge = await openWorkspace('unfinished');
    await button('Mở lại để viết tiếp').click();
    await expect.element(page.getByText(/chưa ghi xong/)).not.toBeInTheDocument();
    await bridge.closeTab('noted');
    await expect.element(page.getByText('1 cuộc gọi chưa ghi xong.')).toBeVisible();
  });
});
