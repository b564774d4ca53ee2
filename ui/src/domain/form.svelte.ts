import type { Bridge, CallEntry, Outcome } from '../bridge/bridge';
import { Hub, newId, type Command, type HubRefusal, type Schema } from '../bridge/hub';
import { clock } from '../shared/clock.svelte';
import { cleanNumber } from '../shared/number';
import { startOfDay } from '../shared/time';

/** What an agent says about a call. */
export interface Fields {
  body: string;
  contact_id: string | null;
  call_type_id: string | null;
  disposition_id: string | null;
}

type NewContact = Omit<Extract<Command, { do: 'create_contact.1' }>, 'do' | 'id'>;

/**
 * What is being written about a call, and what the team knows of its customer. The fields here
 * are the truth while the tab is open: they are kept as they change, one write after the other,
 * and nothing that comes back replaces what was typed.
 */
export class Form {
  fields = $state.raw<Fields>({
    body: '',
    contact_id: null,
    call_type_id: null,
    disposition_id: null,
  });
  /** The customer and what was before, as last read. */
  facts = $state.raw<Schema<'Popup'>>();
  /** Why they could not be read. */
  unread = $state.raw<HubRefusal>();
  /** False until what was written before has come: writing earlier would replace it unseen. */
  ready = $state(false);
  /** When the fields were last kept on this machine. */
  keptAt = $state<number>();
  /** Why the last write was refused. */
  refused = $state.raw<Outcome>(null);
  /** The call cannot be closed without it. */
  missing = $state<'disposition'>();
  /** A customer made here who may be on the way. */
  made = $state.raw<Schema<'Contact'>>();
  readonly hub: Hub;
  #touched = false;
  /** It was finished before: what is corrected in it stays finished. */
  #closed = false;
  #writtenAt = 0;
  #waiting: readonly string[] = [];
  #reading = 0;
  #writing: Promise<void> | undefined;

  constructor(
    bridge: Bridge,
    readonly call: CallEntry,
  ) {
    this.hub = new Hub(bridge, call.practice);
  }

  /** Whose records are shown. */
  get contact(): Schema<'Contact'> | null {
    const { facts, made, fields } = this;
    if (made && fields.contact_id === made.id && facts?.contact?.id !== made.id) return made;
    return facts?.contact ?? null;
  }

  async read(): Promise<void> {
    const turn = ++this.#reading;
    const { data, refused } = await this.hub.get('/api/popup', {
      query: {
        call_key: this.call.key,
        number: cleanNumber(this.call.number) || null,
        peer_name: this.call.name,
        contact_id: this.fields.contact_id,
        today_from: startOfDay(clock.now),
      },
    });
    // An older answer says nothing about now.
    if (turn !== this.#reading) return;
    this.unread = refused ?? undefined;
    this.facts = data ?? this.facts;
    this.#adopt(data?.form);
  }

  /** What waits for the hub has changed: what has arrived there is read again. */
  follow(waiting: readonly string[]): void {
    const call = `call:${this.call.key}`;
    const arrived = this.#waiting.includes(call) && !waiting.includes(call);
    const { made, facts } = this;
    const born = made && facts?.contact?.id !== made.id && !waiting.includes(made.id);
    this.#waiting = waiting;
    if (born || (arrived && !this.#touched)) void this.read();
  }

  write(change: Partial<Fields>): void {
    if (!this.ready) return;
    this.#touched = true;
    this.fields = { ...this.fields, ...change };
    if (change.disposition_id) this.missing = undefined;
    this.#writing ??= this.#save().finally(() => (this.#writing = undefined));
  }

  /** Another customer than the one the number says. */
  choose(contact: string): void {
    this.write({ contact_id: contact });
    void this.read();
  }

  /** CP-18. */
  async create(contact: NewContact): Promise<Outcome> {
    const id = newId();
    const refused = await this.hub.write({ do: 'create_contact.1', id, ...contact });
    if (refused) return refused;
    const now = Date.now();
    const rest = { address: '', points: [], rev: 1, created_at: now, updated_at: now };
    this.made = { id, ...rest, ...contact };
    this.choose(id);
    return null;
  }

  /** Settles once everything typed is kept, or was refused. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** "Lưu và đóng": true once the form is closed. Without a mandatory outcome it is not. */
  async close(popup: Schema<'PopupSettings'> | undefined): Promise<boolean> {
    if (popup?.require_disposition && !this.fields.disposition_id) {
      this.missing = 'disposition';
      return false;
    }
    await this.settled();
    await this.#keep(true);
    return this.refused === null;
  }

  /** The form as the hub has it, until the person has changed something. */
  #adopt(form: Schema<'CallForm'> | null | undefined): void {
    if (this.#touched) return;
    if (form) {
      const { body, contact_id = null, call_type_id = null, disposition_id = null } = form;
      this.fields = { body, contact_id, call_type_id, disposition_id };
      this.#writtenAt = form.written_at;
      this.#closed = !!form.closed_at && disposition_id !== null;
    }
    // What was written in an earlier life of this window may still be on its way.
    const onTheWay = this.#waiting.includes(`call:${this.call.key}`);
    this.ready = !(this.call.has_note && (this.unread !== undefined || onTheWay));
  }

  /** One write at a time, the newest fields next: the order holds, and a slow one loses nothing. */
  async #save(): Promise<void> {
    let sent: Fields;
    do {
      sent = this.fields;
      await this.#keep(false);
    } while (sent !== this.fields);
  }

  async #keep(closed: boolean): Promise<void> {
    const now = Date.now();
    this.#writtenAt = Math.max(now, this.#writtenAt + 1);
    const { fields } = this;
    const command = {
      do: 'save_call_form.1',
      call_key: this.call.key,
      ...fields,
      closed: closed || (this.#closed && fields.disposition_id !== null),
      written_at: this.#writtenAt,
    } as const;
    this.refused = await this.hub.write(command, { draft: !closed });
    if (!this.refused) this.keptAt = now;
  }
}
