/** Where a ticket has been, and what its category promises. */
import type { Schema } from '../../../bridge/hub';
import { t } from '../../../i18n/i18n.svelte';
import type { Office } from '../records/office.svelte';
import { lineage, span } from '../records/values';

type State = Schema<'TicketState'>;

export const isClosing = (state: State) => state === 'RESOLVED' || state === 'CLOSED';

/** The states that a history tells of, in the order of the bar. */
export function statesSeen(changes: readonly Schema<'Change'>[]): State[] {
  const told = changes.flatMap((change) => {
    const pair = (change.fields as Record<string, unknown>)['state'];
    return Array.isArray(pair) ? pair : [];
  });
  return (Object.keys(t().tickets.states) as State[]).filter((state) => told.includes(state));
}

/** The promise of a category, or of the nearest one above it: `trả lời trong 1 giờ`. */
export function promiseOf(office: Office, category: string | null): string {
  const words = t().tickets;
  const upwards = lineage(office.configuration, category).reverse();
  const nearest = (field: 'first_reply_min' | 'resolve_min') =>
    upwards.map((each) => each[field] ?? undefined).find((minutes) => minutes !== undefined);
  const [first, resolve] = [nearest('first_reply_min'), nearest('resolve_min')];
  const parts = [
    first !== undefined && words.slaFirst(span(first)),
    resolve !== undefined && words.slaResolve(span(resolve)),
  ];
  return parts.filter(Boolean).join(', ') || words.noSla;
}
