import type { CallEntry } from '../bridge/bridge';
import type { Schema } from '../bridge/hub';
import { causeSentence, t } from '../i18n/i18n.svelte';
import { duration } from '../shared/format';
import { nationalNumber } from '../shared/number';

/** Calls with the same other side; practice is a world of its own, a hidden number is nobody. */
function same(one: CallEntry, other: CallEntry): boolean {
  return one.number !== '' && one.number === other.number && one.practice === other.practice;
}

/** A call of the team as this desk lists its own. */
export function entryOf(call: Schema<'CallEntry'>): CallEntry {
  const leg = call.legs.findLast(({ result }) => result === 'answered') ?? call.legs.at(-1);
  return {
    id: call.id,
    key: call.key,
    direction: call.direction === 'out' ? 'outgoing' : 'incoming',
    number: nationalNumber(call.peer),
    name: call.peer_name ?? null,
    practice: false,
    started_ms: call.started_at,
    answered_ms: call.answered_at ?? leg?.answered_at ?? null,
    ended_ms: call.ended_at ?? leg?.ended_at ?? null,
    cause: leg?.cause ? { code: leg.cause, status: leg.sip_status ?? null } : null,
    missed: leg?.result === 'missed',
    seen: true,
    has_note: call.forms.some(({ body }) => body !== ''),
  };
}

/** A call before this one. */
export interface Past {
  call: CallEntry;
  /** What was written about it. */
  forms: readonly Schema<'CallForm'>[];
  /** It was at this desk, so it can be opened. */
  own: boolean;
}

/** This desk's earlier calls with the number and the team's with the customer, newest first. */
export function pastCalls(
  calls: readonly CallEntry[],
  call: CallEntry,
  team: readonly Schema<'CallEntry'>[] = [],
): Past[] {
  const past = new Map<string, Past>();
  for (const each of team) {
    const own = calls.find(({ key }) => key === each.key);
    const { forms } = each;
    past.set(each.key, { call: own ?? entryOf(each), forms, own: own !== undefined });
  }
  for (const each of earlierCalls(calls, call)) {
    if (!past.has(each.key)) past.set(each.key, { call: each, forms: [], own: true });
  }
  past.delete(call.key);
  return [...past.values()]
    .filter(({ call }) => call.ended_ms !== null)
    .toSorted((one, other) => other.call.started_ms - one.call.started_ms);
}

export function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** Calls with the same number that began before this one, newest first. */
export function earlierCalls(calls: readonly CallEntry[], call: CallEntry): CallEntry[] {
  return calls.filter(
    (each) => each.id !== call.id && each.started_ms <= call.started_ms && same(each, call),
  );
}

/** The how-manieth call with this number today this is; it never changes afterwards. */
export function countToday(calls: readonly CallEntry[], call: CallEntry): number {
  const today = earlierCalls(calls, call).filter((each) =>
    isSameDay(each.started_ms, call.started_ms),
  );
  return 1 + today.length;
}

/** How long the two talked; null when they did not, or still do. */
export function talked(call: CallEntry): number | null {
  if (call.answered_ms === null || call.ended_ms === null) return null;
  return call.ended_ms - call.answered_ms;
}

/** What came of a call, in a few words. */
export function resultOf(call: CallEntry): string {
  const ms = talked(call);
  if (ms !== null) return t().popup.talked(duration(ms));
  if (call.missed) return t().popup.missed;
  return call.cause ? causeSentence(call.cause).title : '';
}
