import { afterEach, beforeEach, describe, expect, test, vi as mock } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { FakeBridge } from '../src/bridge/fake';
import { aCall, anError, preferences } from '../src/bridge/scenes';
import { keysOf, normalKeys } from '../src/domain/shortcuts';
import { commands, openCallbar, openPopup, openRing } from './open';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const display = page.getByRole('textbox', { name: 'Số cần gọi' });

let now = 0;

beforeEach(() => {
  now = 1_000;
  mock.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => {
  mock.restoreAllMocks();
  mock.useRealTimers();
});

function key(code: string, init: KeyboardEventInit = {}, type = 'keydown'): KeyboardEvent {
  const event = new KeyboardEvent(type, {
    code,
    key: code,
    ctrlKey: true,
    altKey: true,
    bubbles: true,
    cancelable: true,
    ...init,
  });
  document.activeElement!.dispatchEvent(event);
  return event;
}

/** Time passes: rings are no longer new, presses no longer doubled. */
const later = () => (now += 60_000);

describe('the keys pressed', () => {
  const keys = (code: string, init: KeyboardEventInit = {}) =>
    keysOf(new KeyboardEvent('keydown', { code, key: code, ...init }));

  test.each([
    ['KeyM', { ctrlKey: true, altKey: true, key: 'µ' }, 'Ctrl+Alt+M'],
    ['Digit1', { altKey: true, key: '!' }, 'Alt+1'],
    ['Enter', { ctrlKey: true }, 'Ctrl+Enter'],
    ['KeyA', { metaKey: true, shiftKey: true }, 'Shift+Super+A'],
    ['F1', {}, 'F1'],
    ['BracketLeft', { ctrlKey: true }, 'Ctrl+BracketLeft'],
  ])('%s %j are %s: named by their place, not by what they type', (code, init, named) => {
    expect(keys(code, init)).toBe(named);
  });

  test.each([
    ['ControlLeft', { ctrlKey: true }],
    ['KeyE', { ctrlKey: true, altKey: true, modifierAltGraph: true }],
    ['KeyA', { isComposing: true }],
    ['KeyA', { key: 'Process' }],
    ['', {}],
  ])('%s %j are no combination', (code, init) => {
    expect(keys(code, init)).toBeUndefined();
  });

  test.each([
    ['Alt+Ctrl+M', 'Ctrl+Alt+M'],
    ['Ctrl+Alt+Enter', 'Ctrl+Alt+Enter'],
    ['Ctrl+Alt+', undefined],
    ['Strg+M', undefined],
    ['', undefined],
  ])('%j is written %s', (written, normal) => {
    expect(normalKeys(written)).toBe(normal);
  });
});

describe('the shortcuts in our windows', () => {
  const sent = (bridge: FakeBridge) => commands(bridge).map(([command]) => command);

  test.each([
    ['the callbar', openCallbar],
    ['the ring window', openRing],
    ['the call window', openPopup],
  ])('answer the call that rings longest, in %s', async (_, open) => {
    const bridge = await open('twoRinging');
    const [oldest] = (await bridge.phoneView()).calls;
    later();
    expect(key('Enter').defaultPrevented).toBe(true);
    await expect.poll(() => commands(bridge)).toEqual([['answer', oldest!.id]]);
  });

  test('do not answer a call that has only just appeared', async () => {
    const bridge = await openCallbar('incoming');
    now += 599;
    key('Enter');
    expect(commands(bridge)).toEqual([]);
    now += 1;
    key('Enter');
    expect(sent(bridge)).toEqual(['answer']);
  });

  test('do a double press once, another act at once', async () => {
    const bridge = await openCallbar('inCall');
    key('KeyM');
    now += 999;
    key('KeyM');
    key('KeyH');
    expect(sent(bridge)).toEqual(['setMute', 'hold']);
    now += 1;
    key('KeyM');
    expect(sent(bridge)).toEqual(['setMute', 'hold', 'setMute']);
  });

  test('do nothing for a key that repeats because it is held', async () => {
    const bridge = await openCallbar('inCall');
    expect(key('KeyM', { repeat: true }).defaultPrevented).toBe(true);
    expect(commands(bridge)).toEqual([]);
  });

  test('end a call only once the keys were held for 0.4 s', async () => {
    const bridge = await openCallbar('inCall');
    mock.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    key('Backspace');
    mock.advanceTimersByTime(399);
    expect(commands(bridge)).toEqual([]);
    mock.advanceTimersByTime(1);
    expect(sent(bridge)).toEqual(['hangUp']);
  });

  test('end nothing when the keys were let go before', async () => {
    const bridge = await openCallbar('inCall');
    mock.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    key('Backspace');
    mock.advanceTimersByTime(300);
    key('Backspace', {}, 'keyup');
    mock.advanceTimersByTime(5_000);
    expect(commands(bridge)).toEqual([]);
  });

  test('decline what rings, not the call that is up', async () => {
    const bridge = await openCallbar('secondIncoming');
    const [, ringing] = (await bridge.phoneView()).calls;
    mock.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    key('Backspace');
    mock.advanceTimersByTime(400);
    expect(commands(bridge)).toEqual([['decline', ringing!.id]]);
  });

  test('ask the callbar for the transfer panel, only in a call', async () => {
    const bridge = await openPopup('inCall');
    key('KeyT');
    expect(bridge.sent).toEqual([['showCallbar', { panel: 'transfer' }]]);
    const idle = await openPopup('endedWithNote');
    key('KeyT');
    expect(idle.sent).toEqual([]);
  });

  test('open the transfer panel in the callbar itself', async () => {
    const bridge = await openCallbar('inCall');
    key('KeyT');
    await expect.element(page.getByLabelText(/^Chuyển .* cho$/)).toHaveFocus();
    expect(bridge.sent).toEqual([['setExpanded', true]]);
  });

  test('bring a selected number to the dial pad, where the person dials it', async () => {
    const bridge = await openPopup('endedWithNote');
    const number = page.getByText('0987 654 321').element();
    getSelection()!.selectAllChildren(number);
    key('KeyD');
    expect(bridge.sent).toEqual([['showCallbar', { panel: 'dial', number: '0987654321' }]]);
  });

  test('follow what the person has chosen', async () => {
    const bridge = await openCallbar('inCall');
    const shortcuts = preferences().shortcuts.map((each) =>
      each.act === 'mute' ? { ...each, keys: 'Ctrl+Shift+F8' } : { ...each, keys: null },
    );
    bridge.pushSettings({ preferences: preferences({ shortcuts }) });
    key('KeyM');
    key('KeyH');
    expect(commands(bridge)).toEqual([]);
    key('F8', { altKey: false, shiftKey: true });
    expect(sent(bridge)).toEqual(['setMute']);
  });

  test('leave the note alone: characters of AltGr and of an input method pass', async () => {
    const bridge = await openPopup('inCall');
    await page.getByRole('textbox').click();
    expect(key('KeyM', { modifierAltGraph: true }).defaultPrevented).toBe(false);
    expect(key('KeyM', { isComposing: true }).defaultPrevented).toBe(false);
    expect(bridge.sent).toEqual([]);
  });

  test('F1 explains the error on screen', async () => {
    const bridge = await openCallbar('lost');
    key('F1', { ctrlKey: false, altKey: false });
    expect(bridge.sent).toEqual([['openWorkspace', { view: 'help', topic: 'link_lost' }]]);
    const inCall = await openCallbar('inCall');
    inCall.refuseNext = anError('already_held');
    key('KeyH');
    await expect.poll(() => commands(inCall)).toHaveLength(1);
    key('F1', { ctrlKey: false, altKey: false });
    expect(inCall.sent.at(-1)).toEqual(['openWorkspace', { view: 'help', topic: 'already_held' }]);
  });
});

describe('with the keyboard alone', () => {
  /** Tab, until the named control has the focus. */
  async function tabTo(name: string): Promise<void> {
    for (let presses = 0; presses < 30; presses++) {
      await userEvent.tab();
      const at = document.activeElement as HTMLElement;
      if ((at.ariaLabel ?? at.textContent).trim() === name) return;
    }
    throw new Error(`Tab does not reach ${name}`);
  }

  test('a call is dialled, held, resumed, transferred to no one, and hung up', async () => {
    const bridge = await openCallbar('ready');
    await userEvent.keyboard('0987654321{Enter}');
    const call = (await bridge.phoneView()).calls[0]!;
    bridge.push({ calls: [{ ...call, phase: 'established', answered_ms: Date.now() }] });
    await expect.element(button('Giữ máy')).toBeEnabled();

    await tabTo('Giữ máy');
    await userEvent.keyboard('{Enter}');
    await expect.element(button('Nói tiếp')).toHaveFocus();
    await userEvent.keyboard(' ');
    await expect.element(button('Giữ máy')).toHaveFocus();

    await tabTo('Chuyển');
    await userEvent.keyboard('{Enter}');
    const field = page.getByLabelText(/^Chuyển .* cho$/);
    await expect.element(field).toHaveFocus();
    await userEvent.keyboard('10{Escape}');
    await expect.element(field).not.toBeInTheDocument();
    await expect.element(button('Chuyển')).toHaveFocus();

    later();
    await tabTo('Kết thúc');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toHaveTextContent('Bạn đã kết thúc cuộc gọi');
    expect(commands(bridge).map(([command]) => command)).toEqual([
      'dial',
      'hold',
      'resume',
      'hangUp',
    ]);
  });

  test('Escape closes a panel, and hangs up nothing however often it is pressed', async () => {
    const bridge = await openCallbar('inCall');
    await page.getByTitle('Mở rộng thanh gọi').click();
    await button('Bàn phím').click();
    await userEvent.keyboard('{Escape}{Escape}{Escape}');
    await expect.element(button('Bàn phím')).toHaveAttribute('aria-expanded', 'false');
    expect(commands(bridge)).toEqual([]);
  });

  test('the number being entered stays while a call rings and goes', async () => {
    const bridge = await openCallbar('ready');
    await userEvent.keyboard('0987');
    bridge.push({ calls: [aCall({ phase: 'alerting', direction: 'incoming' })] });
    bridge.push({ calls: [] });
    await expect.element(display).toHaveValue('0987');
  });
});
