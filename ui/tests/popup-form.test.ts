import { afterEach, beforeEach, describe, expect, test, vi as mock } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { anEntry } from '../src/bridge/sceneCalls';
import { aContact, aHubCall } from '../src/bridge/sceneHub';
import { anError } from '../src/bridge/scenes';
import {
  button,
  note,
  text,
  name,
  tab,
  alerting,
  saves,
  written,
  names,
  outcome,
  choose,
  formOf,
  slowWrites,
} from './callWindow';
import { openPopup } from './open';

beforeEach(() => page.viewport(440, 752));
afterEach(async () => {
  mock.restoreAllMocks();
  await page.viewport(360, 620);
});

describe('the form', () => {
  // CP-09
  test('shows what was written before, and is saved as it is typed, in order', async () => {
    const bridge = await openPopup('noted');
    await expect.poll(text).toMatch(/^Máy lọc nước/);
    await expect.element(outcome('Cần gọi lại')).toBeChecked();
    await note.fill('');
    await userEvent.keyboard('gọi 14:00');
    await expect.poll(() => written(bridge).at(-1)).toBe('gọi 14:00');
    const lengths = written(bridge).map((text) => text.length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    const times = saves(bridge).map(({ written_at }) => written_at);
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
    expect(bridge.sent.every(([, practice, , draft]) => draft === true && practice === false)).toBe(
      true,
    );
  });

  test('loses nothing to a slow write: the newest text goes last', async () => {
    const bridge = await openPopup('inCall');
    const waiting = slowWrites(bridge);
    await note.fill('một');
    await note.fill('một hai');
    await note.fill('một hai ba');
    expect(waiting).toHaveLength(1);
    waiting[0]!();
    await expect.poll(() => waiting).toHaveLength(2);
    waiting[1]!();
    await expect.poll(() => written(bridge)).toEqual(['một', 'một hai ba']);
  });

  test('is not replaced by what comes from the program while it is typed', async () => {
    const bridge = await openPopup('inCall');
    await note.fill('của tôi');
    const { calls } = await bridge.callsView();
    const form = { call_key: calls[0]!.key, body: 'của ai khác', closed: false };
    bridge.hub.perform({ do: 'save_call_form.1', ...form, written_at: Date.now() + 1 });
    bridge.push({ muted: true });
    window.dispatchEvent(new FocusEvent('focus'));
    await expect.poll(() => bridge.phoneView()).toMatchObject({ muted: true });
    await expect.element(note).toHaveValue('của tôi');
  });

  test('that is refused says so, and stays', async () => {
    const bridge = await openPopup('inCall');
    bridge.refuseNext = anError('disk_full');
    await note.fill('dài');
    await expect.element(page.getByText(/Máy này hết chỗ trên đĩa/)).toBeVisible();
    await expect.element(note).toHaveValue('dài');
    await note.fill('ngắn');
    await expect.element(page.getByText(/Đã lưu trên máy \d\d:\d\d:\d\d/)).toBeVisible();
  });

  test('has a light for this machine and one for the team', async () => {
    const bridge = await openPopup('inCall');
    await note.fill('một');
    await expect.element(page.getByText(/Đã lưu trên máy/)).toBeVisible();
    await expect.element(page.getByText('Đã đồng bộ')).toBeVisible();
    bridge.away = true;
    await note.fill('một hai');
    await expect.element(page.getByText('Máy chủ chưa trả lời')).toBeVisible();
    await expect.element(page.getByText(/Đã lưu trên máy/)).toBeVisible();
    bridge.away = false;
    await expect.element(page.getByText('Đã đồng bộ')).toBeVisible();
    const [call] = (await bridge.callsView()).calls;
    expect(formOf(bridge, call!.key)?.body).toBe('một hai');
  });

  test('that the hub has refused leads to where it is looked at', async () => {
    const bridge = await openPopup('formRefused');
    await button('Cần bạn xem').click();
    expect(bridge.sent).toEqual([['openWorkspace', { view: 'unsent' }]]);
  });

  test('written in an earlier life of the window is not written over while on its way', async () => {
    const bridge = await openPopup('ready');
    bridge.away = true;
    const call = anEntry({ has_note: true });
    const form = { call_key: call.key, body: 'từ trước', closed: false, written_at: 5 };
    await bridge.writeDown(false, JSON.stringify({ do: 'save_call_form.1', ...form }), true);
    bridge.pushCalls({ calls: [call], tabs: [call.id] });
    await expect.element(page.getByText('Đang lấy lại những gì bạn đã viết…')).toBeVisible();
    await expect.element(note).not.toBeInTheDocument();
    bridge.away = false;
    await expect.element(note).toHaveValue('từ trước');
  });

  test('can be written while the hub is away when nothing was written before', async () => {
    const bridge = await openPopup('ready');
    bridge.away = true;
    bridge.push({ calls: [alerting()] });
    await note.fill('ghi nhanh');
    await expect.poll(() => written(bridge)).toEqual(['ghi nhanh']);
  });

  test('is copied with one press', async () => {
    const copy = mock.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await openPopup('noted');
    await button('Chép').click();
    expect(copy).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^Máy lọc nước/));
  });

  test('is written for each call apart', async () => {
    await openPopup('twoCalls');
    await note.fill('về chị Hồng');
    await tab('Hồ Đức Ẩn').click();
    await expect.element(note).toHaveValue('');
    await note.fill('về anh Ẩn');
    await tab('Nguyễn Thị Hồng').click();
    await expect.element(note).toHaveValue('về chị Hồng');
  });

  // CP-14
  test('has the type of the call and what came of it, also by Alt and a digit', async () => {
    const bridge = await openPopup('inCall');
    await page.getByRole('combobox', { name: 'Loại cuộc gọi' }).click();
    expect(page.getByRole('option').elements()).toHaveLength(4);
    await page.getByRole('option', { name: 'Hỗ trợ kỹ thuật' }).click();
    await note.click();
    await userEvent.keyboard('{Alt>}2{/Alt}');
    await expect.element(outcome('Cần gọi lại')).toBeChecked();
    await expect
      .poll(() => saves(bridge).at(-1))
      .toMatchObject({ call_type_id: 'type-technical', disposition_id: 'result-call-back' });
    await choose('Sai số');
    await expect.poll(() => saves(bridge).at(-1)?.disposition_id).toBe('result-wrong');
  });

  test('shows only what an administrator wants', async () => {
    await openPopup('bare');
    await expect.element(note).toBeVisible();
    await expect.element(page.getByText('Kết quả')).not.toBeInTheDocument();
    await expect.element(button('Tạo phiếu')).not.toBeInTheDocument();
    await expect.element(page.getByRole('tablist')).not.toBeInTheDocument();
  });
});

// CP-10, CP-11, CP-18
describe('the customer', () => {
  test('is shown with address, email and type, and opens in the workspace', async () => {
    const bridge = await openPopup('inCall');
    await expect.element(page.getByText('hong.nguyen@example.vn')).toBeVisible();
    await expect.element(page.getByText('25 Lê Lợi, Hải Châu, Đà Nẵng')).toBeVisible();
    await expect.element(page.getByText('Liên hệ', { exact: true })).toBeVisible();
    await button('Mở hồ sơ khách hàng').click();
    expect(bridge.sent).toEqual([['openWorkspace', { view: 'contacts', id: 'contact-hong' }]]);
  });

  test('is chosen where several have the number, and stays with the form', async () => {
    const bridge = await openPopup('customers');
    await page.getByRole('combobox', { name: '2 khách cùng số này' }).click();
    await page.getByRole('option', { name: 'Hồ Đức Ẩn' }).click();
    await expect.element(name).toHaveTextContent('Hồ Đức Ẩn');
    expect(saves(bridge)).toMatchObject([{ contact_id: 'contact-an' }]);
  });

  test('that nobody knows is made from the call, and the form is about them', async () => {
    const bridge = await openPopup('incoming');
    await expect.element(page.getByText('Khách hàng chưa có')).toBeVisible();
    await button('Tạo khách hàng').click();
    const field = page.getByRole('textbox', { name: 'Tên khách hàng' });
    await expect.element(field).toHaveFocus();
    await field.fill(' ');
    await button('Tạo khách hàng').click();
    await expect.element(page.getByText(/^Nhập tên khách/)).toBeVisible();
    await field.fill('Anh Ẩn');
    await page.getByRole('radio', { name: 'Doanh nghiệp' }).click();
    await button('Tạo khách hàng').click();
    await expect.element(name).toHaveTextContent('Anh Ẩn');
    const points = [{ kind: 'phone', value: '0903111222' }];
    const [create, save] = bridge.sent.map(([, , command]) => command as Record<string, unknown>);
    expect(create).toMatchObject({ do: 'create_contact.1', kind: 'account', points });
    expect(save).toMatchObject({ do: 'save_call_form.1', contact_id: create!['id'] });
    await expect.element(page.getByText('Doanh nghiệp', { exact: true })).toBeVisible();
  });

  test('made while the hub is away is shown at once', async () => {
    const bridge = await openPopup('incoming');
    await button('Tạo khách hàng').click();
    bridge.away = true;
    await button('Tạo khách hàng').click();
    await expect.element(page.getByText('Lead', { exact: true })).toBeVisible();
    bridge.away = false;
    await expect.poll(() => bridge.hub.content.contacts[0]?.name).toBe('Hồ Đức Ẩn');
    await expect.element(name).toHaveTextContent('Hồ Đức Ẩn');
  });

  test('who could be one of ours is linked with one press', async () => {
    const bridge = await openPopup('maybe');
    await button('Chọn Nguyễn Thị Hồng').click();
    await expect.element(name).toHaveTextContent('Nguyễn Thị Hồng');
    expect(saves(bridge)).toMatchObject([{ contact_id: 'contact-hong' }]);
  });

  test('being typed is not replaced by news', async () => {
    const bridge = await openPopup('incoming');
    await button('Tạo khách hàng').click();
    const field = page.getByRole('textbox', { name: 'Tên khách hàng' });
    await field.fill('Chị Ẩ');
    const points = [{ kind: 'phone' as const, value: '0903111222', key: '+84903111222' }];
    bridge.hub.content.contacts.push(aContact({ id: 'new', name: 'Người khác', points }));
    window.dispatchEvent(new FocusEvent('focus'));
    await expect.element(name).toHaveTextContent('Người khác');
    await expect.element(field).toHaveValue('Chị Ẩ');
  });
});

// CP-12, CP-13, TK-34
describe('the history', () => {
  test('has the tabs that the administrator chose, in that order', async () => {
    await openPopup('inCall');
    const tabs = page.getByRole('tablist', { name: 'Lịch sử với khách' }).getByRole('tab');
    await expect.element(tabs.first()).toHaveTextContent('Cuộc gọi');
    expect(tabs.elements().map(({ textContent }) => textContent?.trim())).toEqual([
      expect.stringMatching(/^Cuộc gọi/),
      expect.stringMatching(/^Phiếu/),
      expect.stringMatching(/^Đơn hàng/),
      expect.stringMatching(/^Nhiệm vụ/),
    ]);
  });

  test('shows tickets with their states, and opens one in the workspace', async () => {
    const bridge = await openPopup('inCall');
    await page.getByRole('tab', { name: 'Phiếu' }).click();
    const row = page.getByRole('button', { name: /PYC-10482/ });
    await expect.element(row).toHaveTextContent('Không ra nước nóng');
    await expect.element(row).toHaveTextContent('OPEN');
    await row.click();
    expect(bridge.sent).toEqual([['openWorkspace', { view: 'tickets', id: 'ticket-10482' }]]);
  });

  test('shows what colleagues wrote about calls, which only they can open', async () => {
    await openPopup('inCall');
    const row = page.getByRole('listitem').filter({ hasText: 'Trần Văn Minh' });
    await expect.element(row).toHaveTextContent('Cần gọi lại · Hẹn kỹ thuật 14:00');
    await expect.element(row.getByRole('button')).not.toBeInTheDocument();
  });

  test('says what there is none of', async () => {
    await openPopup('ringHidden');
    await page.getByRole('tab', { name: 'Đơn hàng' }).click();
    await expect.element(page.getByText('Khách này chưa có đơn hàng.')).toBeVisible();
  });

  test('counts the calls of today of the whole team', async () => {
    const bridge = await openPopup('inCall');
    const today = { started_at: Date.now() - 1 };
    const { calls } = bridge.hub.content;
    bridge.hub.content.calls = [1, 2, 3, 4].map((id) => aHubCall({ ...today, id: `${id}` }));
    bridge.hub.content.calls.push(...calls);
    window.dispatchEvent(new FocusEvent('focus'));
    await expect.element(page.getByText('Gọi lần 4 hôm nay')).toBeVisible();
  });
});

describe('closing a call', () => {
  test('Ctrl+Enter closes form and tab from within the note, which has been saved first', async () => {
    const bridge = await openPopup('inCall');
    const [call] = (await bridge.callsView()).calls;
    await choose('Đã giải quyết');
    await note.click();
    await userEvent.keyboard('xong{Control>}{Enter}{/Control}');
    await expect.poll(() => bridge.sent.at(-1)).toEqual(['close']);
    expect(names(bridge).slice(-3)).toEqual(['writeDown', 'closeTab', 'close']);
    expect(saves(bridge).at(-1)).toMatchObject({ body: 'xong', closed: true });
    expect(bridge.sent.at(-3)).toEqual(['writeDown', false, expect.anything(), false]);
    expect(formOf(bridge, call!.key)?.closed_at).not.toBeNull();
  });

  test('a form is closed only once its note is kept', async () => {
    const bridge = await openPopup('bare');
    const waiting = slowWrites(bridge);
    await note.fill('xong');
    await button(/^Lưu và đóng/).click();
    expect(bridge.sent).toEqual([]);
    waiting[0]!();
    await expect.poll(() => waiting).toHaveLength(2);
    expect(names(bridge)).toEqual(['writeDown']);
    waiting[1]!();
    await expect.poll(() => names(bridge)).toEqual(['writeDown', 'writeDown', 'closeTab', 'close']);
  });

  test('nothing closes without the outcome that the administrator wants', async () => {
    const bridge = await openPopup('inCall');
    await note.fill('hẹn 14:00');
    await expect.poll(() => written(bridge)).toEqual(['hẹn 14:00']);
    await button(/^Lưu và đóng/).click();
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('Chọn một kết quả rồi đóng nhé');
    expect(names(bridge)).toEqual(['writeDown']);
    await choose('Cần gọi lại');
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
    await button(/^Lưu và đóng/).click();
    await expect.poll(() => names(bridge).at(-1)).toBe('close');
  });

  test('a form that is not kept closes nothing', async () => {
    const bridge = await openPopup('bare');
    await expect.element(note).toBeVisible();
    bridge.refuseNext = anError('not_kept');
    await button(/^Lưu và đóng/).click();
    await expect.element(page.getByText(/Chưa lưu được trên máy này/)).toBeVisible();
    expect(names(bridge)).toEqual(['writeDown']);
  });

  test('putting a tab away leaves its form open', async () => {
    const bridge = await openPopup('twoCalls');
    await tab('Nguyễn Thị Hồng').click();
    await userEvent.keyboard('{Delete}');
    await expect.element(name).toHaveTextContent('Hồ Đức Ẩn');
    expect(names(bridge)).toEqual(['closeTab']);
  });

  test('closing one of several keeps the window', async () => {
    const bridge = await openPopup('twoCalls');
    await choose('Sai số');
    await button(/^Lưu và đóng/).click();
    await expect.element(name).toHaveTextContent('Hồ Đức Ẩn');
    expect(names(bridge)).not.toContain('close');
  });
});

// TK-16, TK-17, TS-04, OR-06, CP-15, CP-16
describe('what is made from a call', () => {
  test('begins with what the call knows', async () => {
    const bridge = await openPopup('noted');
    const [call] = (await bridge.callsView()).calls;
    const from = { contact_id: 'contact-hong', call_key: call!.key };
    await expect.element(page.getByText('hong.nguyen@example.vn')).toBeVisible();
    for (const name of ['Tạo phiếu', 'Đơn hàng', 'Nhiệm vụ']) await button(name).click();
    const said = { title: expect.stringMatching(/^Máy lọc nước/) };
    expect(bridge.sent.map(([, place]) => place)).toEqual([
      {
        view: 'tickets',
        create: { ...from, ...said, summary: text(), category_id: 'category-technical' },
      },
      { view: 'orders', create: from },
      { view: 'tasks', create: { ...from, ...said, body: text() } },
    ]);
  });

  test('is not offered for a simulated call once practice is over', async () => {
    const bridge = await openPopup('practiceEnded');
    await expect.element(button('Tạo phiếu')).toBeVisible();
    bridge.push({ practice: null });
    await expect.element(button('Tạo phiếu')).not.toBeInTheDocument();
  });
});
