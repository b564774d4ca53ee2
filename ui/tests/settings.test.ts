import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { openSettings } from './open';

describe('settings', () => {
  test('offer the default of the system first, by name', async () => {
    await openSettings();
    const options = page.getByLabelText('Micro', { exact: true }).element() as HTMLSelectElement;
    expect(options.options[0]!.text).toBe('Mặc định của máy (Jabra Evolve2 65)');
    expect(options.value).toBe('');
  });

  test('choosing one device leaves the others as they are', async () => {
    const bridge = await openSettings();
    await page.getByLabelText('Micro', { exact: true }).selectOptions('Micro máy tính');
    expect(bridge.sent).toEqual([
      ['chooseDevices', { microphone: 'in-2', speaker: 'out-1', ringer: 'out-2', ring_volume: 80 }],
    ]);
  });

  test('a chosen device that is unplugged is still shown', async () => {
    const bridge = await openSettings();
    bridge.pushDevices({
      chosen: { microphone: 'in-9', speaker: null, ringer: null, ring_volume: 80 },
    });
    await expect.element(page.getByLabelText('Micro', { exact: true })).toHaveValue('in-9');
  });

  test('show how loud the microphone is', async () => {
    await openSettings();
    await expect.element(page.getByRole('meter')).toHaveAttribute('aria-valuenow', '42');
  });

  test('the language changes at once', async () => {
    await openSettings();
    await page.getByRole('radio', { name: 'English' }).click();
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('Settings');
    expect(document.documentElement.lang).toBe('en');
  });

  test('practice is one press away for somebody who is signed in', async () => {
    const bridge = await openSettings();
    await page.getByRole('button', { name: 'Luyện tập' }).click();
    expect(bridge.sent).toEqual([['startPractice']]);
    await expect.element(page.getByRole('button', { name: 'Rời luyện tập' })).toBeVisible();
  });

  test('sign out', async () => {
    const bridge = await openSettings();
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    expect(bridge.sent).toEqual([['signOut']]);
    await expect.element(page.getByText('Chưa đăng nhập')).toBeVisible();
  });
});
