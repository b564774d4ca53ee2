import type { Bridge, SettingsView, Stop } from '../bridge/bridge';
import { useLanguage } from '../i18n/i18n.svelte';

const nothing: SettingsView = { language: 'vi', server: '', user: '', keyring: true, version: '' };

/** What is set on this machine. The language of the window follows it. */
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

  #take(view: SettingsView): void {
    this.view = view;
    this.known = true;
    useLanguage(view.language);
  }
}
