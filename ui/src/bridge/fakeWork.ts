/** Tickets, tasks, orders, notes and search of the hub that is only pretended. */
import type { Command } from './commands';
import { callsOf, missing, refuse, type Do, type FakeHub, type Route } from './fakeHub';
import type { Schema } from './hub';

type Ticket = Schema<'Ticket'>;
type Task = Schema<'Task'>;
type Order = Schema<'Order'>;

const page = <T>(rows: T[]) => ({ rows, next: null });

function named<T extends { contact_id?: string | null }>(hub: FakeHub, rows: T[]) {
  const { contacts } = hub.content;
  return rows.map((row) => ({
    ...row,
    contact_name: contacts.find(({ id }) => id === row.contact_id)?.name ?? '',
  }));
}

const notesOf = (hub: FakeHub, id: string) =>
  hub.content.notes.filter((note) => note.subject.id === id);
const followersOf = (hub: FakeHub, id: string) => hub.content.followers[id] ?? [];

/** Whether a record has what the query asks for, field by field. */
function asked(record: object, query: URLSearchParams, fields: string[]): boolean {
  const values = record as Record<string, unknown>;
  return fields.every((field) => query.get(field) === null || values[field] === query.get(field));
}

const ticketOver = ({ state }: Ticket) => state === 'RESOLVED' || state === 'CLOSED';
const taskOver = ({ state }: Task) => state === 'DONE' || state === 'CANCELLED';

function tickets(hub: FakeHub, query: URLSearchParams): Ticket[] {
  const { tickets, me } = hub.content;
  const fields = ['assignee_id', 'contact_id', 'state', 'category_id', 'team_id', 'priority'];
  return tickets.filter(
    (ticket) =>
      asked(ticket, query, fields) &&
      (query.get('mine') !== 'true' || ticket.assignee_id === me) &&
      (query.get('open') !== 'true' || !ticketOver(ticket)) &&
      (query.get('overdue') !== 'true' ||
        (!ticketOver(ticket) && (ticket.resolve_due ?? Infinity) < Date.now())),
  );
}

function tasks(hub: FakeHub, query: URLSearchParams): Task[] {
  const fields = ['assignee_id', 'contact_id', 'ticket_id', 'order_id', 'state'];
  return hub.content.tasks.filter(
    (task) =>
      asked(task, query, fields) &&
      (query.get('mine') !== 'true' || task.assignee_id === hub.content.me) &&
      (query.get('open') !== 'true' || !taskOver(task)) &&
      (query.get('overdue') !== 'true' || (!taskOver(task) && task.due_at < Date.now())),
  );
}

function orders(hub: FakeHub, query: URLSearchParams): Order[] {
  return hub.content.orders.filter(
    (order) =>
      asked(order, query, ['owner_id', 'contact_id', 'stage_id']) &&
      (query.get('mine') !== 'true' || order.owner_id === hub.content.me),
  );
}

/** TK-30, as crates/core/src/ticket.rs has it, for an agent. */
function nextStates({ state }: Ticket): Schema<'TicketState'>[] {
  const open: Schema<'TicketState'>[] = ['OPEN', 'WAIT_FOR_CUSTOMER', 'WAIT_FOR_3RD_PARTY'];
  if (state === 'CLOSED') return [];
  if (state === 'RESOLVED') return ['OPEN', 'CLOSED'];
  return [...open, 'RESOLVED' as const, 'CLOSED' as const].filter((each) => each !== state);
}

function ticketDetail(hub: FakeHub, id: string): Schema<'TicketDetail'> {
  const ticket = hub.find(hub.content.tickets, id);
  const ofCustomer = hub.content.tickets.filter((each) => each.contact_id === ticket.contact_id);
  return {
    ticket,
    contact: hub.find(hub.content.contacts, ticket.contact_id),
    calls: callsOf(hub, ticket.contact_id, ''),
    latest: named(hub, ofCustomer.slice(0, 5)),
    next_states: nextStates(ticket),
    notes: notesOf(hub, id),
    followers: followersOf(hub, id),
    tasks: named(
      hub,
      hub.content.tasks.filter((task) => task.ticket_id === id),
    ),
  };
}

function taskDetail(hub: FakeHub, id: string): Schema<'TaskDetail'> {
  const task = hub.find(hub.content.tasks, id);
  const contact = hub.content.contacts.find((each) => each.id === task.contact_id) ?? null;
  return { task, contact, notes: notesOf(hub, id), followers: followersOf(hub, id) };
}

function orderDetail(hub: FakeHub, id: string): Schema<'OrderDetail'> {
  const order = hub.find(hub.content.orders, id);
  return {
    order,
    contact: hub.find(hub.content.contacts, order.contact_id),
    notes: notesOf(hub, id),
    followers: followersOf(hub, id),
    tasks: named(
      hub,
      hub.content.tasks.filter((task) => task.order_id === id),
    ),
  };
}

/** Without case and marks; of a number its digits. */
function folded(text: string): string {
  if (/^[\d\s+.()-]+$/.test(text)) return text.replace(/\D/g, '');
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '');
  return bare.toLowerCase().replaceAll('đ', 'd');
}

function search({ content }: FakeHub, q: string): Schema<'Found'> {
  const has = (text: string) => folded(text).includes(folded(q));
  const name = (id: string | null | undefined) =>
    content.contacts.find((contact) => contact.id === id)?.name ?? '';
  const hits = (
    kind: Schema<'SubjectKind'>,
    rows: { id: string; title: string; number: number; contact_id?: string | null }[],
  ) =>
    rows
      .filter(({ title, number }) => has(title) || q.replace(/\D/g, '') === String(number))
      .map(({ id, title, number, contact_id }) => ({
        subject: { kind, id },
        title,
        number,
        detail: name(contact_id),
      }));
  const contacts = content.contacts
    .filter((contact) => has(contact.name) || contact.points.some(({ value }) => has(value)))
    .map((contact) => ({
      subject: { kind: 'contact' as const, id: contact.id },
      title: contact.name,
      detail: contact.points[0]?.value ?? '',
    }));
  return {
    contacts,
    tickets: hits('ticket', content.tickets),
    tasks: hits('task', content.tasks),
    orders: hits('order', content.orders),
  };
}

function session({ content }: FakeHub): Schema<'SignInAnswer'> {
  const me = content.configuration.people.find(({ id }) => id === content.me)!;
  const person = { id: me.id, name: me.name, username: 'ha', role: 'agent' as const, teams: [] };
  return { person, hub: { protocol: 1, version: '0.1.0' } };
}

export const workRoutes: Route[] = [
  ['GET', /^\/api\/session$/, session],
  ['GET', /^\/api\/tickets$/, (hub, _, query) => page(named(hub, tickets(hub, query)))],
  ['GET', /^\/api\/tasks$/, (hub, _, query) => page(named(hub, tasks(hub, query)))],
  ['GET', /^\/api\/orders$/, (hub, _, query) => page(named(hub, orders(hub, query)))],
  ['GET', /^\/api\/tickets\/([^/]+)$/, (hub, [id]) => ticketDetail(hub, id!)],
  ['GET', /^\/api\/tasks\/([^/]+)$/, (hub, [id]) => taskDetail(hub, id!)],
  ['GET', /^\/api\/orders\/([^/]+)$/, (hub, [id]) => orderDetail(hub, id!)],
  [
    'GET',
    /^\/api\/(?:tickets|tasks|orders)\/([^/]+)\/history$/,
    ({ content }, [id]) => content.changes.filter(({ subject }) => subject.id === id),
  ],
  [
    'GET',
    /^\/api\/notes$/,
    (hub, _, query) => {
      const id = query.get('id') ?? '';
      return { notes: notesOf(hub, id), followers: followersOf(hub, id) };
    },
  ],
  ['GET', /^\/api\/search$/, (hub, _, query) => search(hub, query.get('q') ?? '')],
];

/** What is new has these beside what was written. */
function born(list: { number: number }[], me: string) {
  const now = Date.now();
  const number = 1 + Math.max(0, ...list.map((each) => each.number));
  return { number, rev: 1, created_at: now, updated_at: now, created_by: me };
}

function total(order: Order): void {
  const off = (sum: number, discount: Order['discount']) => {
    if (!discount) return sum;
    const cut = discount.kind === 'PERCENT' ? (sum * discount.value) / 10_000 : discount.value;
    return Math.max(0, Math.round(sum - cut));
  };
  for (const line of order.lines) {
    line.total = off(Math.round((line.quantity * line.unit_price) / 1000), line.discount);
  }
  order.subtotal = order.lines.reduce((sum, line) => sum + (line.total ?? 0), 0);
  order.total = off(order.subtotal, order.discount) + order.shipping;
}

export const workCommands: { [Name in Command['do']]?: Do<Name> } = {
  'create_ticket.1': (hub, { do: _, call_key, ...fields }) => {
    const { tickets, me, configuration } = hub.content;
    if (fields.title.trim() === '') missing('title');
    const contact_id = fields.contact_id ?? missing('contact_id');
    const category_id = fields.category_id ?? missing('category_id');
    const category = configuration.categories.find(({ id }) => id === category_id);
    if (!category) refuse(422, 'refers_to_nothing');
    const none = !fields.assignee_id && !fields.team_id;
    const assignee_id = (none ? category.assignee_id : fields.assignee_id) ?? null;
    const team_id = (none ? category.team_id : fields.team_id) ?? null;
    if (!assignee_id && !team_id) missing('assignee_id');
    const at = born(tickets, me);
    const due = (minutes: number | null | undefined) =>
      minutes ? at.created_at + minutes * 60_000 : null;
    return hub.add(tickets, 'ticket', {
      summary: '',
      ...fields,
      ...at,
      state: assignee_id ? 'ASSIGNED' : 'NEW',
      priority: fields.priority ?? 'MEDIUM',
      channel: fields.channel ?? (call_key ? 'call' : 'manual'),
      contact_id,
      category_id,
      assignee_id,
      team_id,
      first_reply_due: due(category.first_reply_min),
      resolve_due: due(category.resolve_min),
      reopened: 0,
      resolution_text: '',
    });
  },
  'update_ticket.1': (hub, update) => {
    const { state, resolution_type_id, resolution_text, title, assignee_id } = update.fields;
    if (title?.trim() === '') missing('title');
    const closing = state === 'RESOLVED' || state === 'CLOSED';
    if (closing && !resolution_type_id) refuse(422, 'ticket_no_resolution');
    if (closing && !resolution_text?.trim()) refuse(422, 'ticket_blank_resolution');
    return hub.change(hub.content.tickets, 'ticket', update, (ticket) => {
      if (assignee_id && ticket.state === 'NEW') ticket.state = 'ASSIGNED';
      ticket.resolved_at = ticketOver(ticket) ? (ticket.resolved_at ?? Date.now()) : null;
    });
  },
  'create_task.1': (hub, { do: _, call_key: __, ...fields }) => {
    const { tasks, me } = hub.content;
    if (fields.title.trim() === '') missing('title');
    const assignee_id = fields.assignee_id ?? missing('assignee_id');
    const due_at = fields.due_at ?? missing('due_at');
    const priority = fields.priority ?? 'MEDIUM';
    const task = { body: '', ...fields, ...born(tasks, me), assignee_id, due_at, priority };
    return hub.add(tasks, 'task', { ...task, state: 'TO_DO' as const });
  },
  'update_task.1': (hub, update) => {
    if (update.fields.title?.trim() === '') missing('title');
    return hub.change(hub.content.tasks, 'task', update, (task) => {
      const done = task.state === 'DONE';
      task.done_at = done ? (task.done_at ?? update.clicked_at ?? Date.now()) : null;
      task.done_by = done ? (task.done_by ?? hub.content.me) : null;
    });
  },
  'create_order.1': (hub, { do: _, call_key: __, ...fields }) => {
    const { orders, me, configuration } = hub.content;
    if (fields.title.trim() === '') missing('title');
    const contact_id = fields.contact_id ?? missing('contact_id');
    const order: Order = {
      shipping: 0,
      receiver_name: '',
      receiver_phone: '',
      receiver_address: '',
      remark: '',
      lines: [],
      ...fields,
      ...born(orders, me),
      contact_id,
      stage_id: fields.stage_id ?? configuration.order_stages[0]!.id,
      owner_id: fields.owner_id ?? me,
      currency: fields.currency ?? 'VND',
      subtotal: 0,
      total: 0,
    };
    total(order);
    return hub.add(orders, 'order', order);
  },
  'update_order.1': (hub, update) => {
    if (update.fields.title?.trim() === '') missing('title');
    const { lines, ...fields } = update.fields;
    return hub.change(hub.content.orders, 'order', { ...update, fields }, (order) => {
      for (const [id, line] of Object.entries(lines ?? {})) {
        order.lines = order.lines.filter((each) => each.id !== id);
        if (line) order.lines.push({ ...line, id });
      }
      total(order);
    });
  },
  'add_note.1': (hub, { do: _, ...note }) => {
    if (note.body.trim() === '') missing('body');
    const now = Date.now();
    const whole = { ...note, author_id: hub.content.me, rev: 1, created_at: now, updated_at: now };
    hub.content.notes.unshift(whole);
    return { subject: note.subject, rev: 1 };
  },
  'change_note.1': (hub, { id, body }) => {
    const note = hub.find(hub.content.notes, id);
    note.body = body;
    note.rev += 1;
    return { subject: note.subject, rev: note.rev };
  },
  'remove_note.1': (hub, { id }) => {
    const note = hub.find(hub.content.notes, id);
    hub.content.notes = hub.content.notes.filter((each) => each !== note);
    return { subject: note.subject, rev: note.rev };
  },
  'follow.1': (hub, { subject, user_id }) => {
    const { followers, me } = hub.content;
    followers[subject.id] = [...new Set([...followersOf(hub, subject.id), user_id ?? me])];
    return { subject, rev: 1 };
  },
  'unfollow.1': (hub, { subject, user_id }) => {
    const { followers, me } = hub.content;
    followers[subject.id] = followersOf(hub, subject.id).filter((id) => id !== (user_id ?? me));
    return { subject, rev: 1 };
  },
};
