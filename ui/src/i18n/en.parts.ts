import type { Catalogue } from './i18n.svelte';
import { parts as vi } from './vi.parts';

export const parts = {
  minimize: 'Minimise',
  maximize: 'Maximise',
  close: 'Close',
  level: 'Microphone level',
  heard: 'You can be heard',
  quiet: 'Say something',
  keys: { ...vi.keys, Space: 'Space' },
} satisfies Catalogue['parts'];
