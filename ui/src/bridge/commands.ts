/**
 * The hub's `Command`: what people write, as `POST /api/commands` takes it. By hand until the
 * description of the API has it; the words are those of crates/hub/src/command.
 */
import type { components } from './hub.generated';

type Schemas = components['schemas'];

export interface ContactFields {
  kind: Schemas['ContactKind'];
  /** (*) At most 200 characters. */
  name: string;
  address?: string;
  account_id?: string | null;
  owner_id?: string | null;
  points?: Schemas['ContactPoint'][];
}

/** CP-09, CP-14: the whole form as it stands at the writer's desk. */
export interface CallFormFields {
  call_key: string;
  contact_id?: string | null;
  call_type_id?: string | null;
  /** (*) when the admin demands it and the form is closed. */
  disposition_id?: string | null;
  /** At most 10,000 characters. */
  body: string;
  closed: boolean;
  /** Grows with each save of one form, by the writer's clock. */
  written_at: number;
}

export interface TicketFields {
  /** (*) At most 200 characters. */
  title: string;
  summary?: string;
  /** (*) */
  contact_id?: string | null;
  /** (*) */
  category_id?: string | null;
  /** (*) A person or a team; without both, the category's. */
  assignee_id?: string | null;
  team_id?: string | null;
  priority?: Schemas['Priority'] | null;
  call_key?: string | null;
  channel?: Schemas['Channel'] | null;
}

export interface TicketPatch {
  title?: string;
  summary?: string;
  state?: Schemas['TicketState'];
  priority?: Schemas['Priority'];
  category_id?: string;
  team_id?: string | null;
  assignee_id?: string | null;
  contact_id?: string;
  /** TK-07: with a closing state both of the resolution are needed. */
  resolution_type_id?: string;
  resolution_text?: string;
}

export interface TaskFields {
  /** (*) At most 200 characters. */
  title: string;
  body?: string;
  /** (*) Epoch milliseconds. */
  due_at?: number | null;
  /** (*) */
  assignee_id?: string | null;
  priority?: Schemas['Priority'] | null;
  contact_id?: string | null;
  ticket_id?: string | null;
  order_id?: string | null;
  call_key?: string | null;
}

export interface TaskPatch {
  title?: string;
  body?: string;
  state?: Schemas['TaskState'];
  priority?: Schemas['Priority'];
  due_at?: number;
  assignee_id?: string;
  contact_id?: string | null;
  ticket_id?: string | null;
  order_id?: string | null;
}

/** Money in minor units of the order's currency. */
export interface OrderFields {
  /** (*) At most 200 characters. */
  title: string;
  /** (*) */
  contact_id?: string | null;
  /** None: the first open stage. */
  stage_id?: string | null;
  /** None: the writer. */
  owner_id?: string | null;
  /** ISO 4217; none: VND. */
  currency?: string | null;
  discount?: Schemas['Discount'] | null;
  shipping?: number;
  receiver_name?: string;
  receiver_phone?: string;
  receiver_address?: string;
  remark?: string;
  lines?: Schemas['OrderLine'][];
  call_key?: string | null;
}

export interface OrderPatch {
  title?: string;
  contact_id?: string;
  stage_id?: string;
  owner_id?: string;
  discount?: Schemas['Discount'] | null;
  shipping?: number;
  receiver_name?: string;
  receiver_phone?: string;
  receiver_address?: string;
  remark?: string;
  /** OR-22: each line that is added, changed or (`null`) removed, by its id. */
  lines?: Record<string, Schemas['LineFields'] | null>;
}

interface Update<Patch> {
  id: string;
  /** The `rev` that the writer saw. */
  base_rev: number;
  /** Absent: untouched. `null`: emptied. */
  fields: Patch;
}

interface Followed {
  subject: Schemas['Subject'];
  /** None: the writer. */
  user_id?: string | null;
}

/** The ids of what is new are made by the writer: `newId`. */
export type Command =
  | { do: 'add_note.1'; id: string; subject: Schemas['Subject']; body: string }
  | { do: 'change_note.1'; id: string; base_rev: number; body: string }
  | { do: 'remove_note.1'; id: string }
  | ({ do: 'follow.1' } & Followed)
  | ({ do: 'unfollow.1' } & Followed)
  | ({ do: 'create_contact.1'; id: string } & ContactFields)
  | ({ do: 'update_contact.1' } & Update<Partial<ContactFields>>)
  | ({ do: 'create_ticket.1'; id: string } & TicketFields)
  | ({ do: 'update_ticket.1' } & Update<TicketPatch>)
  | ({ do: 'create_task.1'; id: string } & TaskFields)
  | ({ do: 'update_task.1'; clicked_at?: number | null } & Update<TaskPatch>)
  | ({ do: 'create_order.1'; id: string } & OrderFields)
  | ({ do: 'update_order.1' } & Update<OrderPatch>)
  | ({ do: 'save_call_form.1' } & CallFormFields);
