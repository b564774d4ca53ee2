/** Longer texts come from outside only; nobody types more than this to find one. */
const longest = 256;

/** A text without its marks and capitals: `Hồ Đức Ẩn` → `ho duc an`. */
export function fold(text: string): string {
  return text
    .slice(0, longest)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd');
}

/** Whether every word of the query stands somewhere in the text, marks apart. */
export function matches(text: string, query: string): boolean {
  const folded = fold(text);
  return fold(query)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

/** Whether a number contains the digits of the query, however either is grouped. */
export function matchesNumber(number: string, query: string): boolean {
  const digits = query.replace(/[\s.()-]/g, '');
  return /^[+*#\d]+$/.test(digits) && number.replace(/\s/g, '').includes(digits);
}
