import { mount, type Component } from 'svelte';
import { openBridge, type Bridge } from './bridge/bridge';
import { useTheme } from './shared/theme';
import './styles/base.css';

type Window = Component<{ bridge: Bridge }>;

const windows: Record<string, () => Promise<{ default: Window }>> = {
  callbar: () => import('./views/callbar/Callbar.svelte'),
  ring: () => import('./views/ring/Ring.svelte'),
  popup: () => import('./views/popup/Popup.svelte'),
  workspace: () => import('./views/workspace/Workspace.svelte'),
  gallery: () => import('./views/gallery/Gallery.svelte'),
};

const query = new URLSearchParams(location.search);
useTheme('system');
const open = windows[query.get('w') ?? 'callbar'] ?? windows['callbar']!;
const [bridge, { default: window }] = await Promise.all([openBridge(), open()]);
mount(window, { target: document.getElementById('window')!, props: { bridge } });
requestAnimationFrame(() => requestAnimationFrame(() => void bridge.firstPaint()));
