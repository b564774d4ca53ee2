import { afterEach, describe, expect, test, vi as mock } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { aCall } from '../src/bridge/scenes';
import { commands, openCallbar } from './open';

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const display = page.getByRole('textbox', { name: 'Số cần gọi' });
const dialog = page.getByRole('alertdialog');
const alerting = () => aCall({ phase: 'alerting', direction: 'incoming' });

afterEach(() => mock.restoreAllMocks());

/** A question is deaf to yes for its first moments: here time has passed. */
function later(): void {
  const now = performance.now();
  mock.spyOn(performance, 'now').mockReturnValue(now + 60_000);
}

describe('the free bar', () => {
  test('counts the missed calls nobody has looked at, and opens the list', async () => {
    const bridge = await openCallbar('ready');
    await button('Lịch sử gọi, 1 cuộc nhỡ chưa xem').click();
    expect(bridge.sent).toEqual([['openWorkspace', { view: 'calls' }]]);
    await bridge.seeMissed();
    await expect.element(button('Lịch sử gọi')).toHaveTextContent('');
  });

  test('can be minimised, hidden to the tray, and quit, also in a call', async () => {
    const bridge = await openCallbar('inCall');
    await page.getByTitle('Mở rộng thanh gọi').click();
    await button('Thu nhỏ xuống thanh tác vụ').click();
    await button('Ẩn xuống khay hệ thống; cuộc gọi vẫn đến').click();
    await button('Thoát Alobar').click();
    expect(commands(bridge)).toEqual([['minimize'], ['hide'], ['close']]);
  });
});

describe('the recent calls', () => {
  async function openDialPad(scene = 'ready') {
    const bridge = await openCallbar(scene);
    await button('Bàn phím quay số').click();
    return bridge;
  }

  test('stand below the keys, newest first, and are called back with one press', async () => {
    const bridge = await openDialPad();
    const rows = page.getByRole('listitem');
    await expect.element(rows.first()).toHaveTextContent('0912 345 678 Cuộc nhỡ');
    await expect.element(rows.nth(1)).toHaveTextContent('Trần Văn Minh 0903 111 222 · Gọi 3:54');
    await button('Gọi lại 0912 345 678').click();
    expect(commands(bridge)).toEqual([['dial', '0912345678']]);
  });

  test('are shown whole or not at all', async () => {
    await openDialPad();
    const { bottom } = page.getByRole('listitem').last().element().getBoundingClientRect();
    const foot = document.querySelector('footer')!.getBoundingClientRect().top;
    expect(bottom).toBeLessThanOrEqual(foot);
  });

  test('lead to the whole list', async () => {
    const bridge = await openDialPad();
    await button('Xem tất cả').click();
    expect(commands(bridge)).toEqual([['openWorkspace', { view: 'calls' }]]);
  });

  test('give way to practice, whose customers cannot be called back', async () => {
    await openDialPad('practiceIdle');
    await expect.element(page.getByText('Gần đây')).not.toBeInTheDocument();
  });
});

describe('what another window asks for', () => {
  test('a number to dial grows the bar and stands in the field; the person dials', async () => {
    const bridge = await openCallbar('ready');
    bridge.ask({ panel: 'dial', number: '0987 654 321' });
    await expect.element(display).toHaveValue('0987 654 321');
    expect(commands(bridge)).toEqual([]);
    expect(bridge.sent).toEqual([['setExpanded', true]]);
  });

  test('the dial pad alone keeps the number being entered', async () => {
    const bridge = await openCallbar('ready');
    await userEvent.keyboard('098');
    bridge.ask({ panel: 'dial', number: null });
    await expect.element(display).toHaveValue('098');
  });

  test('the transfer panel opens in a call, and only there', async () => {
    const bridge = await openCallbar('inCall');
    bridge.ask({ panel: 'transfer' });
    await expect.element(page.getByLabelText('Chuyển Nguyễn Thị Hồng cho')).toHaveFocus();
    const idle = await openCallbar('ready');
    idle.ask({ panel: 'transfer' });
    await expect.element(display).toBeVisible();
    idle.push({ calls: [aCall()] });
    await expect.element(button('Chuyển')).toHaveAttribute('aria-expanded', 'false');
  });
});

describe('a question', () => {
  test('about quitting in a call stands with the focus on staying', async () => {
    const bridge = await openCallbar('askQuit');
    await expect.element(dialog).toHaveTextContent('Bạn đang có cuộc gọi.');
    await expect.element(button('Ở lại')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(commands(bridge)).toEqual([['answerAsk', false]]);
    await expect.element(dialog).not.toBeInTheDocument();
  });

  test('is answered by Escape with what is safe', async () => {
    const bridge = await openCallbar('askDial');
    await expect.element(button('Không gọi')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(commands(bridge)).toEqual([['answerAsk', false]]);
  });

  test('about a link shows the number large and in groups, and dials only on the press', async () => {
    const bridge = await openCallbar('askDial');
    await expect.element(dialog).toHaveTextContent('Một liên kết ngoài Alobar muốn gọi.');
    await expect.element(page.getByText('0987 654 321')).toBeVisible();
    later();
    await dialog.getByRole('button', { name: 'Gọi', exact: true }).click();
    expect(commands(bridge)).toEqual([['answerAsk', true]]);
  });

  test('that takes the place of another is not answered by the press on its way', async () => {
    const bridge = await openCallbar('askDial');
    const yes = dialog.getByRole('button', { name: 'Gọi', exact: true });
    await expect.element(yes).toBeVisible();
    later();
    bridge.pushDesk({ ask: { ask: 'dial', number: '1900123456', by: 'link' } });
    await expect.element(dialog).toHaveTextContent('1900');
    await yes.click();
    expect(commands(bridge)).toEqual([]);
  });

  test('grows the bar for itself, and lets it go back', async () => {
    const bridge = await openCallbar('ready');
    bridge.pushDesk({ ask: { ask: 'dial', number: '1002', by: 'selection' } });
    await button('Không gọi').click();
    await expect.poll(() => bridge.sent.at(-1)).toEqual(['setExpanded', false]);
    expect(bridge.sent[0]).toEqual(['setExpanded', true]);
  });

  test('waits while a call rings, and comes back afterwards', async () => {
    const bridge = await openCallbar('ready');
    bridge.push({ calls: [alerting()] });
    bridge.pushDesk({ ask: { ask: 'dial', number: '1002', by: 'link' } });
    await expect.element(button('Trả lời')).toBeVisible();
    await expect.element(dialog).not.toBeInTheDocument();
    bridge.push({ calls: [] });
    await expect.element(dialog).toBeVisible();
  });

  test('that stands there steps aside for a call that begins to ring, unanswered', async () => {
    const bridge = await openCallbar('askDial');
    await expect.element(dialog).toBeVisible();
    bridge.push({ calls: [alerting()] });
    await expect.element(dialog).not.toBeInTheDocument();
    expect(commands(bridge)).toEqual([]);
    await button('Trả lời').click();
    expect(commands(bridge)).toMatchObject([['answer', expect.any(String)]]);
  });

  test('takes the digits typed meanwhile: none reaches the dial pad', async () => {
    await openCallbar('askDial');
    await expect.element(button('Không gọi')).toHaveFocus();
    await userEvent.keyboard('123');
    await userEvent.keyboard('{Escape}');
    await page.getByTitle('Mở rộng thanh gọi').click();
    await expect.element(display).toHaveValue('');
  });
});
