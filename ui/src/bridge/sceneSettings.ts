/** Situations of the workspace: the list of calls, the bell, the settings. */
import type { CallEntry } from './bridge';
import { anEntry } from './sceneCalls';
import { aForm, aHubCall } from './sceneHub';
import { anError, ago, failed, practising, preferences } from './sceneParts';
import { recordScenes } from './sceneRecords';
import { someRefused } from './sceneUnsent';
import type { Scene } from './scenes';

type Change = (ready: Scene) => Scene;

const minute = 60_000;

/** A list of calls, and what was written about some by their ids. */
const listing = (calls: CallEntry[], notes: Record<string, string> = {}, closed = true): Change => {
  const unseen = calls.filter((call) => call.missed && !call.seen).length;
  // Made anew each time: the hub changes them.
  const written = () =>
    Object.entries(notes).map(([id, body]) => {
      const closed_at = closed ? Date.now() : null;
      const forms = [aForm({ call_id: id, body, disposition_id: 'result-solved', closed_at })];
      return aHubCall({ id, key: `key-${id}`, contact_id: null, forms });
    });
  return (ready) => ({
    ...ready,
    calls: { ...ready.calls, calls, unseen, tabs: [] },
    hub: { ...ready.hub, calls: [...written(), ...ready.hub.calls] },
  });
};

const talked = (minutes: number, seconds: number) => ({
  started_ms: ago(minutes * minute),
  answered_ms: ago(minutes * minute - 7_000),
  ended_ms: ago(minutes * minute - 7_000 - seconds * 1000),
});

/** Hostile text of 64 kB: markup, a turned direction, controls, an emoji, piled-up marks. */
const hostile = '<img src=x onerror="globalThis.hostile=1">\u202E123\u0007\u2028🏴‍☠️ '.padEnd(
  65_536,
  'Ệ\u0323',
);

const noted = anEntry({
  id: 'noted',
  ...talked(31, 252),
  direction: 'outgoing',
  name: 'Nguyễn Ngọc Lễ',
  number: '0903 111 222',
  cause: { code: 'remote_hangup', status: null },
  has_note: true,
});

/** Every end that a call can come to, over two days, with the longest words there are. */
const ends: CallEntry[] = [
  anEntry({ id: 'missed', started_ms: ago(4 * minute), missed: true }),
  anEntry({ id: 'missed-hidden', started_ms: ago(9 * minute), missed: true, number: '' }),
  anEntry({
    id: 'microphone',
    started_ms: ago(16 * minute),
    name: 'Công Tằng Tôn Nữ Nguyễn Phúc Thượng Hạnh Phương',
    number: '024 7300 0000',
    cause: { code: 'media_no_microphone', status: null },
  }),
  noted,
  anEntry({ started_ms: ago(44 * minute), cause: { code: 'answered_elsewhere', status: null } }),
  anEntry({
    started_ms: ago(52 * minute),
    direction: 'outgoing',
    name: 'HỒ ĐỨC ẨN',
    number: '0976 333 444',
    cause: { code: 'remote_busy', status: 486 },
  }),
  anEntry({
    started_ms: ago(70 * minute),
    direction: 'outgoing',
    number: '1900 0000',
    cause: { code: 'sip_failure', status: 503 },
  }),
  anEntry({
    ...talked(131, 4_512),
    name: 'Đặng Hữu Nghĩa',
    number: '1002',
    cause: { code: 'local_hangup', status: null },
  }),
  anEntry({
    ...talked(26 * 60, 95),
    name: 'Trần Văn Minh',
    number: '0987 654 321',
    practice: true,
    cause: { code: 'remote_hangup', status: null },
  }),
];

const note = {
  noted:
    'Máy lọc nước lắp 12/2025, hai hôm nay không ra nước nóng. Đèn báo lỗi E3.\n' +
    'Chị muốn kỹ thuật đến sau 14:00, gọi trước 30 phút.',
};

const clash = preferences({ global_shortcuts: true });
clash.shortcuts = clash.shortcuts.map((each) => {
  if (each.act === 'hold') return { ...each, keys: 'Ctrl+Alt+M' };
  if (each.act === 'transfer') return { ...each, keys: 'F9' };
  return each.act === 'dial_selection' ? { ...each, keys: null } : each;
});

export const workspaceScenes: Record<string, Change> = {
  ...recordScenes,
  calls: listing(ends, note),
  callsEmpty: listing([]),
  callsAway: (ready) => ({
    ...listing(ends)(ready),
    unsent: { ...ready.unsent, away_since_ms: ago(34_000), waiting: ['call:key-noted'] },
  }),
  unfinished: listing(ends, note, false),
  unsent: (ready) => ({
    ...listing(ends, note)(ready),
    unsent: { ...ready.unsent, refused: someRefused() },
  }),
  unsentHostile: (ready) => ({
    ...ready,
    unsent: { ...ready.unsent, refused: someRefused(hostile) },
  }),
  callsMany: listing(
    Array.from({ length: 500 }, (_, at) =>
      anEntry({
        id: `many-${at}`,
        number: `0912 000 ${String(at).padStart(3, '0')}`,
        started_ms: ago(at * minute),
      }),
    ),
  ),
  callsHostile: listing(
    [
      anEntry({ id: 'hostile', name: hostile, number: hostile, missed: true }),
      anEntry({ id: 'hostile-noted', number: hostile, has_note: true }),
    ],
    { 'hostile-noted': hostile },
  ),
  callsPractice: (ready) => ({
    // Some of these customers are real: they called before practice began.
    ...listing(ends, note)(ready),
    phone: { ...ready.phone, ...practising() },
  }),
  troubled: (ready) => ({
    ...listing(ends)(ready),
    phone: {
      ...ready.phone,
      registration: failed('link_lost', 8_000),
      notice: anError('device_lost'),
    },
  }),
  noKeyring: (ready) => ({
    ...ready,
    settings: { ...ready.settings, keyring: false },
    phone: {
      ...ready.phone,
      account: {
        server: 'sip:10.0.0.5;transport=tcp',
        user: '2001',
        secure: false,
        password_kept: false,
      },
    },
  }),
  recording: (ready) => ({
    ...ready,
    devices: { ...ready.devices, check: { check: 'recording', until_ms: Date.now() + 4_000 } },
  }),
  sounding: (ready) => ({
    ...ready,
    devices: {
      ...ready.devices,
      check: { check: 'sounding', role: 'ringer', until_ms: Date.now() + 4_000 },
    },
  }),
  deviceGone: (ready) => ({
    ...ready,
    devices: { ...ready.devices, chosen: { ...ready.devices.chosen, microphone: 'in-9' } },
  }),
  shortcutConflict: (ready) => ({
    ...ready,
    settings: {
      ...ready.settings,
      preferences: clash,
      troubles: [
        { code: 'shortcut_taken', act: 'answer' },
        { code: 'autostart_failed', act: null },
        { code: 'links_failed', act: null },
      ],
    },
  }),
};
