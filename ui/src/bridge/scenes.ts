/** Situations the screens are tested and looked at in. */
import type {
  CallsView,
  DeskView,
  DevicesView,
  PhoneView,
  SettingsView,
  UnsentView,
} from './bridge';
import type { HubContent } from './fakeHub';
import { aMorning, follow } from './sceneCalls';
import { aHub } from './sceneHub';
import {
  aCall,
  ago,
  anError,
  ended,
  failed,
  hong,
  minh,
  practising,
  preferences,
  registered,
} from './sceneParts';
import { workspaceScenes } from './sceneSettings';
import { windowScenes } from './sceneWindows';

export { aCall, anError, practising, preferences } from './sceneParts';

export interface Scene {
  phone: PhoneView;
  settings: SettingsView;
  devices: DevicesView;
  calls: CallsView;
  desk: DeskView;
  hub: HubContent;
  unsent: UnsentView;
}

/** Each changes a phone that is signed in and idle. */
const phoneScenes: Record<string, () => Partial<PhoneView>> = {
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

/** Scenes of the phone and its windows; the workspace has some of its own besides. */
export const sceneNames = [...Object.keys(phoneScenes), ...Object.keys(windowScenes)];

/** The named scene; an idle phone for any other name. */
export function scene(name: string | null): Scene {
  const situation = windowScenes[name ?? '']?.() ?? { phone: phoneScenes[name ?? '']?.() };
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
    ...situation.phone,
  };
  const open = situation.open ?? [];
  const ready: Scene = {
    phone,
    settings: {
      language: 'vi',
      server: 'wss://pbx.alobar.vn:8089/ws',
      user: '1001',
      keyring: true,
      version: '0.1.0',
      platform: 'windows',
      preferences: preferences(situation.preferences),
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
    calls: follow(
      {
        revision: 1,
        calls: [...open, ...aMorning()],
        tabs: open.map((call) => call.id),
        unseen: 0,
      },
      phone,
    ),
    desk: { ask: null, place: { view: 'calls' }, ...situation.desk },
    hub: aHub(situation.hub?.()),
    unsent: { revision: 1, waiting: [], refused: [], away_since_ms: null, ...situation.unsent },
  };
  return workspaceScenes[name ?? '']?.(ready) ?? ready;
}

/** The scene that the address names, in its language, with the workspace at its place. */
export function sceneAsked(query: URLSearchParams): Scene {
  const { settings, desk, ...rest } = scene(query.get('scene'));
  const place = query.get('place');
  return {
    ...rest,
    settings: { ...settings, language: query.get('lang') === 'en' ? 'en' : settings.language },
    desk: place ? { ...desk, place: JSON.parse(place) } : desk,
  };
}
