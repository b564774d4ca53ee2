import { afterEach, describe, expect, test, vi as mock } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { anEntry } from '../src/bridge/sceneCalls';
import { aCall, anError } from '../src/bridge/scenes';
import { openRing } from './open';

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const caller = page.getByRole('heading', { level: 2 });
const alert = page.getByRole('alert');

afterEach(() => mock.restoreAllMocks());

/** Keys are deaf for the first moments of a ring: here time has passed. */
function later(): void {
  const now = performance.now();
  mock.spyOn(performance, 'now').mockReturnValue(now + 60_000);
}

const alerting = (change = {}) => aCall({ phase: 'alerting', direction: 'incoming', ...change });

describe('the ring window', () => {
  test('names the state, the number called, the caller and how long it has rung', async () => {
    await openRing('incoming');
    await expect.element(page.getByText('Đổ chuông')).toBeVisible();
    await expect.element(page.getByText('Gọi đến máy lẻ 1001')).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'Hồ Đức Ẩn' })).toBeVisible();
    await expect.element(page.getByText('0903 111 222')).toBeVisible();
    await expect.element(page.getByLabelText(/Thời gian/)).toHaveTextContent('00:06');
  });

  test('answers and declines with one click, at once', async () => {
    const bridge = await openRing('incoming');
    await button('Trả lời').click();
    expect(bridge.sent).toMatchObject([['answer', expect.any(String)]]);
    const other = await openRing('incoming');
    await button('Từ chối').click();
    expect(other.sent).toMatchObject([['decline', expect.any(String)]]);
  });

  test('takes no focus and has nothing to type into', async () => {
    await openRing('incoming');
    expect(document.activeElement).toBe(document.body);
    expect(document.querySelector('input, textarea, [contenteditable]')).toBeNull();
  });

  test('lets no key through right after a call has appeared, later a button takes it', async () => {
    mock.spyOn(performance, 'now').mockReturnValue(1_000);
    const bridge = await openRing('incoming');
    (button('Trả lời').element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter} ');
    expect(bridge.sent).toEqual([]);
    later();
    await userEvent.keyboard('{Enter}');
    expect(bridge.sent).toMatchObject([['answer', expect.any(String)]]);
  });

  test('lets no shortcut through either right after a call has appeared', async () => {
    mock.spyOn(performance, 'now').mockReturnValue(10_000);
    const bridge = await openRing('ringWhileCalled');
    await userEvent.keyboard('{Control>}{Alt>}m{/Alt}{/Control}');
    expect(bridge.sent).toEqual([]);
    later();
    await userEvent.keyboard('{Control>}{Alt>}m{/Alt}{/Control}');
    expect(bridge.sent).toEqual([['setMute', true]]);
  });

  test('is deaf to keys again when the next call takes the place of the first', async () => {
    const bridge = await openRing('incoming');
    later();
    bridge.push({ calls: [alerting({ number: '0912 345 678' })] });
    await expect.element(caller).toHaveTextContent('0912 345 678');
    (button('Trả lời').element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    expect(bridge.sent).toEqual([]);
  });

  test('says in one line that more calls ring, and shows the oldest', async () => {
    await openRing('twoRinging');
    await expect.element(caller).toHaveTextContent('Hồ Đức Ẩn');
    await expect.element(page.getByText('Còn 1 cuộc nữa đang gọi')).toBeVisible();
  });

  test('does not answer the second caller with a double click on the first', async () => {
    const bridge = await openRing('twoRinging');
    const [first] = (await bridge.phoneView()).calls;
    await button('Trả lời').dblClick();
    expect(bridge.sent).toEqual([['answer', first!.id]]);
    await expect.element(caller).toHaveTextContent('Công ty Ánh Dương');
  });

  test('says on the button that answering holds the call that is up', async () => {
    const bridge = await openRing('ringWhileCalled');
    await button('Trả lời, giữ cuộc kia').click();
    const { calls } = await bridge.phoneView();
    expect(calls.map((call) => call.hold)).toEqual(['local', 'none']);
  });

  test('shows the shortcut only where it works in every program', async () => {
    await openRing('incoming');
    await expect.element(page.getByText('Ctrl+Alt+Enter')).not.toBeInTheDocument();
    const bridge = await openRing('ringShortcut');
    await expect.element(page.getByText('Ctrl+Alt+Enter')).toBeVisible();
    bridge.pushSettings({ troubles: [{ code: 'shortcut_taken', act: 'answer' }] });
    await expect.element(page.getByText('Ctrl+Alt+Enter')).not.toBeInTheDocument();
  });

  test('reads the caller out once, whatever the timer does', async () => {
    const bridge = await openRing('incoming');
    await expect.element(alert).toHaveTextContent('Cuộc gọi đến: Hồ Đức Ẩn');
    const spoken = mock.fn();
    const watch = new MutationObserver(spoken);
    watch.observe(alert.element(), { childList: true, characterData: true, subtree: true });
    bridge.push({ muted: true });
    await expect.poll(() => bridge.phoneView()).toMatchObject({ muted: true });
    expect(spoken).not.toHaveBeenCalled();
    watch.disconnect();
  });

  test('counts the calls with this number today', async () => {
    const bridge = await openRing('incoming');
    const [ringing] = (await bridge.callsView()).calls;
    const { number, started_ms } = ringing!;
    bridge.pushCalls({ calls: [ringing!, anEntry({ number, started_ms: started_ms - 1 })] });
    await expect.element(page.getByText('Gọi lần 2 hôm nay')).toBeVisible();
  });

  test('explains a refusal in place', async () => {
    const bridge = await openRing('incoming');
    bridge.refuseNext = anError('no_such_call');
    await button('Trả lời').click();
    await expect.element(page.getByText('Cuộc gọi này không còn nữa')).toBeVisible();
  });
});

describe('a call that ended before it was answered', () => {
  test('by somebody else is said in one sentence, with what it means', async () => {
    await openRing('answeredElsewhere');
    await expect.element(page.getByText('Người khác đã nghe cuộc này').last()).toBeVisible();
    await expect.element(page.getByText('Không tính là cuộc nhỡ của bạn.')).toBeVisible();
    expect(page.getByRole('button').elements()).toEqual([]);
  });

  test('by the caller is said in the same window, and where to find it', async () => {
    const bridge = await openRing('incoming');
    const [call] = (await bridge.phoneView()).calls;
    const cause = { code: 'canceled_by_caller', status: null };
    bridge.push({ calls: [{ ...call!, phase: 'terminated', cause, missed: true }] });
    await expect.element(alert).toHaveTextContent('Người gọi đã dừng trước khi bạn nghe');
    await expect.element(page.getByText('Cuộc này nằm trong lịch sử gọi.')).toBeVisible();
    await expect.element(page.getByText(/không tính/i)).not.toBeInTheDocument();
  });

  test('gives way to the next call that rings', async () => {
    const bridge = await openRing('missed');
    const [call] = (await bridge.phoneView()).calls;
    bridge.push({ calls: [call!, alerting({ number: '0912 345 678' })] });
    await expect.element(button('Trả lời')).toBeVisible();
  });
});

test('practice is named in the ring window', async () => {
  await openRing('practiceIncoming');
  await expect.element(page.getByText('LUYỆN TẬP', { exact: true })).toBeVisible();
});
