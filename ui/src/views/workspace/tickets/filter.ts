/** Which tickets are listed. */
export const ticketViews = ['mine', 'all', 'overdue'] as const;

/** In place of a state: those whose work is not over. */
export const onlyOpen = 'not-over';

export interface TicketFilter {
  view: (typeof ticketViews)[number];
  /** A state's code, `onlyOpen`, or empty: any. Empty means any in what follows, too. */
  state: string;
  category_id: string;
  priority: string;
  assignee_id: string;
  team_id: string;
}

export const everyTicket: TicketFilter = {
  view: 'all',
  state: '',
  category_id: '',
  priority: '',
  assignee_id: '',
  team_id: '',
};

/** As the hub asks for it. */
export function ticketQuery(filter: TicketFilter) {
  const { view, state } = filter;
  const mine = view === 'mine';
  return {
    ...(mine && { mine }),
    ...(view === 'overdue' && { overdue: true }),
    ...(state === onlyOpen ? { open: true } : state && { state }),
    ...(filter.category_id && { category_id: filter.category_id }),
    ...(filter.priority && { priority: filter.priority }),
    ...(filter.assignee_id && !mine && { assignee_id: filter.assignee_id }),
    ...(filter.team_id && { team_id: filter.team_id }),
  };
}

export function isNarrowed(filter: TicketFilter): boolean {
  return Object.keys(ticketQuery(filter)).length > 0;
}
