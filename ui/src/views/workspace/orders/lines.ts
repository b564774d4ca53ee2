/** The lines of an order as they are written: figures as text until they are kept. */
import { newId, type Schema } from '../../../bridge/hub';
import { minorDigits } from '../../../shared/format';

type Line = Schema<'OrderLine'>;
type Discount = Schema<'Discount'>;

export interface DraftDiscount {
  kind: 'NONE' | Schema<'DiscountKind'>;
  value: string;
}

export interface DraftLine {
  id: string;
  product_id: string | null;
  name: string;
  quantity: string;
  price: string;
  discount: DraftDiscount;
}

/** Quantities are thousandths, percentages hundredths. */
const quantityDigits = 3;
const percentDigits = 2;

/** `1,5` or `1.5` as whole thousandths; undefined: no such figure. Groups by spaces are read. */
function whole(text: string, digits: number): number | undefined {
  const plain = text.replace(/\s/g, '').replace(',', '.');
  if (!/^\d+(?:\.\d+)?$/.test(plain)) return undefined;
  const value = Math.round(Number(plain) * 10 ** digits);
  return Number.isSafeInteger(value) ? value : undefined;
}

const figure = (value: number, digits: number) => String(value / 10 ** digits).replace('.', ',');

export function moneyOf(text: string, currency: string): number | undefined {
  return whole(text, minorDigits(currency));
}

export function moneyText(minor: number, currency: string): string {
  return figure(minor, minorDigits(currency));
}

export function quantityText(thousandths: number): string {
  return figure(thousandths, quantityDigits);
}

export function draftDiscount(of: Discount | null | undefined, currency: string): DraftDiscount {
  if (!of) return { kind: 'NONE', value: '' };
  const digits = of.kind === 'PERCENT' ? percentDigits : minorDigits(currency);
  return { kind: of.kind, value: figure(of.value, digits) };
}

/** Null: no discount; undefined: it cannot be read. */
export function discountOf(draft: DraftDiscount, currency: string): Discount | null | undefined {
  if (draft.kind === 'NONE') return null;
  const digits = draft.kind === 'PERCENT' ? percentDigits : minorDigits(currency);
  const value = whole(draft.value, digits);
  return value === undefined ? undefined : { kind: draft.kind, value };
}

export function draftLine(line: Line, currency: string): DraftLine {
  return {
    id: line.id,
    product_id: line.product_id ?? null,
    name: line.name,
    quantity: figure(line.quantity, quantityDigits),
    price: moneyText(line.unit_price, currency),
    discount: draftDiscount(line.discount, currency),
  };
}

/** A new line: of a product, or with a name of its own. */
export function newLine(product: Schema<'Product'> | undefined, currency: string): DraftLine {
  return {
    id: newId(),
    product_id: product?.id ?? null,
    name: product?.name ?? '',
    quantity: '1',
    price: product ? moneyText(product.price, currency) : '',
    discount: { kind: 'NONE', value: '' },
  };
}

/** The fields of a line; or the first one that cannot be kept. */
export function fieldsOf(
  line: DraftLine,
  position: number,
  currency: string,
): Schema<'LineFields'> | 'name' | 'quantity' | 'price' | 'discount' {
  const name = line.name.trim();
  const quantity = whole(line.quantity, quantityDigits);
  const unit_price = moneyOf(line.price, currency);
  const discount = discountOf(line.discount, currency);
  if (!name) return 'name';
  if (!quantity) return 'quantity';
  if (unit_price === undefined) return 'price';
  if (discount === undefined) return 'discount';
  return { product_id: line.product_id, name, quantity, unit_price, discount, position };
}

/** What an update says of the lines: each that is new or another one now; `null`: removed. */
export function changesOf(
  before: readonly Line[],
  after: readonly (Schema<'LineFields'> & { id: string })[],
): Record<string, Schema<'LineFields'> | null> {
  const changes: Record<string, Schema<'LineFields'> | null> = {};
  for (const { id } of before) if (!after.some((line) => line.id === id)) changes[id] = null;
  for (const { id, ...fields } of after) {
    const old = before.find((line) => line.id === id);
    if (!old || !same(old, fields)) changes[id] = fields;
  }
  return changes;
}

function same(old: Schema<'LineFields'>, now: Schema<'LineFields'>): boolean {
  const key = (line: Schema<'LineFields'>) =>
    JSON.stringify([
      line.name,
      line.quantity,
      line.unit_price,
      line.product_id ?? null,
      line.discount?.kind ?? null,
      line.discount?.value ?? null,
    ]);
  return key(old) === key(now);
}
