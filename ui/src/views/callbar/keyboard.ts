/** The dial key a key press stands for, unless it belongs to a field or a shortcut. */
export function typedKey(event: KeyboardEvent): string | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
  if ((event.target as Element).closest('input, select, textarea')) return undefined;
  return /^[\d*#]$/.test(event.key) ? event.key : undefined;
}
