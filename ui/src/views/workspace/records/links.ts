/** Rows of lists of the hub as links. */
import type { Schema } from '../../../bridge/hub';
import { outside } from '../../../domain/outside';
import { t } from '../../../i18n/i18n.svelte';
import type { Link } from './Links.svelte';
import type { Office } from './office.svelte';
import { codeOf } from '../../../domain/code';

export function ticketLinks(rows: readonly Schema<'TicketRow'>[]): Link[] {
  return rows.map(({ id, number, title, state }) => ({
    id,
    code: codeOf.ticket(number),
    title,
    state: t().tickets.states[state],
    open: state !== 'RESOLVED' && state !== 'CLOSED',
  }));
}

export function taskLinks(rows: readonly Schema<'TaskRow'>[]): Link[] {
  return rows.map(({ id, number, title, state }) => ({
    id,
    code: codeOf.task(number),
    title,
    state: t().tasks.states[state],
    open: state === 'TO_DO' || state === 'IN_PROGRESS',
  }));
}

export function orderLinks(rows: readonly Schema<'OrderRow'>[], office: Office): Link[] {
  return rows.map(({ id, number, title, stage_id }) => {
    const stage = office.configuration?.order_stages.find((each) => each.id === stage_id);
    return {
      id,
      code: codeOf.order(number),
      title,
      state: outside(stage?.label ?? ''),
      open: stage?.kind === 'OPEN',
    };
  });
}
