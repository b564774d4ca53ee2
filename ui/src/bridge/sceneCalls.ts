/** The list of calls that belongs to a scene, and how it follows the phone. */
import type { CallEntry, CallsView, CallView, PhoneView } from './bridge';

const minute = 60_000;
let entries = 0;

export function anEntry(change: Partial<CallEntry> = {}): CallEntry {
  entries += 1;
  const id = change.id ?? `past-${entries}`;
  const started_ms = change.started_ms ?? Date.now() - 10 * minute;
  return {
    id,
    key: `key-${id}`,
    direction: 'incoming',
    number: '0912 345 678',
    name: null,
    practice: false,
    started_ms,
    answered_ms: null,
    ended_ms: started_ms + 20_000,
    cause: { code: 'canceled_by_caller', status: null },
    missed: false,
    seen: false,
    has_note: false,
    ...change,
  };
}

/** A morning's calls, newest first. */
export function aMorning(): CallEntry[] {
  const now = Date.now();
  const talked = (started: number, minutes: number) => ({
    started_ms: now - started * minute,
    answered_ms: now - started * minute + 6_000,
    ended_ms: now - (started - minutes) * minute,
    cause: { code: 'remote_hangup', status: null },
  });
  return [
    anEntry({ started_ms: now - 12 * minute, missed: true }),
    anEntry({
      ...talked(31, 4),
      direction: 'outgoing',
      name: 'Trần Văn Minh',
      number: '0903 111 222',
      has_note: true,
    }),
    anEntry({ started_ms: now - 48 * minute, missed: true, number: '', seen: true }),
    anEntry({ ...talked(65, 6), name: 'Nguyễn Thị Hồng', number: '0987 654 321' }),
    anEntry({
      started_ms: now - 82 * minute,
      direction: 'outgoing',
      number: '0976 333 444',
      name: 'Nguyễn Ngọc Lễ',
      cause: { code: 'remote_busy', status: 486 },
    }),
    anEntry({
      started_ms: now - 95 * minute,
      number: '024 7300 0000',
      name: 'Công ty Ánh Dương',
      cause: { code: 'answered_elsewhere', status: null },
    }),
    anEntry({ ...talked(130, 2), number: '1002', name: 'Đặng Hữu Nghĩa' }),
  ];
}

function entryOf(call: CallView, practice: boolean, known: CallEntry | undefined): CallEntry {
  const over = call.phase === 'terminated';
  return {
    ...(known ?? anEntry({ id: call.id, started_ms: call.since_ms })),
    direction: call.direction,
    number: call.number,
    name: call.name,
    practice,
    answered_ms: call.answered_ms,
    ended_ms: over ? call.since_ms : null,
    cause: call.cause,
    missed: call.missed,
  };
}

/** The list after the phone changed. A call not taken loses its tab (CP-04), others keep it (CP-05). */
export function follow(view: CallsView, phone: PhoneView): CallsView {
  const known = new Map(view.calls.map((call) => [call.id, call]));
  const fresh = phone.calls
    .map((call) => entryOf(call, phone.practice !== null, known.get(call.id)))
    .reverse();
  const calls = [
    ...fresh.filter((call) => !known.has(call.id)),
    ...view.calls.map((call) => fresh.find((each) => each.id === call.id) ?? call),
  ];
  const added = fresh.filter((call) => !known.has(call.id)).reverse();
  const lost = new Set(
    fresh
      .filter(
        (call) =>
          call.ended_ms !== null && call.answered_ms === null && call.direction === 'incoming',
      )
      .filter((call) => !call.has_note && known.get(call.id)?.ended_ms === null)
      .map((call) => call.id),
  );
  const tabs = [...view.tabs, ...added.map((call) => call.id)].filter((tab) => !lost.has(tab));
  const unseen = calls.filter((call) => call.missed && !call.seen).length;
  return { revision: view.revision, calls, tabs, unseen };
}
