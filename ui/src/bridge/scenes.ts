/** Situations the screens are tested and looked at in. */
import type {
  Act,
  CallsView,
  CallView,
  DeskView,
  DevicesView,
  ErrorView,
  PhoneView,
  PracticeView,
  Preferences,
  RegistrationView,
  SettingsView,
} from './bridge';
import { aMorning, follow } from './sceneCalls';

export interface Scene {
  phone: PhoneView;
  settings: SettingsView;
  devices: DevicesView;
  calls: CallsView;
  desk: DeskView;
}

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

const ago = (ms: number) => Date.now() - ms;
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
    quality: null,
    ...change,
  };
}

export function anError(code: string, params: [string, string][] = []): ErrorView {
  return { code, params, trace_id: '7f3a91' };
}

const registered = (): RegistrationView => ({ state: 'registered', since_ms: ago(252_000) });

function failed(code: string, retry: number | null, params: [string, string][] = []) {
  return {
    state: 'failed',
    error: anError(code, params),
    since_ms: ago(34_000),
    retry_at_ms: retry === null ? null : Date.now() + retry,
    attempt: 3,
  } satisfies RegistrationView;
}

const hong = (): CallView =>
  aCall({
    direction: 'incoming',
    name: 'Nguyễn Thị Hồng',
    since_ms: ago(167_000),
    answered_ms: ago(167_000),
    quality: { bars: 4, loss_percent: 0, jitter_ms: 3.2, rtt_ms: 24 },
  });

const minh = (change: Partial<CallView>): CallView =>
  aCall({
    direction: 'incoming',
    number: '0903 111 222',
    name: 'Hồ Đức Ẩn',
    has_focus: false,
    since_ms: ago(6_000),
    ...change,
  });

const ended = (code: string, status: number | null = null): CallView =>
  aCall({ phase: 'terminated', cause: { code, status } });

/** A phone registered at the practice exchange. */
export const practising = (change: Partial<PracticeView> = {}): Partial<PhoneView> => ({
  account: { server: 'ws://127.0.0.1:40123', user: '1001', secure: false, password_kept: false },
  registration: registered(),
  practice: { customer_coming: false, last_outcome: null, ...change },
});

/** Each scene changes a phone that is signed in and idle. */
const scenes: Record<string, () => Partial<PhoneView>> = {
  signedOut: () => ({ account: null, registration: { state: 'offline' } }),
  wrongPassword: () => ({ registration: failed('wrong_password', null) }),
  connecting: () => ({ registration: { state: 'connecting', attempt: 1, since_ms: ago(2_000) } }),
  ready: () => ({}),
  insecure: () => ({
    account: {
      server: 'sip:10.0.0.5;transport=tcp',
      user: '2001',
      secure: false,
      password_kept: true,
    },
  }),
  lost: () => ({ registration: failed('link_lost', 8_000) }),
  refused: () => ({ registration: failed('refused', 8_000, [['status', '503']]) }),
  notice: () => ({ notice: anError('device_lost') }),
  dialing: () => ({ calls: [aCall({ phase: 'dialing' })] }),
  ringing: () => ({ calls: [aCall({ phase: 'ringing', since_ms: ago(4_000) })] }),
  incoming: () => ({ calls: [minh({ phase: 'alerting' })] }),
  inCall: () => ({ calls: [hong()] }),
  muted: () => ({ calls: [hong()], muted: true }),
  held: () => ({ calls: [{ ...hong(), hold: 'local' }] }),
  lostInCall: () => ({
    registration: failed('link_lost', 8_000),
    calls: [
      {
        ...hong(),
        media: 'interrupted',
        quality: { bars: 1, loss_percent: 12.5, jitter_ms: 40, rtt_ms: null },
      },
    ],
  }),
  secondIncoming: () => ({ calls: [hong(), minh({ phase: 'alerting' })] }),
  twoCalls: () => ({ calls: [minh({ hold: 'local', answered_ms: ago(72_000) }), hong()] }),
  busy: () => ({ calls: [ended('remote_busy', 486)] }),
  noMicrophone: () => ({ calls: [ended('media_no_microphone')] }),
  practiceIdle: () => practising(),
  practiceComing: () => practising({ customer_coming: true }),
  practiceWaited: () => practising({ last_outcome: 'nobody_answered' }),
  practiceLost: () => ({ ...practising(), registration: failed('link_lost', 8_000) }),
  practiceDialing: () => ({ ...practising(), calls: [aCall({ phase: 'dialing', number: '600' })] }),
  practiceIncoming: () => ({ ...practising(), calls: [minh({ phase: 'alerting' })] }),
  practiceInCall: () => ({ ...practising(), calls: [hong()] }),
  practiceHeld: () => ({ ...practising(), calls: [{ ...hong(), hold: 'remote' }] }),
  practiceEnded: () => ({
    ...practising({ last_outcome: 'completed' }),
    calls: [{ ...ended('remote_hangup'), direction: 'incoming', name: 'Nguyễn Ngọc Lễ' }],
  }),
};

export const sceneNames = Object.keys(scenes);

/** The named scene; an idle phone for any other name. */
export function scene(name: string | null): Scene {
  const phone: PhoneView = {
    revision: 1,
    account: {
      server: 'wss://pbx.alobar.vn:8089/ws',
      user: '1001',
      secure: true,
      password_kept: true,
    },
    registration: registered(),
    calls: [],
    muted: false,
    practice: null,
    notice: null,
    now_ms: Date.now(),
    ...scenes[name ?? '']?.(),
  };
  return {
    phone,
    settings: {
      language: 'vi',
      server: 'wss://pbx.alobar.vn:8089/ws',
      user: '1001',
      keyring: true,
      version: '0.1.0',
      platform: 'windows',
      preferences: preferences(),
      troubles: [],
    },
    devices: {
      inputs: [
        { id: 'in-1', name: 'Jabra Evolve2 65', is_default: true },
        { id: 'in-2', name: 'Micro máy tính', is_default: false },
      ],
      outputs: [
        { id: 'out-1', name: 'Jabra Evolve2 65', is_default: true },
        { id: 'out-2', name: 'Loa máy tính', is_default: false },
      ],
      chosen: { microphone: null, speaker: 'out-1', ringer: 'out-2', ring_volume: 80 },
      check: { check: 'idle' },
    },
    calls: follow({ revision: 1, calls: aMorning(), tabs: [], unseen: 0 }, phone),
    desk: { ask: null, place: { view: 'calls' } },
  };
}
