/** What a pretended hub has refused. */
import type { RefusedView } from './bridge';
import type { Command } from './commands';
import type { HubRefusal } from './hub';

let seq = 0;

export function aRefused(command: Command, why: Partial<HubRefusal>): RefusedView {
  seq += 1;
  const problem = { code: 'field_missing', params: [], trace_id: '7f3a91', ...why };
  return {
    practice: false,
    seq,
    written_at_ms: Date.now() - seq * 240_000,
    command: JSON.stringify(command),
    problem: JSON.stringify(problem),
  };
}

export function aRefusedForm(call_key: string, body = 'Khách hẹn 14:00'): RefusedView {
  const form = { call_key, body, closed: true, written_at: 1 };
  return aRefused({ do: 'save_call_form.1', ...form }, { params: [['field', 'disposition']] });
}

/** A conflict, a field that is missing, a command that the hub does not know; with a text in them. */
export function someRefused(text = 'Khách hẹn 14:00, gọi trước 30 phút.'): RefusedView[] {
  const ticket = { id: 'ticket-10482', base_rev: 1 };
  const fields = { title: text, priority: 'URGENT', assignee_id: 'person-ha' } as const;
  const conflicts = [
    { field: 'title', mine: text, theirs: 'Máy lọc không ra nước nóng' },
    { field: 'assignee_id', mine: 'person-ha', theirs: 'person-minh' },
  ];
  const subject = { kind: 'ticket', id: 'ticket-10482' } as const;
  return [
    aRefused({ do: 'update_ticket.1', ...ticket, fields }, { code: 'conflict', conflicts }),
    aRefusedForm('key-noted', text),
    aRefused({ do: 'add_note.1', id: 'note-9', subject, body: text }, { code: 'not_found' }),
  ];
}
