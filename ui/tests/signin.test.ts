import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { anError } from '../src/bridge/scenes';
import { commands, openCallbar } from './open';

const server = page.getByLabelText('Máy chủ');
const user = page.getByLabelText('Máy lẻ hoặc tên đăng nhập');
const password = page.getByLabelText('Mật khẩu');
const connect = page.getByRole('button', { name: 'Kết nối', exact: true });

describe('signing in', () => {
  test('and dialling work with the keyboard alone', async () => {
    const bridge = await openCallbar('signedOut');
    await server.fill('');
    await userEvent.keyboard('wss://pbx.example:8089/ws{Tab}');
    await user.fill('');
    await userEvent.keyboard('1001{Tab}bí mật{Enter}');
    await expect.element(page.getByRole('textbox', { name: 'Số cần gọi' })).toHaveFocus();
    await userEvent.keyboard('600{Enter}');
    expect(commands(bridge)).toEqual([
      ['signIn', { server: 'wss://pbx.example:8089/ws', user: '1001', password: 'bí mật' }],
      ['dial', '600'],
    ]);
  });

  test('every control of the form is reached by Tab, in reading order', async () => {
    await openCallbar('signedOut');
    (document.activeElement as HTMLElement).blur();
    const reached: string[] = [];
    for (let presses = 0; presses < 13; presses++) {
      await userEvent.tab();
      const at = document.activeElement as HTMLElement;
      reached.push(at.textContent.trim() || at.ariaLabel || (at as HTMLInputElement).type);
    }
    expect(reached.slice(3, 13)).toEqual([
      'text',
      'text',
      'password',
      'Kết nối',
      'Luyện tập',
      'English',
      'Cài đặt',
      'Thu nhỏ xuống thanh tác vụ',
      'Ẩn xuống khay hệ thống; cuộc gọi vẫn đến',
      'Thoát Alobar',
    ]);
  });

  test('empty fields are named beside them and nothing is sent', async () => {
    const bridge = await openCallbar('signedOut');
    await server.fill('');
    await connect.click();
    await expect.element(server).toHaveAccessibleDescription(/wss:\/\//);
    await expect.element(password).toHaveAccessibleDescription(/mật khẩu/);
    await expect.element(server).toHaveFocus();
    expect(commands(bridge)).toEqual([]);
  });

  test('a server address that cannot be used is explained beside its field', async () => {
    const bridge = await openCallbar('signedOut');
    bridge.refuseNext = anError('plain_transport_not_allowed');
    await password.fill('x');
    await connect.click();
    await expect.element(server).toHaveAccessibleDescription(/không được mã hoá/);
  });

  test('a refusal is told in words and what was typed stays', async () => {
    const bridge = await openCallbar('signedOut');
    bridge.refuseNext = anError('wrong_password');
    await password.fill('sai');
    await connect.click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Sai máy lẻ hoặc mật khẩu');
    await expect.element(password).toHaveValue('sai');
    await expect.element(connect).toBeEnabled();
  });

  test('a password that the exchange no longer takes brings the form back', async () => {
    await openCallbar('wrongPassword');
    await expect.element(page.getByRole('alert')).toHaveTextContent('Sai máy lẻ hoặc mật khẩu');
    await expect.element(user).toHaveValue('1001');
  });
});
