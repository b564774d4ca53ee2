/**
 * A hub that is only pretended, in memory. It refuses what the real one refuses: what is not
 * there (404), a mandatory field that is empty (422), a field that somebody else changed (409).
 */
import type { HubAnswer, HubAsk } from './bridge';
import type { CallFormFields, Command } from './commands';
import type { HubRefusal, Schema } from './hub';
import { workCommands, workRoutes } from './fakeWork';

/** What a scene's hub knows. */
export interface HubContent {
  /** Whose desk this is. */
  me: string;
  configuration: Schema<'Configuration'>;
  contacts: Schema<'Contact'>[];
  /** Newest first, as every list here. */
  calls: Schema<'CallEntry'>[];
  tickets: Schema<'Ticket'>[];
  tasks: Schema<'Task'>[];
  orders: Schema<'Order'>[];
  notes: Schema<'Note'>[];
  followers: Record<string, string[]>;
  changes: Schema<'Change'>[];
}

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly refusal: HubRefusal,
  ) {
    super(refusal.code);
  }
}

export function refuse(status: number, code: string, params: [string, string][] = []): never {
  throw new Refused(status, { code, params, trace_id: '7f3a91' });
}

export function missing(field: string): never {
  refuse(422, 'field_missing', [['field', field]]);
}

/** Answers a request: the parts of the path, its query, the body. */
export type Route = [
  method: HubAsk['method'],
  path: RegExp,
  answer: (hub: FakeHub, parts: string[], query: URLSearchParams, body: unknown) => unknown,
];

export type Do<Name extends Command['do']> = (
  hub: FakeHub,
  command: Extract<Command, { do: Name }>,
) => Schema<'Done'>;

/** As numbers are compared. */
export function keyOf(number: string): string {
  const digits = number.replace(/[^\d+]/g, '');
  return digits.length > 8 ? digits.replace(/^0/, '+84') : digits;
}

interface Stored {
  id: string;
  rev: number;
  updated_at: number;
}

export class FakeHub {
  constructor(readonly content: HubContent) {}

  answer(ask: Pick<HubAsk, 'method' | 'path' | 'body'>): HubAnswer {
    const [path, query] = ask.path.split('?');
    const asked = new URLSearchParams(query);
    for (const [method, pattern, answer] of routes) {
      const found = method === ask.method && pattern.exec(path!);
      if (!found) continue;
      try {
        const parts = found.slice(1).map(decodeURIComponent);
        const body = answer(this, parts, asked, ask.body ? JSON.parse(ask.body) : null);
        return { status: 200, body: body === undefined ? '' : JSON.stringify(body) };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return { status: error.status, body: JSON.stringify(error.refusal) };
      }
    }
    return { status: 404, body: '' };
  }

  /** Does a command, or throws `Refused`. */
  perform(command: Command): Schema<'Done'> {
    const does = commands[command.do] as Do<Command['do']> | undefined;
    if (!does) refuse(422, 'hub_does_not_understand');
    return does(this, command);
  }

  find<T extends { id: string }>(list: readonly T[], id: string | null | undefined): T {
    return list.find((each) => each.id === id) ?? refuse(404, 'not_found');
  }

  add<T extends Stored>(list: T[], kind: Schema<'SubjectKind'>, record: T): Schema<'Done'> {
    if (list.some(({ id }) => id === record.id)) refuse(409, 'already_there');
    list.unshift(record);
    return this.log(kind, record, 'created', {});
  }

  /** Changes the fields of a patch; per field, the first one wins. */
  change<T extends Stored>(
    list: readonly T[],
    kind: Schema<'SubjectKind'>,
    update: { id: string; base_rev: number; fields: object },
    then: (record: T) => void = () => {},
  ): Schema<'Done'> {
    const record = this.find(list, update.id);
    const fields = record as unknown as Record<string, unknown>;
    const touched = this.content.changes
      .filter(({ subject, rev }) => subject.id === record.id && rev > update.base_rev)
      .flatMap((change) => Object.keys(change.fields));
    const wanted = Object.entries(update.fields).filter(
      ([name, mine]) => !same(mine, fields[name]),
    );
    const conflicts = wanted
      .filter(([name]) => touched.includes(name))
      .map(([field, mine]) => ({ field, mine, theirs: fields[field] ?? null }));
    if (conflicts.length > 0) {
      throw new Refused(409, { code: 'conflict', params: [], trace_id: '7f3a91', conflicts });
    }
    const changed = wanted.map(([name, mine]) => [name, [fields[name] ?? null, mine]]);
    for (const [name, mine] of wanted) fields[name] = mine;
    then(record);
    record.rev += 1;
    record.updated_at = Date.now();
    return this.log(kind, record, 'changed', Object.fromEntries(changed));
  }

  log(kind: Schema<'SubjectKind'>, record: Stored, op: string, fields: object): Schema<'Done'> {
    const { changes, me } = this.content;
    const subject = { kind, id: record.id };
    const { rev } = record;
    const change = { actor: me, at: Date.now(), fields, op, rev, seq: changes.length + 1, subject };
    changes.unshift(change as Schema<'Change'>);
    return { subject, rev };
  }
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/** Calls with a customer, or with a number that is nobody's. */
export function callsOf(hub: FakeHub, contact: string | null, number: string) {
  const of = (call: Schema<'CallEntry'>) =>
    contact ? call.contact_id === contact : number !== '' && call.peer === keyOf(number);
  return hub.content.calls.filter(of);
}

const has = (contact: Schema<'Contact'>, kind: string, key: string) =>
  contact.points.some((point) => point.kind === kind && point.key === key);

function popup(hub: FakeHub, query: URLSearchParams): Schema<'Popup'> {
  const { contacts, calls, tickets, tasks, orders, me } = hub.content;
  const known = calls.find(({ key }) => key === query.get('call_key')) ?? null;
  const form = known?.forms.find(({ user_id }) => user_id === me) ?? null;
  const number = keyOf(query.get('number') ?? known?.peer ?? '');
  const matches = number ? contacts.filter((each) => has(each, 'phone', number)) : [];
  const alike = ({ points }: Schema<'Contact'>) =>
    number.length > 7 && points.some((point) => point.key?.endsWith(number.slice(-7)));
  const chosen = query.get('contact_id') ?? form?.contact_id ?? known?.contact_id;
  const contact = chosen ? hub.find(contacts, chosen) : (matches[0] ?? null);
  const id = contact?.id ?? null;
  const of = (record: { contact_id?: string | null }) => id !== null && record.contact_id === id;
  const name = (each: string | null | undefined) =>
    contacts.find((known) => known.id === each)?.name ?? '';
  const named = <T extends { contact_id?: string | null }>(record: T) => ({
    ...record,
    contact_name: name(record.contact_id),
  });
  return {
    call: known,
    form,
    matches,
    maybe: matches.length === 0 ? contacts.filter(alike) : [],
    contact,
    calls: callsOf(hub, id, number),
    tickets: tickets.filter(of).slice(0, 5).map(named),
    tasks: tasks.filter((task) => of(task) && !task.done_at).map(named),
    orders: orders.filter(of).map(named),
    calls_today: callsOf(hub, null, number).filter(
      ({ started_at }) => started_at >= Number(query.get('today_from')),
    ).length,
  };
}

/** The call of a key; it may be written about before it is reported. */
function mention(hub: FakeHub, key: string): Schema<'CallEntry'> {
  const { calls } = hub.content;
  const known = calls.find((call) => call.key === key);
  if (known) return known;
  const now = Date.now();
  const times = { created_at: now, updated_at: now, started_at: now };
  const call = { id: `call-of-${key}`, key, peer: '', rev: 1, legs: [], forms: [], ...times };
  calls.unshift(call);
  return call;
}

function saveForm(hub: FakeHub, save: CallFormFields): Schema<'Done'> {
  const { configuration, me } = hub.content;
  if (save.closed && !save.disposition_id && configuration.popup.require_disposition) {
    missing('disposition');
  }
  const call = mention(hub, save.call_key);
  const old = call.forms.find(({ user_id }) => user_id === me);
  const done = { subject: { kind: 'call' as const, id: call.id }, rev: call.rev };
  if (old && old.written_at > save.written_at) return done;
  const { call_key: _, closed, ...fields } = save;
  const form = {
    ...fields,
    call_id: call.id,
    user_id: me,
    rev: (old?.rev ?? 0) + 1,
    updated_at: Date.now(),
    closed_at: closed ? (old?.closed_at ?? Date.now()) : null,
  };
  call.forms = [...call.forms.filter(({ user_id }) => user_id !== me), form];
  call.contact_id = save.contact_id ?? call.contact_id ?? null;
  return done;
}

function pointed(points: Schema<'ContactPoint'>[] = []): Schema<'ContactPoint'>[] {
  return points.map((point) => {
    if (point.value.trim() === '') missing(point.kind);
    if (point.kind === 'email') return { ...point, key: point.value.toLowerCase() };
    if (!/\d/.test(point.value)) refuse(422, 'field_malformed', [['field', 'phone']]);
    return { ...point, key: keyOf(point.value) };
  });
}

const page = <T>(rows: T[]) => ({ rows, next: null });

const routes: Route[] = [
  ['GET', /^\/api\/configuration$/, (hub) => hub.content.configuration],
  ['GET', /^\/api\/popup$/, (hub, _, query) => popup(hub, query)],
  [
    'GET',
    /^\/api\/forms\/open$/,
    ({ content }) =>
      content.calls.flatMap((call) =>
        call.forms
          .filter((form) => form.user_id === content.me && !form.closed_at)
          .map((form) => ({ call, form })),
      ),
  ],
  [
    'GET',
    /^\/api\/calls\/([^/]+)$/,
    ({ content }, [key]) =>
      content.calls.find((call) => call.key === key) ?? refuse(404, 'not_found'),
  ],
  [
    'GET',
    /^\/api\/calls$/,
    (hub, _, query) => {
      const [contact, number] = [query.get('contact_id'), query.get('number')];
      const all = contact === null && number === null;
      return page(all ? hub.content.calls : callsOf(hub, contact, number ?? ''));
    },
  ],
  [
    'GET',
    /^\/api\/contacts\/([^/]+)\/history$/,
    ({ content }, [id]) => content.changes.filter(({ subject }) => subject.id === id),
  ],
  ['GET', /^\/api\/contacts\/([^/]+)$/, (hub, [id]) => hub.find(hub.content.contacts, id)],
  [
    'GET',
    /^\/api\/contacts$/,
    ({ content }, _, query) => {
      const [phone, email] = [query.get('phone'), query.get('email')];
      return content.contacts.filter(
        (contact) =>
          (phone === null || has(contact, 'phone', keyOf(phone))) &&
          (email === null || has(contact, 'email', email.toLowerCase())),
      );
    },
  ],
  [
    'POST',
    /^\/api\/commands$/,
    (hub, _, __, body) => hub.perform((body as { command: Command }).command),
  ],
  ...workRoutes,
];

type Commands = { [Name in Command['do']]?: Do<Name> };

const commands: Commands = {
  'save_call_form.1': saveForm,
  'create_contact.1': (hub, { do: _, ...contact }) => {
    if (contact.name.trim() === '') missing('name');
    const now = Date.now();
    return hub.add(hub.content.contacts, 'contact', {
      address: '',
      owner_id: hub.content.me,
      ...contact,
      points: pointed(contact.points),
      rev: 1,
      created_at: now,
      updated_at: now,
    });
  },
  'update_contact.1': (hub, update) => {
    if (update.fields.name?.trim() === '') missing('name');
    const { points } = update.fields;
    const fields = points ? { ...update.fields, points: pointed(points) } : update.fields;
    return hub.change(hub.content.contacts, 'contact', { ...update, fields });
  },
  ...workCommands,
};
