import type { Bridge, Outcome, Preferences, SettingsView, Stop } from '../bridge/bridge';
import { useLanguage } from '../i18n/i18n.svelte';
import { useTheme } from '../shared/theme';

const nothing: SettingsView = {
  language: 'vi',
  server: '',
  user: '',
  keyring: true,
  version: '',
  platform: 'linux',
  preferences: {
    theme: 'system',
    notify: { incoming: true, missed: true, connection: true, discreet: false },
    call_window: true,
    global_shortcuts: false,
    shortcuts: [],
    start_with_system: false,
    phone_links: false,
  },
  troubles: [],
};

/** What is set on this machine. The window's language and theme follow it. */
export class Settings {
  view = $state.raw<SettingsView>(nothing);
  /** False until the first view has come. */
  known = $state(false);

  constructor(readonly bridge: Bridge) {}

  async start(): Promise<Stop> {
    const stop = await this.bridge.onSettings((view) => this.#take(view));
    this.#take(await this.bridge.settingsView());
    return stop;
  }

  /** Changes some preferences, leaving the others as they are. */
  prefer(part: Partial<Preferences>): Promise<Outcome> {
    return this.bridge.setPreferences({ ...this.view.preferences, ...part });
  }

  #take(view: SettingsView): void {
    this.view = view;
    this.known = true;
    useLanguage(view.language);
    useTheme(view.preferences.theme);
  }
}
