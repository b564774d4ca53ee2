import type { CallEntry } from '../bridge/bridge';
import { causeSentence, t } from '../i18n/i18n.svelte';
import { duration } from '../shared/format';

/** Calls with the same other side; practice is a world of its own, a hidden number is nobody. */
function same(one: CallEntry, other: CallEntry): boolean {
  return one.number !== '' && one.number === other.number && one.practice === other.practice;
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
