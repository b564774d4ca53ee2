import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { aCall, anError, sceneNames } from '../src/bridge/scenes';
import { commands, openCallbar, openSettings } from './open';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const label = page.getByText('LUYỆN TẬP', { exact: true });
const grow = () => page.getByTitle('Mở rộng thanh gọi').click();

async function openPracticePanel(name = 'practiceIdle') {
  const bridge = await openCallbar(name);
  await grow();
  return bridge;
}

describe('practice', () => {
  test('begins with one press beside the sign-in form, without a question', async () => {
    const bridge = await openCallbar('signedOut');
    await button('Luyện tập').click();
    expect(commands(bridge)).toEqual([['startPractice']]);
    await expect.element(label).toBeVisible();
    await expect.element(button('Khách sắp gọi…')).toBeDisabled();
  });

  test('begins by the keyboard too', async () => {
    const bridge = await openCallbar('signedOut');
    (button('Luyện tập').element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    expect(commands(bridge)).toEqual([['startPractice']]);
  });

  test('that does not start says why, and what was typed stays', async () => {
    const bridge = await openCallbar('signedOut');
    await page.getByLabelText('Mật khẩu').fill('bí mật');
    bridge.refuseNext = anError('practice_not_started');
    await button('Luyện tập').click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Chưa mở được phần luyện tập');
    await expect.element(page.getByLabelText('Mật khẩu')).toHaveValue('bí mật');
    await expect.element(button('Luyện tập')).toBeEnabled();
  });

  test('gives the form back with the server and user that were typed, without password', async () => {
    const bridge = await openCallbar('signedOut');
    await page.getByLabelText('Máy chủ').fill('pbx.example');
    await page.getByLabelText('Máy lẻ hoặc tên đăng nhập').fill('2002');
    await page.getByLabelText('Mật khẩu').fill('bí mật');
    await button('Luyện tập').click();
    await button('Rời luyện tập').click();
    await expect.element(page.getByLabelText('Máy chủ')).toHaveValue('pbx.example');
    await expect.element(page.getByLabelText('Máy lẻ hoặc tên đăng nhập')).toHaveValue('2002');
    await expect.element(page.getByLabelText('Mật khẩu')).toHaveValue('');
    await expect.element(label).not.toBeInTheDocument();
    expect(commands(bridge)).toEqual([['startPractice'], ['leavePractice']]);
  });

  const scenes = sceneNames.filter((name) => name.startsWith('practice'));
  test.each(scenes)('is named in the bar and in the grown window: %s', async (name) => {
    await openCallbar(name);
    for (const size of ['now', 'other']) {
      if (size === 'other') await page.getByRole('button').first().click();
      await expect.element(label).toBeVisible();
      const { bottom } = label.element().getBoundingClientRect();
      expect(bottom).toBeLessThanOrEqual(56);
    }
  });

  test('is never named when customers are real', async () => {
    await openCallbar('inCall');
    await expect.element(label).not.toBeInTheDocument();
  });

  test('sends one more customer, and says how the last one ended', async () => {
    const bridge = await openPracticePanel('practiceWaited');
    await expect.element(page.getByText('Khách đã gác máy vì chờ lâu.')).toBeVisible();
    await button('Khách gọi đến').click();
    expect(commands(bridge)).toEqual([['nextCustomer']]);
    await expect.element(button('Khách sắp gọi…')).toBeDisabled();
    bridge.push({ calls: [aCall({ phase: 'alerting', direction: 'incoming' })] });
    await expect.element(button('Trả lời')).toBeVisible();
  });

  test.each([
    ['600', 'nghe lại giọng mình'],
    ['611', 'ghi rồi phát lại'],
    ['612', 'đọc ngày giờ'],
  ])('dials %s with one press', async (number, does) => {
    const bridge = await openPracticePanel();
    await button(`${number} ${does}`).click();
    expect(commands(bridge)).toEqual([['dial', number]]);
  });

  test('takes any other number from the keyboard or the keys', async () => {
    const bridge = await openPracticePanel();
    await userEvent.keyboard('60');
    await button('Bàn phím').click();
    await button('3').click();
    await button('Gọi').click();
    expect(commands(bridge)).toEqual([['dial', '603']]);
  });

  test('after a customer offers the next one instead of a call back', async () => {
    const bridge = await openPracticePanel('practiceEnded');
    await expect.element(button('Gọi lại')).not.toBeInTheDocument();
    await expect.element(page.getByRole('alert')).toHaveTextContent('Khách đã cảm ơn');
    await button('Khách gọi đến').click();
    expect(commands(bridge)).toEqual([['nextCustomer']]);
    await expect.element(button('Rời luyện tập')).toBeVisible();
  });
});

describe('the settings in practice', () => {
  test('show practice in place of the account: no signing out, but leaving', async () => {
    const bridge = await openSettings('account', 'practiceIdle');
    await expect.element(label).toBeVisible();
    await expect.element(button('Đăng xuất')).not.toBeInTheDocument();
    await button('Rời luyện tập').click();
    expect(bridge.sent).toEqual([['leavePractice']]);
    await expect.element(label).not.toBeInTheDocument();
  });
});
