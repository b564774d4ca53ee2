import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { anError } from '../src/bridge/scenes';
import { commands, openCallbar } from './open';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const display = page.getByRole('textbox', { name: 'Số cần gọi' });

async function openDialPad() {
  const bridge = await openCallbar('ready');
  await button('Bàn phím quay số').click();
  return bridge;
}

describe('dialling', () => {
  test('Enter calls the number typed (CB-08)', async () => {
    const bridge = await openDialPad();
    await userEvent.keyboard('0987654321{Enter}');
    expect(commands(bridge)).toEqual([['dial', '0987654321']]);
    await expect.element(page.getByText('Đang gọi đi')).toBeVisible();
  });

  test('the button calls the number clicked on the pad (CB-07, CB-08)', async () => {
    const bridge = await openDialPad();
    for (const key of ['*', '4', '5', '#']) await button(key).click();
    await expect.element(display).toHaveValue('*45#');
    await button('Xoá một chữ số').click();
    await button('Gọi').click();
    expect(commands(bridge)).toEqual([['dial', '*45']]);
  });

  test('a pasted number loses everything that cannot be dialled', async () => {
    await openDialPad();
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'ĐT: (024) 7300-0000');
    display
      .element()
      .dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    await expect.element(display).toHaveValue('024 7300 0000');
  });

  test('typing in the middle of a number keeps the caret in its place', async () => {
    await openDialPad();
    await userEvent.keyboard('0987654321{ArrowLeft}{ArrowLeft}{Backspace}{Backspace}55');
    await expect.element(display).toHaveValue('0987 655 521');
  });

  test('a digit typed into the small bar opens the dial pad with it', async () => {
    const bridge = await openCallbar('ready');
    await userEvent.keyboard('1');
    await expect.element(display).toHaveValue('1');
    await userEvent.keyboard('001{Enter}');
    expect(commands(bridge)).toEqual([['dial', '1001']]);
  });

  test('a number that cannot be called stays, with the reason beside it', async () => {
    const bridge = await openDialPad();
    bridge.refuseNext = anError('dial_bad_length');
    await userEvent.keyboard('098{Enter}');
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('Số này thiếu hoặc thừa chữ số');
    await expect.element(display).toHaveValue('098');
    await userEvent.keyboard('7');
    await expect.element(page.getByRole('alert')).toBeEmptyDOMElement();
  });
});

describe('registration', () => {
  test('a lost connection is told with the next try, and can be retried at once', async () => {
    const bridge = await openCallbar('lost');
    await expect.element(page.getByText('Đang nối lại, lần 3')).toBeVisible();
    await page.getByText('Đang nối lại, lần 3').click();
    await expect.element(page.getByRole('alert').last()).toHaveTextContent('Mất kết nối tổng đài');
    await button('Thử lại ngay').click();
    expect(commands(bridge)).toEqual([['retryRegistration']]);
  });

  test('a number typed while the connection is lost stays when it comes back', async () => {
    const bridge = await openCallbar('lost');
    await userEvent.keyboard('1001');
    bridge.push({ registration: { state: 'registered', since_ms: Date.now() } });
    await expect.element(button('Gọi')).toBeEnabled();
    await expect.element(display).toHaveValue('1001');
  });

  test('an older view never replaces a newer one', async () => {
    const bridge = await openCallbar('ready');
    const { account } = await bridge.phoneView();
    bridge.push({ account: null, registration: { state: 'offline' } });
    bridge.push({ account, revision: 0 });
    await expect
      .element(page.getByRole('heading', { name: 'Kết nối trực tiếp tổng đài' }))
      .toBeVisible();
  });

  test('a notice can be put away', async () => {
    const bridge = await openCallbar('notice');
    await button('Bàn phím quay số').click();
    await expect.element(page.getByText('Tai nghe vừa rời máy')).toBeVisible();
    await button('Đóng').click();
    expect(commands(bridge)).toEqual([['dismissNotice']]);
    await expect.element(page.getByText('Tai nghe vừa rời máy')).not.toBeInTheDocument();
  });
});
