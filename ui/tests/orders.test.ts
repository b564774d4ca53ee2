import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { FakeBridge } from '../src/bridge/fake';
import {
  changesOf,
  discountOf,
  draftLine,
  fieldsOf,
  moneyOf,
  newLine,
} from '../src/views/workspace/orders/lines';
import { openWorkspace } from './open';

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const row = (name: string | RegExp) => page.getByRole('row', { name });
const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const panel = page.getByRole('tabpanel');
const bar = page.getByRole('group', { name: 'Trạng thái', exact: true });
const open = { view: 'orders', id: 'order-312' } as const;

const written = (bridge: FakeBridge) =>
  bridge.sent.filter(([name]) => name === 'writeDown').map((command) => command[2]);

beforeAll(() => page.viewport(1368, 836));
afterAll(() => page.viewport(360, 620));

describe('figures', () => {
  test.each([
    ['185000', 'VND', 185_000],
    ['185 000', 'VND', 185_000],
    ['12,5', 'USD', 1_250],
    ['12.5', 'USD', 1_250],
  ])('%s %s are so many minor units', (text, currency, minor) => {
    expect(moneyOf(text, currency)).toBe(minor);
  });

  test.each(['', '-1', '1,2,3', 'trăm', '1e9', '99999999999999999'])('“%s” is none', (text) => {
    expect(moneyOf(text, 'VND')).toBeUndefined();
  });

  test('a discount is counted in money or in hundredths of a percent', () => {
    expect(discountOf({ kind: 'PERCENT', value: '12,5' }, 'VND')).toEqual({
      kind: 'PERCENT',
      value: 1_250,
    });
    expect(discountOf({ kind: 'NONE', value: 'x' }, 'VND')).toBeNull();
    expect(discountOf({ kind: 'AMOUNT', value: 'x' }, 'VND')).toBeUndefined();
  });

  test('a line names the first of its fields that cannot be kept', () => {
    const line = newLine(undefined, 'VND');
    expect(fieldsOf(line, 0, 'VND')).toBe('name');
    expect(fieldsOf({ ...line, name: 'Trà', quantity: '0' }, 0, 'VND')).toBe('quantity');
    expect(fieldsOf({ ...line, name: 'Trà' }, 0, 'VND')).toBe('price');
    expect(fieldsOf({ ...line, name: 'Trà', price: '5', quantity: '1,5' }, 2, 'VND')).toEqual({
      ...{ name: 'Trà', quantity: 1_500, unit_price: 5, position: 2 },
      ...{ product_id: null, discount: null },
    });
  });

  test('OR-22: only what is new, changed or removed is sent', () => {
    const line = (id: string, quantity: number) => ({
      ...{ id, name: id, quantity, unit_price: 5, position: 0 },
    });
    const before = [line('a', 1000), line('b', 1000), line('c', 1000)];
    const fields = (each: (typeof before)[number]) =>
      fieldsOf(draftLine(each, 'VND'), 0, 'VND') as Exclude<ReturnType<typeof fieldsOf>, string>;
    const after = [before[0]!, line('b', 2000), line('d', 1000)].map((each) => ({
      id: each.id,
      ...fields(each),
    }));
    const changes = changesOf(before, after);
    expect(Object.keys(changes).sort()).toEqual(['b', 'c', 'd']);
    expect(changes['c']).toBeNull();
    expect(changes['b']).toMatchObject({ quantity: 2000 });
  });
});

describe('the list of orders', () => {
  test('shows number, stage, total and customer', async () => {
    await openWorkspace('records');
    await button('Đơn hàng').click();
    await expect
      .element(row(/DH-312.*Đang xử lý.*400\.000.*Lõi lọc số 3.*Nguyễn Thị Hồng/))
      .toBeVisible();
  });
});

describe('an order', () => {
  test('OR-14: a click on a stage sets it', async () => {
    const bridge = await openWorkspace('records', open);
    await bar.getByRole('button', { name: 'Hoàn thành' }).click();
    await expect.element(row(/DH-312.*Hoàn thành/)).toBeVisible();
    expect(written(bridge)).toEqual([
      {
        ...{ do: 'update_order.1', id: 'order-312', base_rev: 1 },
        fields: { stage_id: 'stage-done' },
      },
    ]);
  });

  test('OR-22: a quantity and a discount are changed; the totals come from the hub', async () => {
    const bridge = await openWorkspace('records', open);
    await expect.element(panel).toHaveTextContent(/Lõi lọc số 3 ?2 ?185\.000.*370\.000/);
    await button('Sửa sản phẩm').click();
    await field('Số lượng').fill('ba');
    await button('Lưu').click();
    await expect.element(page.getByText('Chưa lưu: còn số chưa đọc được.')).toBeVisible();
    await field('Số lượng').fill('3');
    await page.getByRole('combobox', { name: 'Giảm giá' }).first().click();
    await page.getByRole('option', { name: '%' }).click();
    await field('%').fill('10');
    await button('Lưu').click();
    await expect.element(panel).toHaveTextContent(/3 ?185\.000.₫ ?−10% ?499\.500/);
    await expect.element(panel).toHaveTextContent(/Tổng tiền ?529\.500/);
    expect(written(bridge)).toHaveLength(1);
    expect(written(bridge)[0]).toMatchObject({
      fields: {
        lines: {
          'line-1': { quantity: 3000, discount: { kind: 'PERCENT', value: 1000 } },
        },
      },
    });
  });

  test('OR-22: a line is added from the products, and one is removed', async () => {
    const bridge = await openWorkspace('records', open);
    await button('Sửa sản phẩm').click();
    await button('Bỏ Lõi lọc số 3').click();
    await expect.element(page.getByText('Đơn này chưa có sản phẩm.')).toBeVisible();
    await button('Thêm sản phẩm').click();
    await page.getByRole('menuitem', { name: /Máy lọc nước nóng lạnh/ }).click();
    await expect.element(field('Đơn giá')).toHaveValue('7490000');
    await button('Lưu').click();
    await expect.element(panel).toHaveTextContent(/Tổng tiền ?7\.520\.000/);
    const { lines } = (written(bridge)[0] as { fields: { lines: object } }).fields;
    expect(Object.values(lines)).toEqual([
      null,
      expect.objectContaining({ product_id: 'product-purifier', unit_price: 7_490_000 }),
    ]);
  });

  test('OR-15: delivery is edited in place', async () => {
    const bridge = await openWorkspace('records', open);
    await page.getByRole('tab', { name: 'Chi tiết' }).click();
    await button('Sửa: Người nhận').click();
    await field('Người nhận').fill('Anh Minh');
    await button('Lưu').click();
    await expect.element(panel).toHaveTextContent('Người nhận Anh Minh');
    expect(written(bridge)[0]).toMatchObject({ fields: { receiver_name: 'Anh Minh' } });
  });
});

describe('a new order', () => {
  test('OR-03: is not saved without what is mandatory, and says what', async () => {
    const bridge = await openWorkspace('records', { view: 'orders', create: {} });
    await button('Lưu').click();
    await expect.element(page.getByText('Chưa lưu: còn thiếu Tiêu đề, Khách hàng.')).toBeVisible();
    expect(written(bridge)).toEqual([]);
  });

  test('OR-02, OR-06: comes with the customer and the delivery, and takes products', async () => {
    const bridge = await openWorkspace('records', {
      view: 'orders',
      create: { contact_id: 'contact-hong', call_key: 'hub-call-1' },
    });
    await expect.element(field('Địa chỉ nhận hàng')).toHaveValue('25 Lê Lợi, Hải Châu, Đà Nẵng');
    await expect.element(field('Số người nhận')).toHaveValue('0987 654 321');
    await field('Tiêu đề').fill('Lõi lọc');
    await button('Thêm sản phẩm').click();
    await page.getByRole('menuitem', { name: /Lõi lọc số 3/ }).click();
    await field('Phí giao hàng').fill('30 000');
    await button('Lưu').click();
    await expect.element(panel).toHaveTextContent(/Tổng tiền ?215\.000/);
    expect(written(bridge)[0]).toMatchObject({
      do: 'create_order.1',
      title: 'Lõi lọc',
      contact_id: 'contact-hong',
      call_key: 'hub-call-1',
      owner_id: 'person-ha',
      shipping: 30_000,
      receiver_name: 'Nguyễn Thị Hồng',
      lines: [expect.objectContaining({ name: 'Lõi lọc số 3', quantity: 1000 })],
    });
  });
});
