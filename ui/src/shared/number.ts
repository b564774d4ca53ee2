/** What may stand in a number field: digits, `*`, `#`, and `+` in front. */
const longest = 64;

/**
 * A pasted or typed text as a dialled string: `tel:` and `sip:` prefixes, a `@host`, spaces,
 * dots, dashes and brackets go; letters stay out. `(024) 7300-0000` → `02473000000`.
 */
export function cleanNumber(text: string): string {
  const user = text
    .trim()
    .replace(/^(?:tel|callto|sips?):/i, '')
    .replace(/[@;?].*$/s, '');
  const kept = user.normalize('NFKC').replace(/[^\d*#+]/g, '');
  return (kept.slice(0, 1) + kept.slice(1).replaceAll('+', '')).slice(0, longest);
}

/** The Vietnamese way to read a number while it is typed: `0987 654 321`, `024 7300 0000`. */
export function groupNumber(number: string): string {
  const groups = groupsOf(number);
  if (!groups) return number;
  const parts: string[] = [];
  let rest = number;
  for (const size of groups) {
    if (rest === '') break;
    parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return rest === '' ? parts.join(' ') : number;
}

/** A stored number as it is read here: `+84987654321` → `0987 654 321`. */
export function nationalNumber(stored: string): string {
  return groupNumber(stored.replace(/^\+84(?=\d)/, '0'));
}

function groupsOf(number: string): readonly number[] | undefined {
  if (/^\+84\d*$/.test(number)) return [3, 3, 3, 3];
  if (/^1[89]00\d*$/.test(number)) return [4, 4];
  if (/^02[48]\d*$/.test(number)) return [3, 4, 4];
  if (/^0\d*$/.test(number)) return [4, 3, 3, 1];
  return undefined;
}
