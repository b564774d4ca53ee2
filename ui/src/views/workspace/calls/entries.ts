/** How calls of the list are told apart, found and put into words. */
import type { CallEntry } from '../../../bridge/bridge';
import { matches, matchesNumber } from '../../../domain/fold';
import { talked } from '../../../domain/history';
import { causeSentence, t } from '../../../i18n/i18n.svelte';
import { day, duration, timeOfDay } from '../../../shared/format';

const filters = {
  all: () => true,
  missed: (call: CallEntry) => call.missed,
  incoming: (call: CallEntry) => call.direction === 'incoming',
  outgoing: (call: CallEntry) => call.direction === 'outgoing',
  noted: (call: CallEntry) => call.has_note,
};

export type Filter = keyof typeof filters;
export const filterNames = Object.keys(filters) as Filter[];

export function countOf(calls: readonly CallEntry[], filter: Filter): number {
  return calls.filter(filters[filter]).length;
}

/** Calls of a kind, with a query in their name or number. */
export function found(calls: readonly CallEntry[], filter: Filter, query: string): CallEntry[] {
  const wanted = query.trim();
  return calls.filter((call) => filters[filter](call) && (wanted === '' || hits(call, wanted)));
}

export function hits(call: CallEntry, query: string): boolean {
  return matches(call.name ?? '', query) || matchesNumber(call.number, query);
}

/** Direction and fate in one word, beside a `CallMark`. */
export function kindOf(call: CallEntry): string {
  const words = t().workspace.calls;
  if (call.missed) return words.missedOne;
  return call.direction === 'incoming' ? words.inbound : words.outbound;
}

/** What has become of a call that is over: how long it lasted, or why it did not. */
export function resultOf(call: CallEntry): string {
  const lasted = talked(call);
  if (lasted !== null) return duration(lasted);
  return call.cause ? causeSentence(call.cause).title : t().workspace.calls.ended;
}

/** What a call is doing that is not over. */
export function doingOf(call: CallEntry): string {
  const words = t().workspace.calls;
  if (call.answered_ms !== null) return words.talking;
  return call.direction === 'incoming' ? words.ringing : words.dialing;
}

/** The time if it was today, else the day. */
export function whenOf(ms: number, now: number): string {
  const today = new Date(ms).toDateString() === new Date(now).toDateString();
  return today ? timeOfDay(ms) : day(ms, now);
}
