/** Situations of the ring window, the call window and the questions. */
import type { CallEntry, DeskView, PhoneView, Preferences, UnsentView } from './bridge';
import type { HubContent } from './fakeHub';
import { anEntry } from './sceneCalls';
import { aConfiguration, aContact, aForm, aHub, aHubCall } from './sceneHub';
import { aRefusedForm } from './sceneUnsent';
import type { Schema } from './hub';
import { aCall, ago, ended, hong, minh, practising } from './sceneParts';

export interface Situation {
  phone?: Partial<PhoneView> | undefined;
  /** Calls that have left the phone and are open in the call window. */
  open?: CallEntry[];
  /** What is otherwise in the hub. */
  hub?: () => Partial<HubContent>;
  unsent?: Partial<UnsentView>;
  desk?: Partial<DeskView>;
  preferences?: Partial<Preferences>;
}

const hoa = () =>
  aCall({
    direction: 'incoming',
    phase: 'alerting',
    number: '024 7300 0000',
    name: 'Công ty Ánh Dương',
    since_ms: ago(3_000),
  });

/** A call that never came to be a conversation here. */
const gone = (code: string, missed: boolean) => ({
  ...minh({ ...ended(code), missed }),
  direction: 'incoming' as const,
  number: '0903 111 222',
  name: 'Hồ Đức Ẩn',
});

const over = (change: Partial<CallEntry>, minutes = 9) =>
  anEntry({
    started_ms: ago(minutes * 60_000),
    answered_ms: ago(minutes * 60_000 - 5_000),
    ended_ms: ago(minutes * 60_000 - 377_000),
    cause: { code: 'remote_hangup', status: null },
    ...change,
  });

const talk =
  'Máy lọc nước lắp 12/2025, hai hôm nay không ra nước nóng. Đèn báo lỗi E3. ' +
  'Chị muốn kỹ thuật đến sau 14:00, gọi trước 30 phút.';

/** A hub in which I have written about a call. */
const written =
  (key: string, body: string, change: Partial<Schema<'CallForm'>> = {}) =>
  () => {
    const { calls } = aHub();
    const id = `hub-${key}`;
    const forms = [aForm({ call_id: id, body, ...change })];
    return { calls: [aHubCall({ id, key, started_at: Date.now(), forms }), ...calls] };
  };

function noted(): Situation {
  const call = hong();
  const form = { call_type_id: 'type-technical', disposition_id: 'result-call-back' };
  return { phone: { calls: [call] }, hub: written(`key-${call.id}`, talk, form) };
}

function endedWithNote(): Situation {
  const call = over({ name: 'Nguyễn Thị Hồng', number: '0987 654 321', has_note: true });
  return { open: [call], hub: written(call.key, talk) };
}

const nothing = { contacts: [], calls: [], tickets: [], tasks: [], orders: [] };
/** As an administrator may have it: no tabs, no buttons, no lists. */
const fewLists = {
  call_types: [],
  dispositions: [],
  popup: {
    tabs: [],
    buttons: { ticket: false, order: false, task: false },
    require_disposition: false,
  },
};

const sevenTabs = (): Situation => ({
  phone: { calls: [minh({ hold: 'local', answered_ms: ago(72_000) }), hong()] },
  open: [
    over({ name: 'Trần Văn Minh', number: '0903 555 666' }, 70),
    over({ name: 'Đặng Hữu Nghĩa', number: '1002' }, 61),
    over({ number: '0912 345 678' }, 52),
    over({ name: 'Lê Thu Hà', number: '0976 333 444' }, 43),
    over({ name: 'Phạm Quốc An', number: '0977 123 456' }, 34),
  ],
});

/** What somebody who means harm would send as a name: 64 kB, and none of it may act. */
const hostileText = (
  '<img src=x onerror="globalThis.hostile=1"><script>globalThis.hostile=1</script>' +
  '\u202Egnp.exe\u202D\u2066\u0000\u0007\u001B[31m\r\n\u2028👩‍👩‍👧‍👦🏴‍☠️Z\u0351\u036B\u0343\u036A\u0302\u035B\u0358' +
  'مرحبا '
).padEnd(65_536, 'Ẩ\u0302\u0301\u0323');

const hostileCall = (change: Parameters<typeof aCall>[0]) =>
  aCall({ direction: 'incoming', name: hostileText, number: hostileText, ...change });

const longestName = 'Công Tằng Tôn Nữ Nguyễn Phúc Thượng Hạnh Phương';
const longestCall = (change: Parameters<typeof aCall>[0]) =>
  aCall({ direction: 'incoming', name: longestName, number: '+84 987 654 321 000', ...change });

const talking = (ms: number) => ({ since_ms: ago(ms), answered_ms: ago(ms) });
const alerting = { phase: 'alerting', since_ms: ago(6_000) } as const;

export const windowScenes: Record<string, () => Situation> = {
  ringWhileCalled: () => ({ phone: { calls: [hong(), minh({ phase: 'alerting' })] } }),
  twoRinging: () => ({ phone: { calls: [minh({ phase: 'alerting' }), hoa()] } }),
  ringShortcut: () => ({
    phone: { calls: [minh({ phase: 'alerting' })] },
    preferences: { global_shortcuts: true },
  }),
  ringHidden: () => ({ phone: { calls: [minh({ phase: 'alerting', number: '', name: null })] } }),
  answering: () => ({ phone: { calls: [minh({ phase: 'answering' })] } }),
  answeredElsewhere: () => ({ phone: { calls: [gone('answered_elsewhere', false)] } }),
  missed: () => ({ phone: { calls: [gone('canceled_by_caller', true)] } }),
  practiceMissed: () => ({
    phone: { ...practising(), calls: [gone('canceled_by_caller', true)] },
  }),
  noted,
  endedWithNote,
  sevenTabs,
  customers: () => ({
    phone: { calls: [hong()] },
    hub: () => ({
      contacts: [
        aContact(),
        aContact({ id: 'contact-an', kind: 'lead', name: 'Hồ Đức Ẩn', address: '' }),
      ],
    }),
  }),
  maybe: () => ({
    phone: { calls: [{ ...hong(), number: '1 987 654 321', name: null }] },
  }),
  bare: () => ({
    phone: { calls: [hong()] },
    hub: () => ({ ...nothing, configuration: { ...aConfiguration(), ...fewLists } }),
  }),
  waits: () => {
    const call = hong();
    return {
      phone: { calls: [call] },
      hub: written(`key-${call.id}`, talk),
      unsent: { waiting: [`call:key-${call.id}`] },
    };
  },
  hubAway: () => {
    const call = hong();
    const unsent = { waiting: [`call:key-${call.id}`], away_since_ms: ago(34_000) };
    return { phone: { calls: [call] }, unsent };
  },
  formRefused: () => {
    const call = hong();
    return { phone: { calls: [call] }, unsent: { refused: [aRefusedForm(`key-${call.id}`)] } };
  },
  askQuit: () => ({
    phone: { calls: [hong()] },
    desk: { ask: { ask: 'quit', calls: 1 } },
  }),
  askDial: () => ({ desk: { ask: { ask: 'dial', number: '0987654321', by: 'link' } } }),
  askDialSelection: () => ({
    desk: { ask: { ask: 'dial', number: '+84247300', by: 'selection' } },
  }),
  hostile: () => ({
    phone: { calls: [hostileCall(talking(167_000)), hostileCall(alerting)] },
    open: [over({ name: hostileText, number: hostileText })],
  }),
  longest: () => ({
    phone: { calls: [longestCall(talking(3_852_000)), longestCall(alerting)] },
    open: [over({ name: longestName, number: '+84 987 654 321 000' })],
  }),
};
