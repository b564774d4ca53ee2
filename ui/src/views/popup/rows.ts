/** The customer's records as rows of the popup. */
import type { Place } from '../../bridge/bridge';
import type { Schema } from '../../bridge/hub';
import { codeOf } from '../../domain/code';
import { isSameDay } from '../../domain/history';
import { outside } from '../../domain/outside';
import { t } from '../../i18n/i18n.svelte';
import { clock } from '../../shared/clock.svelte';
import { day, money, timeOfDay } from '../../shared/format';

export interface Row {
  id: string;
  code: string;
  title: string;
  /** Before the state, fainter. */
  note: string;
  state: string;
  /** There is work to do. */
  open: boolean;
  place: Place;
}

/** `Hôm nay 10:02`, `20/11 16:45`. */
export function whenOf(ms: number): string {
  const now = clock.now;
  const date = isSameDay(ms, now) ? t().popup.today : day(ms, now);
  return `${date} ${timeOfDay(ms)}`;
}

export function recordRows(
  tab: 'tickets' | 'orders' | 'tasks',
  facts: Schema<'Popup'> | undefined,
  lists: Schema<'Configuration'> | undefined,
): Row[] {
  switch (tab) {
    case 'tickets':
      return (facts?.tickets ?? []).map(({ id, number, title, state }) => ({
        ...{ id, code: codeOf.ticket(number), title: outside(title), note: '' },
        state: t().tickets.states[state],
        open: state !== 'RESOLVED' && state !== 'CLOSED',
        place: { view: 'tickets', id },
      }));
    case 'orders':
      return (facts?.orders ?? []).map(({ id, number, title, stage_id, total, currency }) => {
        const stage = lists?.order_stages.find((each) => each.id === stage_id);
        return {
          ...{ id, code: codeOf.order(number), title: outside(title) },
          note: money(total, currency),
          state: outside(stage?.label ?? ''),
          open: stage?.kind === 'OPEN',
          place: { view: 'orders', id },
        };
      });
    case 'tasks':
      return (facts?.tasks ?? []).map(({ id, number, title, state, due_at }) => ({
        ...{ id, code: codeOf.task(number), title: outside(title) },
        note: t().popup.history.due(whenOf(due_at)),
        state: t().tasks.states[state],
        open: true,
        place: { view: 'tasks', id },
      }));
  }
}
