import type { Act, CallbarPanel, Outcome, Stop } from '../bridge/bridge';
import { cleanNumber } from '../shared/number';
import type { Phone } from './phone.svelte';
import type { Settings } from './settings.svelte';
import { onHold } from './state';

const modifiers = ['Ctrl', 'Alt', 'Shift', 'Super'] as const;

/** A key pressed by itself within this time of a ring was meant for something else. */
export const deafMs = 600;
/** The same act again within this time is a double press. */
const throttleMs = 1000;
/** Ending a call needs the keys held. */
const holdMs = 400;

/**
 * The combination pressed, as preferences have it: `Ctrl+Alt+M`. The key is named after its
 * place, so that neither the layout nor a Vietnamese input method changes it. Undefined while
 * something is composed, for a modifier alone, and for characters typed with AltGr, which some
 * systems report as Ctrl+Alt.
 */
export function keysOf(event: KeyboardEvent): string | undefined {
  if (event.isComposing || event.key === 'Process') return undefined;
  if (event.getModifierState('AltGraph')) return undefined;
  if (event.code === '' || /^(?:Control|Alt|Shift|Meta|OS)/.test(event.code)) return undefined;
  const down = [event.ctrlKey, event.altKey, event.shiftKey, event.metaKey];
  const held = modifiers.filter((_, at) => down[at]);
  return [...held, event.code.replace(/^(?:Key|Digit)(?=.$)/, '')].join('+');
}

/** The keys in the order that `keysOf` has them; undefined for what is no combination. */
export function normalKeys(keys: string): string | undefined {
  const parts = keys.split('+');
  const key = parts.pop();
  const held = modifiers.filter((name) => parts.includes(name));
  if (!key || held.length !== parts.length) return undefined;
  return [...held, key].join('+');
}

/** What the pressed keys do, if anything. */
function actOf(event: KeyboardEvent, settings: Settings): Act | undefined {
  const pressed = keysOf(event);
  if (pressed === undefined) return undefined;
  const { shortcuts } = settings.view.preferences;
  return shortcuts.find(({ keys }) => keys !== null && normalKeys(keys) === pressed)?.act;
}

/** The error on screen that F1 explains. */
function topicOf({ refused, main, view }: Phone): string | null {
  const failed = view.registration.state === 'failed' ? view.registration.error : undefined;
  return refused?.code ?? main?.cause?.code ?? failed?.code ?? view.notice?.code ?? null;
}

/** Opens a panel of the callbar: the callbar itself, other windows ask for it. */
type OpenPanel = (panel: CallbarPanel) => Promise<void> | void;

/** What the act sends to the phone as it is now; nothing when it means nothing now. */
function perform(act: Act, phone: Phone, open: OpenPanel): Promise<Outcome> | undefined {
  const { bridge, alerting, main } = phone;
  const talking = main?.phase === 'established' ? main : undefined;
  const panel = async (asked: CallbarPanel) => {
    await open(asked);
    return null;
  };
  switch (act) {
    case 'answer':
      if (!alerting || performance.now() - phone.rangAt < deafMs) return undefined;
      return bridge.answer(alerting.id);
    case 'hang_up':
      if (alerting) return bridge.decline(alerting.id);
      return main && main.phase !== 'terminated' ? bridge.hangUp(main.id) : undefined;
    case 'mute':
      return talking && bridge.setMute(!phone.view.muted);
    case 'hold':
      if (!talking) return undefined;
      return onHold(talking) ? bridge.resume(talking.id) : bridge.hold(talking.id);
    case 'transfer':
      return talking && panel({ panel: 'transfer' });
    case 'dial_selection': {
      const number = cleanNumber(getSelection()?.toString() ?? '') || null;
      return panel({ panel: 'dial', number });
    }
  }
}

/** The shortcuts inside one of our windows: the same acts and rules as the global ones. */
export function attachShortcuts(
  window: Window,
  phone: Phone,
  settings: Settings,
  open: OpenPanel = phone.bridge.showCallbar,
): Stop {
  const last = new Map<Act, number>();
  let held: ReturnType<typeof setTimeout> | undefined;

  function act(which: Act): void {
    const now = performance.now();
    if (now - (last.get(which) ?? -Infinity) < throttleMs) return;
    const sent = perform(which, phone, open);
    if (!sent) return;
    last.set(which, now);
    void phone.act(sent);
  }

  const release = () => clearTimeout(held);

  function press(event: KeyboardEvent): void {
    if (event.key === 'F1') {
      event.preventDefault();
      void phone.bridge.openWorkspace({ view: 'help', topic: topicOf(phone) });
      return;
    }
    const which = actOf(event, settings);
    if (which === undefined) return;
    event.preventDefault();
    if (event.repeat) return;
    release();
    if (which === 'hang_up') held = setTimeout(() => act(which), holdMs);
    else act(which);
  }

  window.addEventListener('keydown', press);
  window.addEventListener('keyup', release);
  window.addEventListener('blur', release);
  return () => {
    release();
    window.removeEventListener('keydown', press);
    window.removeEventListener('keyup', release);
    window.removeEventListener('blur', release);
  };
}
