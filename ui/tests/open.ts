import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, expect } from 'vitest';
import type { Bridge, Language } from '../src/bridge/bridge';
import { FakeBridge, scene } from '../src/bridge/fake';
import '../src/styles/base.css';
import Callbar from '../src/views/callbar/Callbar.svelte';
import Settings from '../src/views/settings/Settings.svelte';

let close: (() => Promise<void>) | undefined;

afterEach(async () => {
  await close?.();
  close = undefined;
});

export const openCallbar = (name = 'ready', language: Language = 'vi') =>
  open(Callbar, name, language, 'header');

export const openSettings = (language: Language = 'vi', name = 'ready') =>
  open(Settings, name, language, 'h1');

/** Opens one window on a pretended phone in the named scene. */
async function open(
  Window: Component<{ bridge: Bridge }>,
  name: string,
  language: Language,
  /** What stands there once the first views have come. */
  shown: string,
): Promise<FakeBridge> {
  await close?.();
  document.body.innerHTML = '<main id="window"></main>';
  const start = scene(name);
  const bridge = new FakeBridge({ ...start, settings: { ...start.settings, language } });
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
