import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { anError } from '../src/bridge/scenes';
import type { FakeBridge } from '../src/bridge/fake';
import { openWorkspace } from './open';

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const row = (name: string | RegExp) => page.getByRole('row', { name });
const rows = () => document.querySelectorAll('[role=row]').length - 1;
const hong = { view: 'contacts', id: 'contact-hong' } as const;
const facts = page.getByRole('region', { name: 'Thông tin' });
const field = (name: string) => page.getByRole('textbox', { name });

/** The commands written down so far. */
const written = (bridge: FakeBridge) =>
  bridge.sent.filter(([name]) => name === 'writeDown').map((command) => command[2]);

beforeAll(() => page.viewport(1368, 836));
afterAll(() => page.viewport(360, 620));

describe('the list of customers', () => {
  test('is a click away and names each with number and kind', async () => {
    await openWorkspace('records');
    await button('Khách hàng').click();
    await expect.element(row(/Nguyễn Thị Hồng.*0987 654 321 · Liên hệ/)).toBeVisible();
    await expect.element(row(/Công ty Ánh Dương.*024 7300 0000 · Doanh nghiệp/)).toBeVisible();
    expect(document.title).toBe('Khách hàng · Alobar');
  });

  test('holds hundreds, and draws those in sight', async () => {
    await openWorkspace('recordsMany', { view: 'contacts' });
    await expect.element(row(/Khách 0/)).toBeVisible();
    expect(rows()).toBeLessThan(60);
  });

  test('is narrowed by what the hub finds, and shows all again', async () => {
    await openWorkspace('records', { view: 'contacts' });
    await page.getByPlaceholder('Tên hoặc số (không cần dấu)').fill('ánh dương');
    await expect.poll(rows).toBe(1);
    await page.getByPlaceholder('Tên hoặc số (không cần dấu)').fill('zzz');
    await button('Bỏ lọc').click();
    await expect.poll(rows).toBe(3);
  });

  test('goes by the keyboard: arrows walk, Enter opens', async () => {
    await openWorkspace('records', { view: 'contacts' });
    await expect.element(row(/Nguyễn Thị Hồng/)).toBeVisible();
    (row(/Nguyễn Thị Hồng/).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.element(page.getByRole('heading', { name: 'Công ty Ánh Dương' })).toBeVisible();
  });

  test('says when the hub cannot be reached, and tries again', async () => {
    const bridge = await openWorkspace('recordsAway', { view: 'contacts' });
    await expect.element(page.getByRole('alert')).toBeVisible();
    bridge.away = false;
    await button('Thử lại').click();
    await expect.element(row(/Nguyễn Thị Hồng/)).toBeVisible();
  });

  test('without a customer offers the first', async () => {
    await openWorkspace('recordsEmpty', { view: 'contacts' });
    await expect.element(page.getByText('Chưa có khách hàng nào.')).toBeVisible();
    await button('Khách hàng mới').last().click();
    await expect.element(page.getByRole('form', { name: 'Khách hàng mới' })).toBeVisible();
  });
});

describe('a customer', () => {
  test('CP-10: shows name, number, address, email and kind', async () => {
    await openWorkspace('records', hong);
    await expect.element(page.getByRole('heading', { name: 'Nguyễn Thị Hồng' })).toBeVisible();
    for (const text of ['0987 654 321', 'hong.nguyen@example.vn', '25 Lê Lợi', 'Liên hệ']) {
      await expect.element(facts).toHaveTextContent(text);
    }
    await expect.element(facts).toHaveTextContent('Lê Thu Hà');
  });

  test('is called by a click on the number, and says why not', async () => {
    const bridge = await openWorkspace('records', hong);
    bridge.refuseNext = anError('not_registered');
    await button('Gọi 0987 654 321').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Chưa kết nối tổng đài');
    await button('Gọi 0987 654 321').click();
    expect(bridge.sent.filter(([name]) => name === 'dial').at(-1)).toEqual([
      'dial',
      '+84987654321',
    ]);
  });

  test('OR-15: one attribute is edited in place and saved with what was seen', async () => {
    const bridge = await openWorkspace('records', hong);
    await button('Sửa: Địa chỉ').click();
    await field('Địa chỉ').fill('1 Trần Phú');
    await userEvent.keyboard('{Enter}');
    await expect.element(facts).toHaveTextContent('1 Trần Phú');
    expect(written(bridge)).toEqual([
      {
        do: 'update_contact.1',
        id: 'contact-hong',
        base_rev: 1,
        fields: { address: '1 Trần Phú' },
      },
    ]);
    await expect.element(button('Sửa: Địa chỉ')).toHaveFocus();
  });

  test('Esc discards an edit, and nothing is written', async () => {
    const bridge = await openWorkspace('records', hong);
    await button('Sửa: Tên').click();
    await field('Tên').fill('Ai khác');
    await userEvent.keyboard('{Escape}');
    await expect.element(facts).toHaveTextContent('Nguyễn Thị Hồng');
    expect(written(bridge)).toEqual([]);
  });

  test('keeps its name: an empty one is not saved', async () => {
    const bridge = await openWorkspace('records', hong);
    await button('Sửa: Tên').click();
    await field('Tên').fill(' ');
    await button('Lưu').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Cần điền ô này.');
    expect(written(bridge)).toEqual([]);
  });

  test('gets another number; the email stays', async () => {
    const bridge = await openWorkspace('records', hong);
    await button('Sửa: Số điện thoại').click();
    await button('Thêm số').click();
    await field('Số điện thoại 2').fill('chữ');
    await button('Lưu').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Số này không gọi được');
    await field('Số điện thoại 2').fill('0912 345 678');
    await button('Lưu').click();
    await expect.element(button('Gọi 0912 345 678')).toBeVisible();
    expect(written(bridge)).toHaveLength(1);
    await expect.element(facts).toHaveTextContent('hong.nguyen@example.vn');
  });

  test('shows what was written while the hub is away, marked as not synced', async () => {
    const bridge = await openWorkspace('records', hong);
    await expect.element(facts).toBeVisible();
    bridge.away = true;
    await button('Sửa: Địa chỉ').click();
    await field('Địa chỉ').fill('1 Trần Phú');
    await userEvent.keyboard('{Enter}');
    await expect.element(facts).toHaveTextContent('Địa chỉ Chưa đồng bộ');
    await expect.element(facts).toHaveTextContent('1 Trần Phú');
    await expect.element(button('Sửa: Địa chỉ')).not.toBeInTheDocument();
    bridge.away = false;
    await expect.element(button('Sửa: Địa chỉ')).toBeInTheDocument();
    await expect.element(facts).toHaveTextContent('1 Trần Phú');
  });

  test('CP-12: shows calls, tickets, tasks, orders, notes and the history', async () => {
    await openWorkspace('records', hong);
    const panel = page.getByRole('tabpanel');
    const open = (name: string) => page.getByRole('tab', { name, exact: true }).click();
    await expect.element(panel).toHaveTextContent('Hẹn kỹ thuật 14:00');
    await open('Phiếu yêu cầu');
    await expect.element(panel).toHaveTextContent('PYC-10482');
    await open('Nhiệm vụ');
    await expect.element(panel).toHaveTextContent('NV-77');
    await open('Đơn hàng');
    await expect.element(panel).toHaveTextContent('DH-312');
    await open('Ghi chú');
    await expect.element(panel).toHaveTextContent('Khách thích được gọi sau 14:00.');
    await open('Lịch sử');
    await expect.element(panel).toHaveTextContent('Loại khách hàng Lead → Liên hệ');
  });

  test('CP-17: a call of this desk opens again from its row', async () => {
    const bridge = await openWorkspace('records', hong);
    const calls = (await bridge.callsView()).calls.map((call) => ({ ...call, key: 'hub-call-1' }));
    bridge.pushCalls({ calls: calls.slice(0, 1) });
    await button('Mở cửa sổ cuộc gọi').click();
    expect(bridge.sent.at(-1)).toEqual(['openTab', calls[0]!.id]);
  });
});

describe('notes on a customer', () => {
  async function notes() {
    const bridge = await openWorkspace('records', hong);
    await page.getByRole('tab', { name: 'Ghi chú' }).click();
    await expect.element(page.getByText('Khách thích được gọi sau 14:00.')).toBeVisible();
    return bridge;
  }

  test('are added, and an empty one is not', async () => {
    const bridge = await notes();
    await button('Thêm ghi chú').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Cần điền ô này.');
    await field('Ghi chú mới').fill('Gọi lại thứ Hai');
    await button('Thêm ghi chú').click();
    await expect.element(page.getByRole('article').first()).toHaveTextContent('Gọi lại thứ Hai');
    await expect.element(field('Ghi chú mới')).toHaveValue('');
    expect(written(bridge)).toHaveLength(1);
  });

  test('stay in their field while one looks elsewhere', async () => {
    const bridge = await notes();
    await field('Ghi chú mới').fill('Nửa câu');
    bridge.goTo({ view: 'help', topic: null });
    bridge.goTo(hong);
    await page.getByRole('tab', { name: 'Ghi chú' }).click();
    await expect.element(field('Ghi chú mới')).toHaveValue('Nửa câu');
  });

  test('are changed, and erased only after a question', async () => {
    const bridge = await notes();
    await button('Sửa ghi chú').click();
    await field('Sửa ghi chú').fill('Gọi sau 15:00.');
    await button('Lưu').click();
    await expect.element(page.getByText('Gọi sau 15:00.')).toBeVisible();
    await button('Xóa ghi chú').click();
    await button('Giữ lại').click();
    await expect.element(page.getByText('Gọi sau 15:00.')).toBeVisible();
    await button('Xóa ghi chú').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Xóa ghi chú' }).click();
    await expect.element(page.getByText('Chưa có ghi chú nào.')).toBeVisible();
    expect(written(bridge)).toHaveLength(2);
  });
});

describe('a new customer', () => {
  test('is made from “+” anywhere, and opens', async () => {
    const bridge = await openWorkspace('records');
    await button('Tạo').click();
    await page.getByRole('menuitem', { name: 'Khách hàng mới' }).click();
    await expect.element(field('Tên')).toHaveFocus();
    await field('Tên').fill('Đặng Hữu Nghĩa');
    await page.getByText('Doanh nghiệp', { exact: true }).click();
    await field('Số điện thoại').fill('0912 345 678');
    await field('Email').fill('nghia@example.vn');
    await field('Địa chỉ').fill('2 Hải Phòng');
    await button('Lưu').click();
    await expect.element(page.getByRole('heading', { name: 'Đặng Hữu Nghĩa' })).toBeVisible();
    expect(written(bridge)).toEqual([
      expect.objectContaining({
        do: 'create_contact.1',
        name: 'Đặng Hữu Nghĩa',
        kind: 'account',
        address: '2 Hải Phòng',
        points: [
          { kind: 'phone', value: '0912 345 678' },
          { kind: 'email', value: 'nghia@example.vn' },
        ],
      }),
    ]);
    await expect.element(row(/Đặng Hữu Nghĩa/)).toBeVisible();
  });

  test('without a name or with a wrong email is not saved, and says which field', async () => {
    const bridge = await openWorkspace('records', { view: 'contacts', create: {} });
    await field('Email').fill('không phải');
    await button('Lưu').click();
    await expect.element(page.getByText('Chưa lưu: còn thiếu Tên.')).toBeVisible();
    await field('Tên').fill('Lan');
    await button('Lưu').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Viết như ten@congty.vn.');
    expect(written(bridge)).toEqual([]);
  });

  test('comes with the number it is asked for', async () => {
    await openWorkspace('records', { view: 'contacts', create: { phone: '+84912345678' } });
    await expect.element(field('Số điện thoại')).toHaveValue('0912 345 678');
  });

  test('made while the hub is away says that it is safe, and opens once it has arrived', async () => {
    const bridge = await openWorkspace('records', { view: 'contacts', create: {} });
    bridge.away = true;
    await field('Tên').fill('Lan');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByText(/^Đã lưu trên máy này/)).toBeVisible();
    bridge.away = false;
    await expect.element(page.getByRole('heading', { name: 'Lan' })).toBeVisible();
  });

  test('stays in the form when this machine cannot keep it', async () => {
    const bridge = await openWorkspace('records', { view: 'contacts', create: {} });
    bridge.refuseNext = anError('disk_full');
    await field('Tên').fill('Lan');
    await button('Lưu').click();
    await expect.element(page.getByRole('alert')).toBeVisible();
    await expect.element(field('Tên')).toHaveValue('Lan');
  });
});
