import { afterEach, beforeEach, describe, expect, test, vi as mock } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { anEntry } from '../src/bridge/sceneCalls';
import { anError } from '../src/bridge/scenes';
import {
  button,
  note,
  text,
  name,
  tab,
  openTabs,
  alerting,
  callsOf,
  keyboardIsHere,
} from './callWindow';
import { openPopup } from './open';

beforeEach(() => page.viewport(440, 752));
afterEach(async () => {
  mock.restoreAllMocks();
  await page.viewport(360, 620);
});

describe('the call window', () => {
  test('shows who it is, the state with its timer, and how the sound is', async () => {
    await openPopup('inCall');
    await expect.element(name).toHaveTextContent('Nguyễn Thị Hồng');
    await expect.element(page.getByText('0987 654 321')).toBeVisible();
    await expect.element(page.getByText('Đang gọi')).toBeVisible();
    await expect.element(page.getByText('02:47')).toBeVisible();
    await expect.element(page.getByText('Gọi đến máy lẻ 1001')).toBeVisible();
    await expect.element(page.getByText('Tiếng tốt')).toBeVisible();
    await expect
      .element(page.getByRole('tablist', { name: 'Các cuộc gọi đang mở' }))
      .not.toBeInTheDocument();
  });

  test('names what is not known as not known', async () => {
    await openPopup('ringHidden');
    await expect.element(name).toHaveTextContent('Số ẩn');
    await expect.element(page.getByText('Khách không hiện số')).toBeVisible();
    await expect.element(page.getByText('Số ẩn nên không biết các cuộc trước.')).toBeVisible();
    await expect.element(button('Chép số')).not.toBeInTheDocument();
  });

  test('lists the earlier calls with this number and counts those of today', async () => {
    const bridge = await openPopup('inCall');
    bridge.hub.content.calls = [];
    window.dispatchEvent(new FocusEvent('focus'));
    const [live] = (await bridge.callsView()).calls;
    const { number, started_ms } = live!;
    const before = { number, started_ms: started_ms - 1 };
    bridge.pushCalls({
      calls: [
        live!,
        anEntry({ ...before, missed: true }),
        anEntry({ ...before, answered_ms: 1_000, ended_ms: 61_000, has_note: true }),
        anEntry({ ...before, practice: true }),
        anEntry({ number: '0900 000 000', started_ms: before.started_ms }),
      ],
    });
    await expect.element(page.getByText('Gọi lần 3 hôm nay')).toBeVisible();
    const rows = page.getByRole('listitem');
    await expect.element(rows.first()).toHaveTextContent('Cuộc nhỡ');
    await expect.element(rows.last()).toHaveTextContent('Gọi 1:00 có ghi chú');
    expect(rows.elements()).toHaveLength(2);
  });

  test('opens an earlier call, with what was written about it', async () => {
    const bridge = await openPopup('inCall');
    await page.getByRole('listitem').getByRole('button').first().click();
    await expect.element(page.getByText('Đã kết thúc')).toBeVisible();
    expect(bridge.sent).toMatchObject([['openTab', expect.any(String)]]);
  });

  test('copies the number, and says so in place', async () => {
    const copy = mock.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await openPopup('inCall');
    await button('Chép số').click();
    expect(copy).toHaveBeenCalledExactlyOnceWith('0987 654 321');
    await expect.element(button('Đã chép')).toBeVisible();
  });

  test('says so when the system does not let it copy', async () => {
    mock.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
    await openPopup('inCall');
    await button('Chép số').click();
    await expect.element(button(/^Máy chưa cho chép/)).toBeVisible();
  });

  test('can be minimised, and says when nothing is open', async () => {
    const bridge = await openPopup('inCall');
    await button('Thu nhỏ').click();
    expect(bridge.sent).toEqual([['minimize']]);
    await openPopup('ready');
    await expect.element(page.getByText('Chưa có cuộc gọi nào đang mở.')).toBeVisible();
  });

  test('offers to call back once the call has ended and no other is up', async () => {
    const bridge = await openPopup('inCall');
    await expect.element(button('Gọi lại')).not.toBeInTheDocument();
    const [call] = await callsOf(bridge);
    await bridge.hangUp(call!.id);
    await button('Gọi lại').click();
    expect(bridge.sent.at(-1)).toEqual(['dial', '0987654321']);
    await expect.element(page.getByText('Đang gọi đi')).toBeVisible();
    await expect.element(button('Gọi lại')).not.toBeInTheDocument();
  });

  test('says why a call back did not start', async () => {
    const bridge = await openPopup('endedWithNote');
    bridge.refuseNext = anError('dial_bad_length');
    await button('Gọi lại').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Số này thiếu hoặc thừa');
  });

  test('never offers to call a simulated customer back', async () => {
    await openPopup('practiceEnded');
    await expect.element(page.getByText('LUYỆN TẬP', { exact: true })).toBeVisible();
    await expect.element(button('Gọi lại')).not.toBeInTheDocument();
  });
});

describe('after the call', () => {
  test('only the header changes: nothing below moves, caret and focus stay', async () => {
    const bridge = await openPopup('inCall');
    await note.fill('khách hẹn 14:00');
    const area = note.element() as HTMLTextAreaElement;
    area.setSelectionRange(5, 5);
    await expect.element(page.getByText(/Đã lưu trên máy/)).toBeVisible();
    const below = () =>
      [...document.querySelectorAll('h2, textarea, li, label, footer button, .copy')].map((each) =>
        JSON.stringify(each.getBoundingClientRect()),
      );
    const before = below();
    const [call] = await callsOf(bridge);
    await bridge.hangUp(call!.id);
    await expect.element(page.getByText('Đã kết thúc', { exact: true })).toBeVisible();
    expect(below()).toEqual(before);
    expect(document.activeElement).toBe(area);
    expect(area.selectionStart).toBe(5);
  });

  test('how long the two talked and why it ended stay on screen', async () => {
    await openPopup('endedWithNote');
    await expect.element(page.getByText('06:12')).toBeVisible();
    await expect.element(page.getByText('Bên kia đã gác máy')).toBeVisible();
  });
});

describe('several calls', () => {
  test('are tabs, each with the shape of its state and its name', async () => {
    await openPopup('twoCalls');
    expect(openTabs()).toHaveLength(2);
    await expect.element(tab('Nguyễn Thị Hồng')).toHaveAttribute('aria-selected', 'true');
    await tab('Hồ Đức Ẩn').click();
    await expect.element(page.getByText('Giữ máy')).toBeVisible();
  });

  test('beyond five wait in a menu', async () => {
    await openPopup('sevenTabs');
    expect(openTabs()).toHaveLength(5);
    await button('Thêm 2 cuộc').click();
    await page.getByRole('menuitem', { name: 'Phạm Quốc An' }).click();
    await expect.element(name).toHaveTextContent('Phạm Quốc An');
    expect(openTabs()).toHaveLength(5);
  });

  test('a further call never takes the note that is being written', async () => {
    keyboardIsHere(true);
    const bridge = await openPopup('endedWithNote');
    await note.click();
    const area = note.element() as HTMLTextAreaElement;
    area.setSelectionRange(text().length, text().length);
    bridge.push({ calls: [alerting()] });
    await expect.element(tab('0912 345 678')).toBeVisible();
    await expect.element(tab('Nguyễn Thị Hồng')).toHaveAttribute('aria-selected', 'true');
    expect(document.activeElement).toBe(area);
    const [call] = await callsOf(bridge);
    await bridge.answer(call!.id);
    await expect.element(tab('Nguyễn Thị Hồng')).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard(' thêm');
    await expect.poll(text).toMatch(/thêm$/);
  });

  test('a further call moves the note by no pixel', async () => {
    const bridge = await openPopup('inCall');
    await note.click();
    const top = () => note.element().getBoundingClientRect().top;
    const before = top();
    const [call] = await callsOf(bridge);
    bridge.push({ calls: [call!, alerting()] });
    await expect.element(tab('0912 345 678')).toBeVisible();
    expect(top()).toBe(before);
  });

  test('a further call comes to the front where nobody is writing and no call is up', async () => {
    const bridge = await openPopup('endedWithNote');
    bridge.push({ calls: [alerting()] });
    await expect.element(tab('0912 345 678')).toHaveAttribute('aria-selected', 'true');
  });

  test('a further call stays behind the one that is up, until the person answers it', async () => {
    const bridge = await openPopup('inCall');
    const [up] = await callsOf(bridge);
    const ringing = alerting();
    bridge.push({ calls: [up!, ringing] });
    await expect.element(tab('Nguyễn Thị Hồng')).toHaveAttribute('aria-selected', 'true');
    await bridge.answer(ringing.id);
    await expect.element(tab('0912 345 678')).toHaveAttribute('aria-selected', 'true');
  });

  test('answering from another program moves on from a note where the caret was left', async () => {
    const bridge = await openPopup('endedWithNote');
    await note.click();
    keyboardIsHere(false);
    const ringing = alerting();
    bridge.push({ calls: [ringing] });
    await expect.element(tab('Nguyễn Thị Hồng')).toHaveAttribute('aria-selected', 'true');
    await bridge.answer(ringing.id);
    await expect.element(tab('0912 345 678')).toHaveAttribute('aria-selected', 'true');
  });
});
