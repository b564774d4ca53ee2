/** Figures as the chosen language writes them. Instants are in milliseconds. */
import { t } from '../i18n/i18n.svelte';

const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Making a formatter costs far more than using it. */
function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat>(
  name: string,
  make: (locale: string) => T,
): T {
  const { locale } = t();
  const key = `${locale} ${name}`;
  let format = made.get(key) as T | undefined;
  if (!format) made.set(key, (format = make(locale)));
  return format;
}

/** `12.480`, `0,5` in Vietnamese; with at most so many decimals. */
export function number(value: number, decimals = 0): string {
  const make = (locale: string) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: decimals });
  return kept(`number ${decimals}`, make).format(value);
}

/** A part of one as `74%`. */
export function percent(part: number, decimals = 0): string {
  const style = { style: 'percent', maximumFractionDigits: decimals } as const;
  return kept(`percent ${decimals}`, (locale) => new Intl.NumberFormat(locale, style)).format(part);
}

/** The time of day, `09:05`. */
export function timeOfDay(ms: number): string {
  const style = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return kept('time', (locale) => new Intl.DateTimeFormat(locale, style)).format(ms);
}

/** The time of day to the second, `09:05:07`. */
export function timeToSecond(ms: number): string {
  const style = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  } as const;
  return kept('second', (locale) => new Intl.DateTimeFormat(locale, style)).format(ms);
}

/** The day, `20/11`; with its year where that is not the present one. */
export function day(ms: number, now: number): string {
  const same = new Date(ms).getFullYear() === new Date(now).getFullYear();
  const style: Intl.DateTimeFormatOptions = { day: '2-digit', month: '2-digit' };
  if (!same) style.year = 'numeric';
  const name = same ? 'day' : 'day and year';
  const parts = kept(name, (locale) => new Intl.DateTimeFormat(locale, style)).formatToParts(ms);
  // Vietnamese would write `20-11` without a year and `20/11/2025` with it.
  return parts.map(({ type, value }) => (type === 'literal' ? '/' : value)).join('');
}

/** A duration in a table or a sentence: `4:12`, from one hour on `1:04:12`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Money in minor units of its currency: `1.250.000 ₫`. */
export function money(minor: number, currency: string): string {
  const format = kept(
    `money ${currency}`,
    (locale) => new Intl.NumberFormat(locale, { style: 'currency', currency }),
  ) as Intl.NumberFormat;
  return format.format(minor / 10 ** minorDigits(currency));
}

/** How many decimals a currency has: none for đồng. */
export function minorDigits(currency: string): number {
  const style = { style: 'currency', currency } as const;
  return new Intl.NumberFormat('en', style).resolvedOptions().maximumFractionDigits ?? 0;
}
