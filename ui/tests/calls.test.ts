import { afterEach, describe, expect, test, vi as mock } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { aCall, anError } from '../src/bridge/scenes';
import { commands, openCallbar } from './open';

const button = (name: string) => page.getByRole('button', { name, exact: true });

const grow = () => page.getByTitle('Mở rộng thanh gọi').click();

afterEach(() => mock.restoreAllMocks());

/** Ending a call is deaf for its first moments: here time has passed. */
function later(): void {
  const now = performance.now();
  mock.spyOn(performance, 'now').mockReturnValue(now + 60_000);
}

describe('an incoming call', () => {
  test('has a window of its own: the callbar keeps its size and offers to answer (CB-10)', async () => {
    const bridge = await openCallbar('ready');
    bridge.push({ calls: [aCall({ phase: 'alerting', direction: 'incoming' })] });
    await expect.element(button('Trả lời')).toBeVisible();
    expect(bridge.sent).toEqual([]);
  });

  test('is answered with one click (CB-23)', async () => {
    const bridge = await openCallbar('incoming');
    await button('Trả lời').click();
    expect(commands(bridge)).toMatchObject([['answer', expect.any(String)]]);
    await expect.element(button('Kết thúc')).toBeVisible();
  });

  test('is declined with one click in the grown window', async () => {
    const bridge = await openCallbar('incoming');
    await grow();
    await button('Từ chối').click();
    expect(commands(bridge)).toMatchObject([['decline', expect.any(String)]]);
  });

  test('meets nothing in the small bar that ends a call, in the last slot nothing at all', async () => {
    await openCallbar('incoming');
    await expect.element(button('Kết thúc')).not.toBeInTheDocument();
    const { right } = button('Trả lời').element().getBoundingClientRect();
    await button('Trả lời').click();
    const { left } = button('Kết thúc').element().getBoundingClientRect();
    expect(right).toBeLessThanOrEqual(left);
  });
});

describe('a second incoming call', () => {
  test('says that answering it holds the first, and does so', async () => {
    const bridge = await openCallbar('secondIncoming');
    await grow();
    await button('Trả lời, giữ cuộc kia').click();
    const { calls } = await bridge.phoneView();
    expect(calls.map((call) => call.hold)).toEqual(['local', 'none']);
    await expect.element(page.getByRole('heading', { level: 2 })).toHaveTextContent('Hồ Đức Ẩn');
    await button('Đổi máy').click();
    expect(commands(bridge).at(-1)).toEqual(['resume', calls[0]!.id]);
  });
});

describe('in a call', () => {
  async function inCall(name = 'inCall') {
    const bridge = await openCallbar(name);
    await grow();
    const call = (await bridge.phoneView()).calls[0]!.id;
    return { bridge, call };
  }

  test('digits on the keyboard go into the call as DTMF when no field has focus', async () => {
    const { bridge, call } = await inCall();
    await userEvent.keyboard('1*#');
    expect(commands(bridge)).toEqual(['1', '*', '#'].map((key) => ['sendDtmf', call, key]));
  });

  test('digits typed into the transfer field stay there', async () => {
    const { bridge, call } = await inCall();
    await button('Chuyển').click();
    await userEvent.keyboard('1002{Enter}');
    expect(commands(bridge)).toEqual([['transfer', call, '1002']]);
    await expect.element(button('Đang chuyển…')).toBeDisabled();
  });

  test('the keypad sends keys and shows them', async () => {
    const { bridge, call } = await inCall();
    await button('Bàn phím').click();
    await button('5').click();
    expect(commands(bridge)).toEqual([['sendDtmf', call, '5']]);
    await expect.element(page.getByLabelText('Phím đã gửi')).toHaveTextContent('5');
  });

  test('mute and hold say what the next press does', async () => {
    const { bridge, call } = await inCall();
    await button('Tắt tiếng').click();
    await button('Bật tiếng').click();
    await button('Giữ máy').click();
    await button('Nói tiếp').click();
    expect(commands(bridge)).toEqual([
      ['setMute', true],
      ['setMute', false],
      ['hold', call],
      ['resume', call],
    ]);
  });

  test('a click that was meant for something else does not end it', async () => {
    mock.spyOn(performance, 'now').mockReturnValue(1_000);
    const { bridge, call } = await inCall();
    await button('Kết thúc').click();
    expect(commands(bridge)).toEqual([]);
    later();
    await button('Kết thúc').click();
    expect(commands(bridge)).toEqual([['hangUp', call]]);
  });

  test('Escape never hangs up', async () => {
    const { bridge } = await inCall();
    await userEvent.keyboard('{Escape}');
    expect(commands(bridge)).toEqual([]);
  });

  test('a refused command is explained in words', async () => {
    const { bridge } = await inCall();
    bridge.refuseNext = anError('already_held');
    await button('Giữ máy').click();
    await expect
      .element(page.getByText('Cuộc này đang giữ máy rồi', { exact: false }))
      .toBeVisible();
  });
});

describe('an ended call', () => {
  test('says why, and calls again in one press', async () => {
    const bridge = await openCallbar('busy');
    await grow();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Khách đang bận');
    await button('Gọi lại').click();
    expect(commands(bridge)).toEqual([['dial', '0987654321']]);
  });

  test('without a microphone shows the agreed words and what to try (CB-20, CB-21)', async () => {
    await openCallbar('noMicrophone');
    await grow();
    await expect
      .element(page.getByText('Không thể truy cập microphone', { exact: true }))
      .toBeVisible();
    expect(page.getByRole('listitem').elements()).toHaveLength(4);
  });

  test('can be put away to dial another number', async () => {
    await openCallbar('busy');
    await grow();
    await button('Gọi số khác').click();
    await expect.element(page.getByRole('textbox', { name: 'Số cần gọi' })).toHaveFocus();
  });
});
