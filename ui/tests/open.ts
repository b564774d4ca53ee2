import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, expect } from 'vitest';
import type { Bridge, Language, Place, SettingsSection } from '../src/bridge/bridge';
import { FakeBridge, scene } from '../src/bridge/fake';
import '../src/styles/base.css';
import Callbar from '../src/views/callbar/Callbar.svelte';
import Popup from '../src/views/popup/Popup.svelte';
import Ring from '../src/views/ring/Ring.svelte';
import Workspace from '../src/views/workspace/Workspace.svelte';

let close: (() => Promise<void>) | undefined;

afterEach(async () => {
  await close?.();
  close = undefined;
});

export const openCallbar = (name = 'ready', language: Language = 'vi') =>
  open(Callbar, name, language, 'header');

export const openRing = (name = 'incoming', language: Language = 'vi') =>
  open(Ring, name, language, '.comes');

export const openPopup = (name = 'inCall', language: Language = 'vi') =>
  open(Popup, name, language, '#window > h1 + *');

export const openWorkspace = (
  name = 'ready',
  place: Place = { view: 'calls' },
  language: Language = 'vi',
) => open(Workspace, name, language, 'h1', place);

export const openSettings = (section: SettingsSection, name = 'ready', language: Language = 'vi') =>
  openWorkspace(name, { view: 'settings', section }, language);

/** Opens one window on a pretended phone in the named scene. */
async function open(
  Window: Component<{ bridge: Bridge }>,
  name: string,
  language: Language,
  /** What stands there once the first views have come. */
  shown: string,
  place: Place = { view: 'calls' },
): Promise<FakeBridge> {
  await close?.();
  document.body.innerHTML = '<main id="window"></main>';
  const start = scene(name);
  const bridge = new FakeBridge({
    ...start,
    settings: { ...start.settings, language },
    desk: { ...start.desk, place },
  });
  const target = document.getElementById('window')!;
  const window = mount(Window, { target, props: { bridge } });
  flushSync();
  close = () => unmount(window);
  await expect.poll(() => document.querySelector(shown)).not.toBeNull();
  return bridge;
}

/** The commands sent so far, without those about the window itself. */
export function commands(bridge: FakeBridge): unknown[][] {
  return bridge.sent.filter(([name]) => name !== 'setExpanded');
}
