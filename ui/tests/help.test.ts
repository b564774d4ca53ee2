import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { anError } from '../src/bridge/scenes';
import { en } from '../src/i18n/en';
import { useLanguage } from '../src/i18n/i18n.svelte';
import { vi } from '../src/i18n/vi';
import { topics } from '../src/views/workspace/help/topics';
import { openWorkspace } from './open';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const field = page.getByPlaceholder('Tìm sự cố hoặc mã (không cần dấu)');
const help = (topic: string | null = null) => ({ view: 'help', topic }) as const;

beforeAll(() => page.viewport(1368, 836));
afterAll(() => page.viewport(360, 620));

describe.each(['vi', 'en'] as const)('the help in %s', (language) => {
  test('has every sentence of the catalogue about a trouble, and nothing else', () => {
    useLanguage(language);
    const { failures, causes } = { vi, en }[language];
    const codes = [...Object.keys(failures), ...Object.keys(causes)];
    expect(topics().map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
    expect(topics()).toHaveLength(codes.length);
    const unknown = { vi, en }[language].unknown('', '').title;
    for (const { code, sentence } of topics()) expect(sentence.title, code).not.toBe(unknown);
    useLanguage('vi');
  });
});

describe('the help', () => {
  test('shows a group at a time, each sentence with its next step and its code', async () => {
    await openWorkspace('ready', help());
    await page.getByRole('button', { name: /^Tiếng và thiết bị/ }).click();
    const topic = page.getByRole('article', { name: 'Tai nghe vừa rời máy' });
    await expect.element(topic).toHaveTextContent('cắm lại hoặc chọn thiết bị khác');
    await expect.element(topic).toHaveTextContent('device_lost');
    await expect
      .element(page.getByRole('article', { name: 'Sai máy lẻ hoặc mật khẩu' }))
      .not.toBeInTheDocument();
  });

  test('opens at a code, with the focus there', async () => {
    await openWorkspace('ready', help('media_no_codec'));
    const topic = page.getByRole('article', { name: 'Hai máy không có kiểu tiếng chung' });
    await expect.element(topic).toHaveFocus();
    await expect.element(topic).toBeInViewport();
  });

  test('goes to the same code again after one has looked elsewhere', async () => {
    const bridge = await openWorkspace('ready', help('device_lost'));
    await page.getByRole('button', { name: /^Kết nối/ }).click();
    bridge.goTo(help('device_lost'));
    await expect.element(page.getByRole('article', { name: 'Tai nghe vừa rời máy' })).toHaveFocus();
  });

  test('opens for a code it does not know', async () => {
    await openWorkspace('ready', help('brand_new'));
    await expect.element(page.getByRole('heading', { level: 1, name: 'Trợ giúp' })).toBeVisible();
    await expect.element(page.getByRole('heading', { level: 2, name: 'Kết nối' })).toBeVisible();
  });

  test.each(['mat ket noi tong dai', 'link_lost', 'link lost', 'MẤT KẾT NỐI TỔNG'])(
    'finds a trouble by %s',
    async (query) => {
      await openWorkspace('ready', help());
      await field.fill(query);
      await expect
        .element(page.getByRole('article', { name: 'Mất kết nối tổng đài' }))
        .toBeVisible();
    },
  );

  test('says how many match, and when none does', async () => {
    await openWorkspace('ready', help());
    await field.fill('chung chi');
    await expect.element(page.getByText('4 mục khớp')).toBeInTheDocument();
    await field.fill('zzz');
    await expect.element(page.getByText('Chưa có mục nào khớp.')).toBeVisible();
    await button('Xem tất cả').click();
    await expect.element(field).toHaveValue('');
  });

  test('lists the shortcuts as they are set, and leads to where they are changed', async () => {
    await openWorkspace('shortcutConflict', help());
    await button('Phím tắt').click();
    const term = (name: string) => page.getByRole('term').filter({ hasText: name });
    await expect.element(term('Gọi số đang chọn')).toBeVisible();
    const list = document.querySelector('dl')!;
    expect(list.textContent).toMatch(/Tìm trong Alobar\s*Ctrl\+K/);
    expect(list.textContent).toMatch(/Chuyển cuộc gọi\s*F9/);
    expect(list.textContent).toMatch(/Gọi số đang chọn\s*Không đặt/);
    await button('Đổi phím tắt').click();
    await expect.element(page.getByRole('heading', { level: 1, name: 'Phím tắt' })).toBeVisible();
  });

  test('offers the log for what is not here, and says when it cannot be opened', async () => {
    const bridge = await openWorkspace('ready', help());
    bridge.refuseNext = anError('log_folder');
    await button('Mở thư mục nhật ký').click();
    expect(bridge.sent).toEqual([['openLogFolder']]);
    await expect.element(page.getByRole('alert')).toHaveTextContent('Chưa mở được thư mục');
  });
});
