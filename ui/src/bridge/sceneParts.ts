/** Calls, people and registrations that the scenes are made of. */
import type {
  Act,
  CallView,
  ErrorView,
  PhoneView,
  PracticeView,
  Preferences,
  RegistrationView,
} from './bridge';

const keys: Record<Act, string> = {
  answer: 'Ctrl+Alt+Enter',
  hang_up: 'Ctrl+Alt+Backspace',
  mute: 'Ctrl+Alt+M',
  hold: 'Ctrl+Alt+H',
  transfer: 'Ctrl+Alt+T',
  dial_selection: 'Ctrl+Alt+D',
};

export const preferences = (change: Partial<Preferences> = {}): Preferences => ({
  theme: 'system',
  notify: { incoming: true, missed: true, connection: true, discreet: false },
  call_window: true,
  global_shortcuts: false,
  shortcuts: Object.entries(keys).map(([act, given]) => ({ act: act as Act, keys: given })),
  start_with_system: false,
  phone_links: false,
  ...change,
});

export const ago = (ms: number) => Date.now() - ms;
let calls = 0;

export function aCall(change: Partial<CallView> = {}): CallView {
  calls += 1;
  return {
    id: `call-${calls}`,
    direction: 'outgoing',
    phase: 'established',
    number: '0987 654 321',
    name: null,
    has_focus: change.phase !== 'alerting' && change.phase !== 'terminated',
    since_ms: Date.now(),
    answered_ms: null,
    hold: 'none',
    transfer: 'none',
    media: 'flowing',
    cause: null,
    missed: false,
    quality: null,
    ...change,
  };
}

export function anError(code: string, params: [string, string][] = []): ErrorView {
  return { code, params, trace_id: '7f3a91' };
}

export const registered = (): RegistrationView => ({ state: 'registered', since_ms: ago(252_000) });

export function failed(code: string, retry: number | null, params: [string, string][] = []) {
  return {
    state: 'failed',
    error: anError(code, params),
    since_ms: ago(34_000),
    retry_at_ms: retry === null ? null : Date.now() + retry,
    attempt: 3,
  } satisfies RegistrationView;
}

export const hong = (): CallView =>
  aCall({
    direction: 'incoming',
    name: 'Nguyễn Thị Hồng',
    since_ms: ago(167_000),
    answered_ms: ago(167_000),
    quality: { bars: 4, loss_percent: 0, jitter_ms: 3.2, rtt_ms: 24 },
  });

export const minh = (change: Partial<CallView>): CallView =>
  aCall({
    direction: 'incoming',
    number: '0903 111 222',
    name: 'Hồ Đức Ẩn',
    has_focus: false,
    since_ms: ago(6_000),
    ...change,
  });

export const ended = (code: string, status: number | null = null): CallView =>
  aCall({ phase: 'terminated', cause: { code, status } });

/** A phone registered at the practice exchange. */
export const practising = (change: Partial<PracticeView> = {}): Partial<PhoneView> => ({
  account: { server: 'ws://127.0.0.1:40123', user: '1001', secure: false, password_kept: false },
  registration: registered(),
  practice: { customer_coming: false, last_outcome: null, ...change },
});
