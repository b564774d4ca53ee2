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
const list = { view: 'tickets' } as const;
const open = { view: 'tickets', id: 'ticket-10482' } as const;

const written = (bridge: FakeBridge) =>
  bridge.sent.filter(([name]) => name === 'writeDown').map((command) => command[2]);

/** Chooses in a select by its label. */
async function choose(label: string, option: string): Promise<void> {
  // The side bar filters by fields of the same names; it stands first.
  await page.getByRole('combobox', { name: label, exact: true }).last().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function pickCustomer(text: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Khách hàng' }).fill(text);
  await page.getByRole('option', { name }).click();
}

beforeAll(() => page.viewport(1368, 836));
afterAll(() => page.viewport(360, 620));

describe('the list of tickets', () => {
  test('TK-26: begins with those given to me, with state and deadline', async () => {
    await openWorkspace('records');
    await button('Phiếu yêu cầu').click();
    await expect.element(row(/PYC-10482.*OPEN.*còn 1 giờ.*Không ra nước nóng/)).toBeVisible();
    await expect.element(row(/PYC-10479.*ASSIGNED.*quá \d+ phút/)).toBeVisible();
    expect(rows()).toBe(5);
  });

  test('has all tickets and the overdue ones as views', async () => {
    await openWorkspace('records', list);
    await button('Tất cả').click();
    await expect.poll(rows).toBe(7);
    await expect.element(row(/PYC-10460.*NEW.*Kỹ thuật/)).toBeVisible();
    await button('Quá hạn').click();
    await expect.poll(rows).toBe(1);
    await expect.element(button('Quá hạn')).toHaveAttribute('aria-pressed', 'true');
  });

  test('TK-27: is filtered by state, category, priority and person on the left', async () => {
    await openWorkspace('records', list);
    await button('Tất cả').click();
    await expect.poll(rows).toBe(7);
    await choose('Trạng thái', 'Chưa xong');
    await expect.poll(rows).toBe(5);
    await choose('Trạng thái', 'CLOSED');
    await expect.poll(rows).toBe(1);
    await choose('Trạng thái', 'Mọi trạng thái');
    await choose('Độ ưu tiên', 'Khẩn cấp');
    await expect.poll(rows).toBe(1);
    await choose('Độ ưu tiên', 'Mọi độ ưu tiên');
    await choose('Phân công', 'Trần Văn Minh');
    await expect.element(row(/PYC-10448/)).toBeVisible();
    await choose('Danh mục', 'Sản phẩm và dịch vụ');
    await button('Bỏ lọc').click();
    await expect.poll(rows).toBe(7);
  });

  test('TK-28: a click opens the ticket, and so does Enter', async () => {
    await openWorkspace('records', list);
    await row(/PYC-10479/).click();
    await expect
      .element(page.getByRole('heading', { name: 'Giao thiếu một lõi lọc' }))
      .toBeVisible();
    (row(/PYC-10479/).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.element(page.getByRole('heading', { name: /Xin hóa đơn/ })).toBeVisible();
  });
});

describe('a new ticket', () => {
  const create = { view: 'tickets', create: {} } as const;

  test('TK-10: is made from “+” on any screen', async () => {
    await openWorkspace('records', { view: 'help', topic: null });
    await button('Tạo').click();
    await page.getByRole('menuitem', { name: 'Phiếu yêu cầu mới' }).click();
    await expect.element(field('Tiêu đề')).toHaveFocus();
  });

  test('TK-12: is not saved without what is mandatory, and says what', async () => {
    const bridge = await openWorkspace('records', create);
    await choose('Phân công', 'Chưa có');
    await button('Lưu').click();
    await expect
      .element(
        page.getByText('Chưa lưu: còn thiếu Tiêu đề, Khách hàng, Danh mục, Phân công hoặc Nhóm.'),
      )
      .toBeVisible();
    expect(written(bridge)).toEqual([]);
  });

  test('TK-11, TK-22: has three levels of category and shows the service level', async () => {
    const bridge = await openWorkspace('records', create);
    await field('Tiêu đề').fill('Máy không chạy');
    await pickCustomer('hồng', 'Nguyễn Thị Hồng');
    await choose('Danh mục', 'Kỹ thuật');
    await choose('Sub danh mục', 'Thiết bị');
    await expect
      .element(page.getByText('SLA: trả lời trong 1 giờ, giải quyết trong 1 ngày'))
      .toBeVisible();
    await choose('Độ ưu tiên', 'Cao');
    await field('Tóm lược').fill('Không lên đèn');
    await button('Lưu').click();
    await expect.element(page.getByRole('heading', { name: 'Máy không chạy' })).toBeVisible();
    expect(written(bridge)).toEqual([
      {
        do: 'create_ticket.1',
        id: expect.any(String),
        title: 'Máy không chạy',
        summary: 'Không lên đèn',
        contact_id: 'contact-hong',
        category_id: 'category-devices',
        assignee_id: 'person-ha',
        team_id: null,
        priority: 'HIGH',
        call_key: null,
      },
    ]);
    await expect.element(bar).toHaveTextContent('ASSIGNED');
    await expect.element(row(/PYC-10483.*Máy không chạy/)).toBeVisible();
  });

  test('TK-13, TK-14: a template fills title, summary, category and priority', async () => {
    await openWorkspace('records', create);
    await choose('Danh sách mẫu phiếu sự vụ', 'Hẹn kỹ thuật đến nhà');
    await expect.element(field('Tiêu đề')).toHaveValue('Hẹn kỹ thuật đến nhà');
    await expect.element(field('Tóm lược')).toHaveValue('Địa chỉ:\nThời gian khách tiện:');
    await expect
      .element(page.getByRole('combobox', { name: 'Sub danh mục', exact: true }))
      .toHaveTextContent('Thiết bị');
  });

  test('TK-17: comes filled from a call, and knows the call', async () => {
    const bridge = await openWorkspace('records', {
      view: 'tickets',
      create: {
        contact_id: 'contact-hong',
        call_key: 'hub-call-1',
        title: 'Không ra nước',
        summary: 'Đèn E3',
        category_id: 'category-devices',
      },
    });
    await expect.element(field('Tiêu đề')).toHaveValue('Không ra nước');
    await expect.element(page.getByText('Nguyễn Thị Hồng').last()).toBeVisible();
    await button('Lưu').click();
    await expect.element(facts).toHaveTextContent('Điện thoại');
    expect(written(bridge)[0]).toMatchObject({
      contact_id: 'contact-hong',
      call_key: 'hub-call-1',
      category_id: 'category-devices',
      assignee_id: 'person-ha',
    });
  });

  test('TK-19: goes to a team instead of a person', async () => {
    const bridge = await openWorkspace('records', {
      view: 'tickets',
      create: { contact_id: 'contact-hong', title: 'x', category_id: 'category-devices' },
    });
    await choose('Phân công', 'Chưa có');
    await choose('Nhóm', 'Kỹ thuật');
    await button('Lưu').click();
    await expect.element(bar).toHaveTextContent('NEW');
    expect(written(bridge)[0]).toMatchObject({ assignee_id: null, team_id: 'team-technicians' });
  });

  test('TK-15: is given up by Hủy', async () => {
    const bridge = await openWorkspace('records', create);
    await field('Tiêu đề').fill('x');
    await button('Hủy').click();
    await expect.element(page.getByText('Chọn một phiếu để xem chi tiết.')).toBeVisible();
    expect(written(bridge)).toEqual([]);
  });

  test('finds its customer by the keyboard alone', async () => {
    await openWorkspace('records', create);
    const customer = page.getByRole('combobox', { name: 'Khách hàng' });
    await customer.fill('nguyễn');
    await expect.poll(() => document.querySelectorAll('[role=option]').length).toBe(2);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.element(button('Bỏ Nguyễn Ngọc Lễ')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(customer).toHaveFocus();
  });
});

describe('a ticket', () => {
  test('TK-30: its bar shows where it was, where it is and where it can go', async () => {
    await openWorkspace('records', open);
    await expect.element(bar).toHaveTextContent(/ASSIGNED.*OPEN.*WAIT FOR CUSTOMER.*CLOSED/);
    expect(bar.element().querySelector('[aria-current]')?.textContent).toBe('OPEN');
    const next = [...bar.element().querySelectorAll('button')].map((each) =>
      each.textContent?.trim(),
    );
    expect(next).toEqual(['WAIT FOR CUSTOMER', 'WAIT FOR 3RD PARTY', 'RESOLVED', 'CLOSED']);
  });

  test('TK-31: a click on a state changes it', async () => {
    const bridge = await openWorkspace('records', open);
    await button('WAIT FOR CUSTOMER').click();
    await expect.element(row(/PYC-10482.*WAIT FOR CUSTOMER/)).toBeVisible();
    expect(bar.element().querySelector('[aria-current]')?.textContent).toBe('WAIT FOR CUSTOMER');
    expect(written(bridge)).toEqual([
      {
        do: 'update_ticket.1',
        id: 'ticket-10482',
        base_rev: 1,
        fields: { state: 'WAIT_FOR_CUSTOMER' },
      },
    ]);
  });

  test('TK-07: is not resolved without kind and text of the resolution', async () => {
    const bridge = await openWorkspace('records', open);
    await button('RESOLVED').click();
    await button('Chuyển sang RESOLVED').click();
    await expect
      .element(page.getByText('Chưa lưu: còn thiếu Loại giải quyết, Nội dung giải quyết.'))
      .toBeVisible();
    await choose('Loại giải quyết', 'Đã xử lý');
    await field('Nội dung giải quyết (*)').fill('  ');
    await button('Chuyển sang RESOLVED').click();
    await expect.element(page.getByText('Chưa lưu: còn thiếu Nội dung giải quyết.')).toBeVisible();
    expect(written(bridge)).toEqual([]);
    expect(bar.element().querySelector('[aria-current]')?.textContent).toBe('OPEN');
    await field('Nội dung giải quyết (*)').fill('Thay lõi');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(row(/PYC-10482.*RESOLVED/)).toBeVisible();
    expect(written(bridge)[0]).toMatchObject({
      fields: {
        state: 'RESOLVED',
        resolution_type_id: 'resolution-done',
        resolution_text: 'Thay lõi',
      },
    });
  });

  test('stays as it is when the resolution is given up', async () => {
    const bridge = await openWorkspace('records', open);
    await button('CLOSED').click();
    await userEvent.keyboard('{Escape}');
    await expect.element(button('Chuyển sang CLOSED')).not.toBeInTheDocument();
    expect(written(bridge)).toEqual([]);
  });

  test('TK-18, TK-19: goes to somebody else, and to a team; never to nobody', async () => {
    const bridge = await openWorkspace('records', open);
    await button('Sửa: Phân công').click();
    await choose('Phân công', 'Chưa có');
    await button('Lưu').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('cần một người hoặc một nhóm');
    await choose('Phân công', 'Trần Văn Minh');
    await button('Lưu').click();
    await expect.element(facts).toHaveTextContent('Phân công Trần Văn Minh');
    await button('Sửa: Nhóm').click();
    await choose('Nhóm', 'Kỹ thuật');
    await button('Lưu').click();
    await expect.element(facts).toHaveTextContent('Nhóm Kỹ thuật');
    expect(written(bridge)).toHaveLength(2);
  });

  test('TK-32: followers come and go', async () => {
    const bridge = await openWorkspace('records', open);
    await button('Bỏ Trần Văn Minh khỏi người quan tâm').click();
    await expect.element(facts).toHaveTextContent('Người quan tâm Chưa có');
    await button('Thêm người quan tâm').click();
    await page.getByRole('menuitem', { name: 'Lê Thu Hà' }).click();
    await expect.element(button('Bỏ Lê Thu Hà khỏi người quan tâm')).toBeVisible();
    expect(written(bridge)).toEqual([
      expect.objectContaining({ do: 'unfollow.1', user_id: 'person-minh' }),
      expect.objectContaining({ do: 'follow.1', user_id: 'person-ha' }),
    ]);
  });

  test('TK-34: shows the customer’s five latest tickets with their states', async () => {
    await openWorkspace('records', open);
    await expect.element(facts).toHaveTextContent(/PYC-10482 OPEN.*PYC-10377 RESOLVED/);
    await button('PYC-10377 RESOLVED').click();
    await expect.element(page.getByRole('heading', { name: 'Thay lõi lọc số 3' })).toBeVisible();
  });

  test('TK-35 to TK-38: notes, details, history, calls and tasks have a tab each', async () => {
    await openWorkspace('records', open);
    const panel = page.getByRole('tabpanel');
    await expect.element(panel).toHaveTextContent('Đã hẹn kỹ thuật khu Hải Châu.');
    await page.getByRole('tab', { name: /^Chi tiết/ }).click();
    await expect.element(panel).toHaveTextContent('Tóm lược Máy lọc nước lắp 12/2025');
    await page.getByRole('tab', { name: /^Lịch sử/ }).click();
    await expect.element(panel).toHaveTextContent('Phân công Trần Văn Minh → Lê Thu Hà');
    await expect.element(panel).toHaveTextContent('Trạng thái ASSIGNED → OPEN');
    await page.getByRole('tab', { name: /^Cuộc gọi/ }).click();
    await expect.element(panel).toHaveTextContent('Hẹn kỹ thuật 14:00');
    await page.getByRole('tab', { name: /^Nhiệm vụ/ }).click();
    await expect.element(panel).toHaveTextContent('NV-77');
  });

  test('TK-29: what is done on it stands in its history', async () => {
    await openWorkspace('records', open);
    await page.getByRole('tab', { name: /^Chi tiết/ }).click();
    await button('Sửa: Tiêu đề').click();
    await field('Tiêu đề').fill('Không ra nước nóng lẫn lạnh');
    await userEvent.keyboard('{Enter}');
    await page.getByRole('tab', { name: /^Lịch sử/ }).click();
    await expect
      .element(page.getByRole('tabpanel'))
      .toHaveTextContent('Không ra nước nóng → Không ra nước nóng lẫn lạnh');
  });

  test('that is closed says how it was solved and offers no state', async () => {
    await openWorkspace('records', { view: 'tickets', id: 'ticket-9951' });
    await page.getByRole('tab', { name: /^Chi tiết/ }).click();
    await expect.element(page.getByRole('tabpanel')).toHaveTextContent('Còn 4 tháng.');
    expect(bar.element().querySelectorAll('button')).toHaveLength(0);
  });

  test('shows hostile text as text', async () => {
    await openWorkspace('recordsHostile', open);
    await expect.element(page.getByRole('heading', { name: /<img src=x/ })).toBeVisible();
    expect(document.querySelector('img')).toBeNull();
    expect('hostile' in globalThis).toBe(false);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
  });
});
