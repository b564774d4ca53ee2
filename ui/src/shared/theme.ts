import type { Theme } from '../bridge/bridge';

/** Shows this window in a theme; `system` follows the machine's. */
export function useTheme(theme: Theme): void {
  const root = document.documentElement;
  // A picture asks for its theme in the address.
  const asked = new URLSearchParams(location.search).get('theme');
  const chosen = asked ?? theme;
  if (chosen === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = chosen;
}
