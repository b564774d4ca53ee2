import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { aCall, anError, preferences } from '../src/bridge/scenes';
import type { FakeBridge } from '../src/bridge/fake';
import { openSettings } from './open';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const toggle = (name: string) => page.getByRole('switch', { name });
/** What was sent, without what only goes on while something is looked at or recorded. */
const sent = (bridge: FakeBridge) =>
  bridge.sent.filter(([name]) => name !== 'listen' && name !== 'recordShortcut');
const heard = (bridge: FakeBridge) => bridge.sent.filter(([name]) => name === 'listen');

beforeAll(() => page.viewport(1368, 836));
afterAll(() => page.viewport(360, 620));

async function pick(field: string, option: string): Promise<void> {
  await page.getByLabelText(field, { exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** The window is hidden, or shown again. */
function hide(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('the account', () => {
  test('is said, with where its password is', async () => {
    await openSettings('account');
    await expect.element(page.getByText('Máy lẻ 1001')).toBeVisible();
    await expect.element(page.getByText('Mật khẩu nằm trong kho khóa của máy.')).toBeVisible();
  });

  test('signs out, having said what that does', async () => {
    const bridge = await openSettings('account');
    await expect.element(page.getByText(/mật khẩu bị xoá khỏi máy/)).toBeVisible();
    await button('Đăng xuất').click();
    expect(sent(bridge)).toEqual([['signOut']]);
    await expect.element(page.getByText('Chưa đăng nhập').last()).toBeVisible();
  });

  test('practice is one press away; a refusal says why', async () => {
    const bridge = await openSettings('account');
    bridge.refuseNext = anError('practice_not_started');
    await button('Luyện tập').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Chưa mở được phần luyện tập');
    await button('Luyện tập').click();
    expect(sent(bridge)).toEqual([['startPractice'], ['startPractice']]);
    await expect.element(button('Rời luyện tập')).toBeVisible();
  });
});

describe('the devices', () => {
  test('offer the default of the system first, by name', async () => {
    await openSettings('devices');
    const field = page.getByLabelText('Micro', { exact: true });
    await expect.element(field).toHaveTextContent('Mặc định (Jabra Evolve2 65)');
    await field.click();
    await expect
      .element(page.getByRole('option').first())
      .toHaveTextContent('Mặc định (Jabra Evolve2 65)');
  });

  test('choosing one leaves the others as they are, and back to the default', async () => {
    const bridge = await openSettings('devices');
    const others = { speaker: 'out-1', ringer: 'out-2', ring_volume: 80 };
    await pick('Micro', 'Micro máy tính');
    await pick('Micro', 'Mặc định (Jabra Evolve2 65)');
    expect(sent(bridge)).toEqual([
      ['chooseDevices', { microphone: 'in-2', ...others }],
      ['chooseDevices', { microphone: null, ...others }],
    ]);
  });

  test('one that is chosen but unplugged is still shown', async () => {
    await openSettings('devices', 'deviceGone');
    await expect
      .element(page.getByLabelText('Micro', { exact: true }))
      .toHaveTextContent('Thiết bị đã chọn, đang không cắm');
  });

  test('the microphone is open for its level only while somebody looks', async () => {
    const bridge = await openSettings('devices');
    await expect.element(page.getByRole('meter')).toHaveAttribute('aria-valuenow', '42');
    expect(heard(bridge)).toEqual([['listen', true]]);
    hide(true);
    await expect.poll(() => heard(bridge)).toHaveLength(2);
    hide(false);
    await expect.poll(() => heard(bridge)).toHaveLength(3);
    await button('Riêng tư').click();
    await expect.element(heading('Riêng tư')).toBeVisible();
    expect(heard(bridge).map(([, on]) => on)).toEqual([true, false, true, false]);
    Reflect.deleteProperty(document, 'hidden');
  });

  test('a microphone that does not open is asked once, and says why', async () => {
    const bridge = await openSettings('devices', 'recording');
    bridge.refuseNext = anError('check_no_microphone');
    bridge.pushDevices({ check: { check: 'idle' } });
    await expect.element(page.getByRole('alert')).toHaveTextContent('Chưa mở được micro để thử');
    expect(heard(bridge)).toEqual([['listen', true]]);
    await expect.element(page.getByText('Micro đang đóng')).toBeVisible();
  });

  test('in a call show its level and leave the tests out', async () => {
    const bridge = await openSettings('devices', 'inCall');
    await expect.element(page.getByRole('meter')).toBeVisible();
    await expect.element(button('Nói thử')).toBeDisabled();
    await expect.element(button('Nghe thử')).toBeDisabled();
    await expect.element(page.getByText(/^Đang có cuộc gọi: thử tiếng/)).toBeVisible();
    expect(bridge.sent).toEqual([]);
  });

  test('listen again when a call is over', async () => {
    const bridge = await openSettings('devices', 'inCall');
    bridge.push({ calls: [] });
    await expect.poll(() => heard(bridge)).toEqual([['listen', true]]);
    bridge.push({ calls: [aCall()] });
    await expect.element(button('Nói thử')).toBeDisabled();
    expect(heard(bridge).at(-1)).toEqual(['listen', false]);
  });

  test('the echo test says what it does, with the time left', async () => {
    const bridge = await openSettings('devices');
    await expect.element(page.getByText(/^Nói thử ghi vài giây/)).toBeVisible();
    await button('Nói thử').click();
    await expect.element(page.getByText('Nói đi, Alobar đang ghi').last()).toBeVisible();
    await expect.element(page.getByText(/còn [1-4] giây/)).toBeVisible();
    bridge.pushDevices({ check: { check: 'playing', until_ms: Date.now() + 4000 } });
    await expect.element(page.getByText('Đang phát lại lời bạn')).toBeVisible();
    expect(sent(bridge)).toEqual([['echoTest']]);
  });

  test('the headset plays a test sound; a refusal stands beside it', async () => {
    const bridge = await openSettings('devices');
    await expect.poll(() => heard(bridge)).toHaveLength(1);
    bridge.refuseNext = anError('check_no_speaker');
    await button('Nghe thử').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Chưa mở được loa để thử');
    await button('Nghe thử').click();
    expect(sent(bridge)).toEqual([
      ['testSound', 'speaker'],
      ['testSound', 'speaker'],
    ]);
  });
});

describe('ringing and windows', () => {
  test('the ringer: its device, its volume, one ring to try', async () => {
    const bridge = await openSettings('alerts');
    await pick('Chuông', 'Jabra Evolve2 65');
    (page.getByRole('slider', { name: 'Âm lượng chuông' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}');
    await button('Reo thử').click();
    const others = { microphone: null, speaker: 'out-1' };
    expect(sent(bridge)).toEqual([
      ['chooseDevices', { ...others, ringer: 'out-1', ring_volume: 80 }],
      ['chooseDevices', { ...others, ringer: 'out-1', ring_volume: 75 }],
      ['testSound', 'ringer'],
    ]);
  });

  test('each notification is its own switch', async () => {
    const bridge = await openSettings('alerts');
    await toggle('Cuộc gọi nhỡ').click();
    await toggle('Thông báo kín đáo').click();
    await toggle('Cửa sổ cuộc gọi').click();
    const notify = { incoming: true, missed: false, connection: true, discreet: true };
    expect(sent(bridge).at(-1)).toEqual([
      'setPreferences',
      preferences({ notify, call_window: false }),
    ]);
  });

  test('a switch that was refused stays as it was and says why', async () => {
    const bridge = await openSettings('alerts');
    bridge.refuseNext = anError('settings_not_saved');
    await toggle('Cửa sổ cuộc gọi').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Chưa lưu được cài đặt');
    await expect.element(toggle('Cửa sổ cuộc gọi')).toBeChecked();
  });
});

describe('the shortcuts', () => {
  const key = (name: string) => page.getByRole('button', { name });
  const keysIn = (bridge: FakeBridge) => {
    const [, given] = sent(bridge).at(-1) as [string, ReturnType<typeof preferences>];
    return Object.fromEntries(given.shortcuts.map(({ act, keys }) => [act, keys]));
  };

  test('work in every program only once agreed to', async () => {
    const bridge = await openSettings('shortcuts');
    await expect.element(page.getByText(/^Đang tắt: các phím chỉ có tác dụng/)).toBeVisible();
    await toggle('Dùng ở mọi chương trình').click();
    expect(sent(bridge)).toEqual([['setPreferences', preferences({ global_shortcuts: true })]]);
    await expect.element(page.getByText(/chương trình khác không nhận được/)).toBeVisible();
  });

  test('are recorded as they are pressed, and do nothing else meanwhile', async () => {
    const bridge = await openSettings('shortcuts', 'incoming');
    await key('Giữ máy, nói tiếp: Ctrl+Alt+H').click();
    await userEvent.keyboard('{Control>}{Alt>}{Enter}{/Alt}{/Control}');
    expect(sent(bridge)).toEqual([]);
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(key('Giữ máy, nói tiếp: Ctrl+K')).toBeVisible();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(keysIn(bridge)['hold']).toBe('Ctrl+K');
  });

  test('act in no program while one is recorded, and act again afterwards', async () => {
    const bridge = await openSettings('shortcuts');
    const recording = () =>
      bridge.sent.filter(([name]) => name === 'recordShortcut').map(([, on]) => on);
    await key('Tắt, bật tiếng').click();
    expect(recording()).toEqual([true]);
    await userEvent.keyboard('{Escape}');
    expect(recording()).toEqual([true, false]);
    await key('Tắt, bật tiếng').click();
    await heading('Phím tắt').click();
    expect(recording()).toEqual([true, false, true, false]);
  });

  test('Backspace takes one away, Esc leaves it', async () => {
    const bridge = await openSettings('shortcuts');
    await key('Tắt, bật tiếng').click();
    await userEvent.keyboard('{Escape}');
    expect(sent(bridge)).toEqual([]);
    await key('Tắt, bật tiếng').click();
    await userEvent.keyboard('{Backspace}');
    await expect.element(key('Tắt, bật tiếng: Không đặt')).toBeVisible();
    expect(keysIn(bridge)['mute']).toBeNull();
  });

  test('of another act are refused, and nothing changes', async () => {
    const bridge = await openSettings('shortcuts');
    await key('Giữ máy, nói tiếp').click();
    await userEvent.keyboard('{Control>}{Alt>}m{/Alt}{/Control}');
    await expect.element(page.getByText(/đã dùng cho “Tắt, bật tiếng”/)).toBeVisible();
    expect(sent(bridge)).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(key('Giữ máy, nói tiếp: Ctrl+Alt+H')).toBeVisible();
  });

  test('without Ctrl or Alt are taken with a warning', async () => {
    const bridge = await openSettings('shortcuts');
    await key('Chuyển cuộc gọi').click();
    await userEvent.keyboard('{F9}');
    await expect.element(page.getByText(/^Không có Ctrl hoặc Alt/)).toBeVisible();
    expect(keysIn(bridge)['transfer']).toBe('F9');
  });

  test('say what the system said to them, each in its row', async () => {
    await openSettings('shortcuts', 'shortcutConflict');
    await expect.element(page.getByRole('alert')).toHaveTextContent('thuộc chương trình khác');
    expect(document.querySelectorAll('.conflict')).toHaveLength(2);
  });

  test('go back to what they were at first', async () => {
    const bridge = await openSettings('shortcuts', 'shortcutConflict');
    await button('Đặt lại như ban đầu').click();
    await expect.element(key('Giữ máy, nói tiếp: Ctrl+Alt+H')).toBeVisible();
    expect(sent(bridge)).toHaveLength(1);
  });
});

describe('the display', () => {
  test('the language changes at once', async () => {
    await openSettings('display');
    await page.getByRole('radio', { name: 'English' }).click();
    await expect.element(heading('Display')).toBeVisible();
    expect(document.documentElement.lang).toBe('en');
  });

  test('the theme changes at once', async () => {
    await openSettings('display');
    await page.getByRole('radio', { name: 'Tối' }).click();
    await expect.poll(() => document.documentElement.dataset['theme']).toBe('dark');
    await page.getByRole('radio', { name: 'Theo máy' }).click();
    await expect.poll(() => document.documentElement.dataset['theme']).toBeUndefined();
  });
});

describe('start-up', () => {
  test('two switches, each with what it does', async () => {
    const bridge = await openSettings('startup');
    await toggle('Mở cùng máy').click();
    await toggle('Mở liên kết gọi điện').click();
    expect(sent(bridge).at(-1)).toEqual([
      'setPreferences',
      preferences({ start_with_system: true, phone_links: true }),
    ]);
  });

  test('what the system refused stands at its switch', async () => {
    await openSettings('startup', 'shortcutConflict');
    const [first, second] = page.getByRole('alert').all();
    await expect.element(first!).toHaveTextContent('Chưa đặt được việc mở cùng máy');
    await expect.element(second!).toHaveTextContent('Chưa nhận được liên kết gọi điện');
  });
});

describe('privacy', () => {
  test('says what is where, the password too', async () => {
    await openSettings('privacy', 'noKeyring');
    await expect.element(page.getByText('Không lưu; Alobar hỏi mỗi lần mở')).toBeVisible();
    await expect
      .element(page.getByText('Trên máy này; máy chủ của nhóm cũng giữ khi có'))
      .toBeVisible();
  });
});

describe('about', () => {
  test('names the version and every package with its licence', async () => {
    await openSettings('about');
    await expect.element(page.getByText('Alobar 0.1.0')).toBeVisible();
    const table = page.getByRole('grid');
    await expect.element(table).toBeVisible();
    await expect
      .element(page.getByRole('row', { name: /@fontsource\/be-vietnam-pro .* OFL-1\.1/ }))
      .toBeVisible();
    expect(Number(table.element().getAttribute('aria-rowcount'))).toBeGreaterThan(500);
  });

  test('opens the folder of the log, or says why not', async () => {
    const bridge = await openSettings('about');
    bridge.refuseNext = anError('log_folder');
    await button('Mở thư mục nhật ký').click();
    expect(sent(bridge)).toEqual([['openLogFolder']]);
    await expect.element(page.getByRole('alert')).toHaveTextContent('Chưa mở được thư mục');
  });
});

test('the keyboard alone gets through the settings', async () => {
  const bridge = await openSettings('account');
  const focused = () => document.activeElement?.textContent?.trim() ?? '';
  (button('Tài khoản').element() as HTMLElement).focus();
  await userEvent.keyboard('{Tab}{Enter}');
  await expect.element(heading('Thiết bị')).toBeVisible();
  await userEvent.keyboard('{Tab}{Tab}{Enter}');
  await expect.element(heading('Phím tắt')).toBeVisible();
  // Past the sections below, the switch for every program, to the first shortcut.
  for (let tab = 0; tab < 6; tab += 1) await userEvent.keyboard('{Tab}');
  expect(focused()).toBe('Ctrl+Alt+Enter');
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Bấm tổ hợp phím…')).toHaveFocus();
  await userEvent.keyboard('{Control>}{Alt>}9{/Alt}{/Control}');
  expect(focused()).toBe('Ctrl+Alt+9');
  await userEvent.keyboard('{Shift>}{Tab}{/Shift} ');
  await expect.element(toggle('Dùng ở mọi chương trình')).toBeChecked();
  expect(sent(bridge)).toHaveLength(2);
});
