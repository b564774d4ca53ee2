import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { anError } from '../src/bridge/scenes';
import { openWorkspace } from './open';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const row = (name: string | RegExp) => page.getByRole('row', { name });
const rows = () => document.querySelectorAll('[role=row]').length - 1;
const details = page.getByRole('region', { name: 'Chi tiết cuộc gọi' });
const sent = (bridge: { sent: unknown[][] }, name: string) =>
  bridge.sent.filter(([command]) => command === name);

beforeAll(() => page.viewport(1368, 836));
afterAll(() => page.viewport(360, 620));

async function search(query: string): Promise<void> {
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByRole('dialog', { name: 'Tìm trong Alobar' })).toBeVisible();
  if (query) await userEvent.keyboard(query);
}

describe('the frame', () => {
  test('stands where it was asked to, and goes where it is asked to', async () => {
    const bridge = await openWorkspace('ready', { view: 'settings', section: 'privacy' });
    await expect.element(heading('Riêng tư')).toBeVisible();
    bridge.goTo({ view: 'help', topic: null });
    await expect.element(heading('Trợ giúp')).toBeVisible();
    expect(document.title).toBe('Trợ giúp · Alobar');
  });

  test('links the views that have something to show, and no other', async () => {
    await openWorkspace('callsEmpty');
    const links = [...document.querySelectorAll('nav[aria-label="Các phần của Alobar"] button')];
    expect(links.map((link) => link.textContent?.trim())).toEqual([
      'Khách hàng',
      'Phiếu yêu cầu',
      'Nhiệm vụ',
      'Đơn hàng',
      'Cuộc gọi',
      'Cài đặt',
      'Trợ giúp',
    ]);
    await button('Trợ giúp').click();
    await expect.element(button('Trợ giúp')).toHaveAttribute('aria-current', 'page');
    await expect.element(button('Cuộc gọi')).not.toHaveAttribute('aria-current');
  });

  test('says how the phone is, as its call does while there is one', async () => {
    const bridge = await openWorkspace('ready');
    const state = page.getByRole('group', { name: 'Trạng thái điện thoại' });
    await expect.element(state).toHaveTextContent('Đã kết nối');
    bridge.push({ registration: { state: 'unregistering' } });
    await expect.element(state).toHaveTextContent('Đang đăng xuất');
  });

  test('says practice while it is', async () => {
    await openWorkspace('practiceIdle');
    await expect.element(page.getByText('LUYỆN TẬP', { exact: true })).toBeVisible();
  });

  test('“+” opens the dial pad of the callbar', async () => {
    const bridge = await openWorkspace('ready');
    await button('Tạo').click();
    await page.getByRole('menuitem', { name: 'Cuộc gọi mới' }).click();
    expect(sent(bridge, 'showCallbar')).toEqual([['showCallbar', { panel: 'dial', number: null }]]);
  });

  test('says when a shortcut was refused', async () => {
    const bridge = await openWorkspace('inCall');
    bridge.refuseNext = anError('already_held');
    await userEvent.keyboard('{Control>}{Alt>}h{/Alt}{/Control}');
    expect(sent(bridge, 'hold')).toHaveLength(1);
    await expect.element(page.getByText(/^Cuộc này đang giữ máy rồi/)).toBeVisible();
  });

  test('the window’s own buttons', async () => {
    const bridge = await openWorkspace('ready', { view: 'help', topic: null });
    await button('Thu nhỏ').click();
    await button('Phóng to').click();
    await button('Đóng').first().click();
    expect(bridge.sent).toEqual([['minimize'], ['toggleMaximize'], ['close']]);
  });
});

describe('the bell', () => {
  const help = { view: 'help', topic: null } as const;

  test('counts what nobody has looked at, and the present trouble', async () => {
    await openWorkspace('troubled', help);
    await button('Việc cần xem (4)').click();
    const list = page.getByRole('dialog', { name: 'Việc cần xem' });
    await expect.element(list).toHaveTextContent('Mất kết nối tổng đài');
    await expect.element(list).toHaveTextContent('Tai nghe vừa rời máy');
    await expect.element(list.getByRole('button', { name: '0912 345 678' })).toBeVisible();
  });

  test('marks all missed calls as seen', async () => {
    const bridge = await openWorkspace('calls', help);
    await button('Việc cần xem (2)').click();
    await button('Đánh dấu đã xem tất cả').click();
    expect(bridge.sent).toEqual([['seeMissed']]);
    await expect.element(page.getByText('Không có gì cần xem.')).toBeVisible();
    await expect.element(button('Việc cần xem')).toBeInTheDocument();
  });

  test('leads to the call', async () => {
    await openWorkspace('calls', help);
    await button('Việc cần xem (2)').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Số ẩn' }).click();
    await expect.element(heading('Cuộc gọi')).toBeVisible();
    await expect.element(details.getByRole('heading', { name: 'Số ẩn' })).toBeVisible();
  });

  test('tries the connection again, and explains it', async () => {
    const bridge = await openWorkspace('troubled');
    await page.getByRole('button', { name: /^Việc cần xem/ }).click();
    await button('Xem trợ giúp').first().click();
    await expect.element(page.getByRole('article', { name: 'Mất kết nối tổng đài' })).toHaveFocus();
    await page.getByRole('button', { name: /^Việc cần xem/ }).click();
    await button('Thử lại ngay').click();
    expect(sent(bridge, 'retryRegistration')).toHaveLength(1);
  });
});

describe('the search', () => {
  test('offers to call the digits typed, first, and only opens the dial pad', async () => {
    const bridge = await openWorkspace('calls');
    await search('0987 654');
    await expect.element(page.getByRole('option').first()).toHaveTextContent('Gọi 0987 654');
    await userEvent.keyboard('{Enter}');
    expect(sent(bridge, 'showCallbar')).toEqual([
      ['showCallbar', { panel: 'dial', number: '0987654' }],
    ]);
    expect(sent(bridge, 'dial')).toEqual([]);
  });

  test('finds a call by name without marks, and opens it', async () => {
    await openWorkspace('calls', { view: 'help', topic: null });
    await search('duc an');
    await expect.element(page.getByRole('option')).toHaveTextContent('HỒ ĐỨC ẨN');
    await userEvent.keyboard('{Enter}');
    await expect.element(details.getByRole('heading', { name: 'HỒ ĐỨC ẨN' })).toBeVisible();
  });

  test('finds customers, tickets, tasks and orders without marks, and opens what is chosen', async () => {
    await openWorkspace('records');
    await search('loi loc');
    for (const found of ['PYC-10377', 'NV-76', 'DH-312']) {
      await expect.element(page.getByRole('option', { name: found })).toBeVisible();
    }
    await page.getByRole('option', { name: 'DH-312' }).click();
    await expect
      .element(page.getByRole('heading', { level: 2, name: 'Lõi lọc số 3' }))
      .toBeVisible();
    await search('anh duong');
    await expect
      .element(page.getByRole('option').first())
      .toHaveTextContent('Công ty Ánh Dương 024 7300 0000');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('heading', { name: 'Công ty Ánh Dương' })).toBeVisible();
  });

  test('finds a customer by the last digits of a number, below the offer to dial', async () => {
    await openWorkspace('records');
    await search('4321');
    await expect.element(page.getByRole('option').first()).toHaveTextContent('Gọi 4321');
    await expect
      .element(page.getByRole('option', { name: 'Nguyễn Thị Hồng 0987 654 321', exact: true }))
      .toBeVisible();
  });

  test('finds a section of the settings, and a trouble', async () => {
    await openWorkspace('calls');
    await search('rieng tu');
    await userEvent.keyboard('{Enter}');
    await expect.element(heading('Riêng tư')).toBeVisible();
    await search('het han');
    await userEvent.keyboard('{Enter}');
    const topic = page.getByRole('article', { name: 'Chứng chỉ của máy chủ hết hạn' });
    await expect.element(topic).toHaveFocus();
  });

  test('says when nothing matches, and Esc leaves everything as it was', async () => {
    const bridge = await openWorkspace('callsEmpty');
    await search('zzz');
    await expect.element(page.getByText('Không có gì khớp. Thử ít chữ hơn.')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(heading('Cuộc gọi')).toBeVisible();
    expect(bridge.sent).toEqual([]);
  });

  test('begins empty each time', async () => {
    await openWorkspace('calls');
    await search('zzz');
    await userEvent.keyboard('{Escape}');
    await search('');
    await expect.element(page.getByRole('combobox')).toHaveValue('');
  });
});

describe('the list of calls', () => {
  test('says which calls these are', async () => {
    await openWorkspace('calls');
    await expect.element(page.getByText(/^Các cuộc ở máy này/)).toBeVisible();
  });

  test('says in each row what the call was, whose, and what became of it', async () => {
    await openWorkspace('calls');
    await expect.element(row(/Nhỡ.*Số ẩn.*Người gọi đã dừng/)).toBeVisible();
    await expect.element(row(/Gọi đi.*HỒ ĐỨC ẨN.*0976 333 444.*Khách đang bận/)).toBeVisible();
    await expect.element(row(/Gọi đến.*Đặng Hữu Nghĩa.*1002.*1:15:12/)).toBeVisible();
    await expect.element(row(/Nguyễn Ngọc Lễ.*4:12.*Có ghi chú/)).toBeVisible();
    await expect.element(row(/Trần Văn Minh.*Luyện tập.*\d\d\/\d\d/)).toBeVisible();
  });

  test('follows a call that is up', async () => {
    await openWorkspace('inCall');
    await expect.element(row(/Nguyễn Thị Hồng.*Đang gọi 2:4\d/)).toBeVisible();
  });

  test('filters by kind, with counts, and by text without marks', async () => {
    await openWorkspace('calls');
    await page.getByText('Nhỡ 2', { exact: true }).click();
    expect(rows()).toBe(2);
    await expect.element(page.getByRole('radio', { name: 'Nhỡ 2' })).toBeChecked();
    await page.getByText('Tất cả 9', { exact: true }).click();
    await page.getByPlaceholder('Lọc theo tên hoặc số').fill('ngoc le');
    await expect.poll(rows).toBe(1);
    await page.getByPlaceholder('Lọc theo tên hoặc số').fill('0976333');
    await expect.element(row(/HỒ ĐỨC ẨN/)).toBeVisible();
    await page.getByPlaceholder('Lọc theo tên hoặc số').fill('zzz');
    await button('Bỏ lọc').click();
    await expect.poll(rows).toBe(9);
  });

  test('without a call says so and offers the first', async () => {
    const bridge = await openWorkspace('callsEmpty');
    await expect.element(page.getByText('Chưa có cuộc gọi nào ở máy này.')).toBeVisible();
    await button('Cuộc gọi mới').click();
    expect(bridge.sent).toEqual([['showCallbar', { panel: 'dial', number: null }]]);
  });

  test('has looked at the missed calls by being opened, and still shows which were new', async () => {
    const bridge = await openWorkspace('calls');
    await expect.poll(() => bridge.sent).toEqual([['seeMissed']]);
    await expect.element(page.getByTitle('Chưa xem').first()).toBeVisible();
    expect(document.querySelectorAll('[title="Chưa xem"]')).toHaveLength(2);
  });

  test('does not look at them where nobody sees the list', async () => {
    const bridge = await openWorkspace('calls', { view: 'help', topic: null });
    await expect.element(page.getByRole('button', { name: 'Cuộc gọi 2' })).toBeVisible();
    expect(bridge.sent).toEqual([]);
  });

  test('goes by the keyboard: arrows walk, Enter opens', async () => {
    await openWorkspace('callsMany');
    (row(/0912 000 000/).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await expect.element(details.getByRole('heading', { name: '0912 000 002' })).toBeVisible();
    await userEvent.keyboard('{End}{Enter}');
    await expect.element(details.getByRole('heading', { name: '0912 000 499' })).toBeVisible();
    expect(rows()).toBeLessThan(60);
  });
});

describe('the details of a call', () => {
  async function choose(scene: string, name: RegExp) {
    const bridge = await openWorkspace(scene);
    await row(name).click();
    return bridge;
  }

  test('say all that is known, why it ended and what to do next', async () => {
    await choose('calls', /HỒ ĐỨC ẨN/);
    for (const text of ['Gọi đi', '0976 333 444', 'Khách đang bận', 'Gọi lại sau vài phút nhé.']) {
      await expect.element(details).toHaveTextContent(text);
    }
  });

  const note = details.getByRole('textbox', { name: 'Ghi chú' });

  test('have the note, which is written on there', async () => {
    const bridge = await choose('calls', /Nguyễn Ngọc Lễ/);
    await expect.element(note).toHaveValue(expect.stringMatching(/đến sau 14:00/));
    await note.fill('Đã hẹn 15:00');
    const form = { do: 'save_call_form.1', call_key: 'key-noted', body: 'Đã hẹn 15:00' };
    // It was closed; a word more does not make it unfinished.
    const kept = expect.objectContaining({ ...form, closed: true });
    await expect.poll(() => bridge.sent.at(-1)).toEqual(['writeDown', false, kept, true]);
    await expect.element(details.getByText('Đã đồng bộ')).toBeVisible();
    await expect.element(details.getByRole('button', { name: 'Chép ghi chú' })).toBeVisible();
  });

  test('show the note as it is written in the call window, and no second pen', async () => {
    const bridge = await choose('calls', /Nguyễn Ngọc Lễ/);
    await expect.element(note).toBeVisible();
    bridge.pushCalls({ tabs: ['noted'] });
    await expect.element(note).not.toBeInTheDocument();
    const form = { call_key: 'key-noted', body: 'Đã hẹn 16:00', closed: false };
    const command = { do: 'save_call_form.1', ...form, written_at: Date.now() };
    await bridge.writeDown(false, JSON.stringify(command), true);
    await expect.element(details).toHaveTextContent('Đã hẹn 16:00');
  });

  test('call back, and say why that was refused', async () => {
    const bridge = await choose('calls', /Nguyễn Ngọc Lễ/);
    bridge.refuseNext = anError('not_registered');
    await button('Gọi lại').click();
    expect(sent(bridge, 'dial')).toEqual([['dial', '0903 111 222']]);
    await expect.element(page.getByRole('alert')).toHaveTextContent('Chưa kết nối tổng đài');
    await button('Gọi lại').click();
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });

  test('open the call window again', async () => {
    const bridge = await choose('calls', /Nguyễn Ngọc Lễ/);
    await button('Mở cửa sổ cuộc gọi').click();
    expect(sent(bridge, 'openTab')).toEqual([['openTab', 'noted']]);
  });

  test.each([
    ['of a hidden number', 'calls', /Số ẩn/],
    ['of a simulated customer', 'calls', /Trần Văn Minh/],
    ['in practice', 'callsPractice', /HỒ ĐỨC ẨN/],
    ['of a call that is up', 'inCall', /Đang gọi/],
  ])('%s offer no call back', async (_, scene, name) => {
    await choose(scene, name);
    await expect.element(button('Mở cửa sổ cuộc gọi')).toBeVisible();
    await expect.element(button('Gọi lại')).not.toBeInTheDocument();
    await expect.element(details).not.toHaveTextContent('bấm Gọi lại');
  });

  test('close', async () => {
    await choose('calls', /HỒ ĐỨC ẨN/);
    await button('Đóng chi tiết').click();
    await expect.element(details).not.toBeInTheDocument();
  });
});

describe('a name and number of 64 kB', () => {
  test('are cut and harmless in the list, the details and the bell', async () => {
    const bridge = await openWorkspace('callsHostile', { view: 'help', topic: null });
    await page.getByRole('button', { name: /^Việc cần xem/ }).click();
    await expect.element(page.getByRole('dialog')).toHaveTextContent('<img src=x');
    bridge.goTo({ view: 'calls' });
    await row(/Gọi đến/).click();
    await expect.element(details).toHaveTextContent('<img src=x');
    for (const text of document.querySelectorAll('bdi')) {
      expect(text.textContent!.length).toBeLessThan(200);
      expect(text.textContent).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028]/u);
    }
    expect(document.querySelector('img')).toBeNull();
    expect('hostile' in globalThis).toBe(false);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
  });
});
