/** Situations of the workspace's customers, tickets, tasks and orders. */
import type { HubContent } from './fakeHub';
import type { Schema } from './hub';
import { aContact, aHub, ids } from './sceneHub';
import { aTask, aTicket, anOrder } from './sceneWork';
import type { Scene } from './scenes';

type Change = (ready: Scene) => Scene;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const ago = (ms: number) => ({ created_at: Date.now() - ms, updated_at: Date.now() - ms });

const knowing =
  (content: () => Partial<HubContent>): Change =>
  (ready) => ({ ...ready, hub: aHub(content()) });

/** Markup, a turned direction, controls, an emoji, piled-up marks; 10,000 characters. */
const hostile = '<img src=x onerror="globalThis.hostile=1">\u202E123\u0007\u2028🏴‍☠️ '.padEnd(
  10_000,
  'Ệ\u0323',
);
const longest = 'Công Tằng Tôn Nữ Nguyễn Phúc Thượng Hạnh Phương';

const ticket = (number: number, change: Partial<Schema<'Ticket'>>) =>
  aTicket({ id: `ticket-${number}`, number, ...change });

/** Every state a ticket can be in, and each kind of deadline. */
function tickets(): Schema<'Ticket'>[] {
  return [
    ticket(10_482, { resolve_due: Date.now() + 72 * minute }),
    ticket(10_479, {
      ...{ title: 'Giao thiếu một lõi lọc', state: 'ASSIGNED', contact_id: ids.anhDuong },
      ...{ priority: 'URGENT', resolve_due: Date.now() - 18 * minute, ...ago(day) },
    }),
    ticket(10_466, {
      ...{ title: 'Xin hóa đơn VAT đơn DH-312', state: 'WAIT_FOR_CUSTOMER', contact_id: ids.le },
      ...{ resolve_due: Date.now() + 5 * hour, ...ago(2 * day) },
    }),
    ticket(10_460, {
      ...{ title: `Ứng dụng báo “Tài khoản bạn đăng nhập nơi khác” · ${longest}`, state: 'NEW' },
      ...{ assignee_id: null, team_id: ids.technicians, priority: 'MEDIUM', ...ago(3 * day) },
      ...{ resolve_due: null, first_reply_due: null, channel: 'manual', summary: '' },
    }),
    ticket(10_448, {
      ...{ title: 'Không nghe được ghi âm', state: 'WAIT_FOR_3RD_PARTY', assignee_id: ids.minh },
      ...{ resolve_due: Date.now() + 3 * day, ...ago(4 * day) },
    }),
    ticket(10_377, {
      ...{ title: 'Thay lõi lọc số 3', state: 'RESOLVED', priority: 'LOW', ...ago(9 * day) },
      ...{ resolution_type_id: 'resolution-done', resolution_text: 'Đã thay tại nhà khách.' },
      ...{ resolved_at: Date.now() - 8 * day },
    }),
    ticket(9951, {
      ...{ title: 'Hỏi thời hạn bảo hành', state: 'CLOSED', priority: 'LOW', ...ago(60 * day) },
      ...{ resolution_type_id: 'resolution-advice', resolution_text: 'Còn 4 tháng.' },
      ...{ resolved_at: Date.now() - 59 * day, closed_at: Date.now() - 58 * day },
    }),
  ];
}

const note = (
  id: string,
  subject: Schema<'Subject'>,
  author_id: string,
  body: string,
  age: number,
) => ({
  ...{ id, subject, author_id, body, rev: 1 },
  ...ago(age),
});

const change = (
  seq: number,
  subject: Schema<'Subject'>,
  op: string,
  fields: Record<string, [unknown, unknown]>,
) =>
  ({
    // Older than what is seen: nothing of it is a conflict.
    ...{ seq, subject, op, fields, rev: 0, actor: seq % 2 ? ids.ha : ids.minh },
    at: Date.now() - (10 - seq) * hour,
  }) as unknown as Schema<'Change'>;

const ofTicket = { kind: 'ticket', id: 'ticket-10482' } as const;
const ofContact = { kind: 'contact', id: ids.hong } as const;
const ofTask = { kind: 'task', id: 'task-77' } as const;
const ofOrder = { kind: 'order', id: 'order-312' } as const;

function rich(): Partial<HubContent> {
  return {
    tickets: tickets(),
    tasks: [
      aTask(),
      aTask({
        ...{ id: 'task-76', number: 76, title: 'Gửi báo giá lõi lọc', state: 'IN_PROGRESS' },
        ...{ due_at: Date.now() - 40 * minute, priority: 'HIGH', ticket_id: null, ...ago(day) },
      }),
      aTask({
        ...{ id: 'task-70', number: 70, title: 'Kiểm tra kho', state: 'DONE', contact_id: null },
        ...{ done_at: Date.now() - day, done_by: ids.minh, ticket_id: null, ...ago(2 * day) },
      }),
    ],
    orders: [
      anOrder(),
      anOrder({
        ...{ id: 'order-298', number: 298, title: 'Máy lọc nước nóng lạnh', lines: [] },
        ...{ stage_id: 'stage-done', contact_id: ids.anhDuong, total: 7_490_000, ...ago(9 * day) },
      }),
    ],
    notes: [
      note('note-1', ofTicket, ids.ha, 'Đã hẹn kỹ thuật khu Hải Châu.\nGọi trước 30 phút.', hour),
      note('note-2', ofTicket, ids.minh, 'Khách gọi lần hai, giục.', 3 * hour),
      note('note-3', ofContact, ids.ha, 'Khách thích được gọi sau 14:00.', day),
      note('note-4', ofTask, ids.ha, 'Khách bận buổi sáng.', hour),
      note('note-5', ofOrder, ids.ha, 'Giao giờ hành chính.', hour),
    ],
    followers: { [ofTicket.id]: [ids.minh] },
    changes: [
      change(5, ofTicket, 'changed', { state: ['ASSIGNED', 'OPEN'] }),
      change(4, ofTicket, 'changed', {
        assignee_id: [ids.minh, ids.ha],
        priority: ['LOW', 'HIGH'],
      }),
      change(3, ofTicket, 'created', {}),
      change(3, ofContact, 'changed', {
        address: ['', '25 Lê Lợi, Hải Châu, Đà Nẵng'],
        kind: ['lead', 'contact'],
        points: [[], [{ kind: 'phone', value: '0987654321' }]],
      }),
      change(2, ofContact, 'created', {}),
      change(2, ofTask, 'changed', { due_at: [Date.now(), Date.now() + hour] }),
      change(2, ofOrder, 'changed', { total: [370_000, 400_000] }),
    ],
  };
}

const nothing = () => ({ contacts: [], tickets: [], tasks: [], orders: [], calls: [] });

const many = () => ({
  contacts: Array.from({ length: 500 }, (_, at) =>
    aContact({ id: `contact-${at}`, name: `Khách ${at}`, rev: 1, ...ago(at * minute) }),
  ),
});

function harm(): Partial<HubContent> {
  const contact = aContact({
    ...{ name: hostile, address: hostile },
    points: [
      { kind: 'phone', value: hostile, key: hostile },
      { kind: 'email', value: hostile, key: hostile },
    ],
  });
  return {
    contacts: [contact],
    tickets: [aTicket({ title: hostile, summary: hostile })],
    tasks: [aTask({ title: hostile, body: hostile })],
    orders: [anOrder({ title: hostile, receiver_name: hostile, remark: hostile })],
    notes: [note('note-1', ofTicket, ids.ha, hostile, hour)],
    changes: [change(1, ofTicket, 'changed', { title: ['', hostile] })],
  };
}

export const recordScenes: Record<string, Change> = {
  records: knowing(rich),
  recordsEmpty: knowing(nothing),
  recordsMany: knowing(many),
  recordsHostile: knowing(harm),
  recordsAway: (ready) => ({
    ...ready,
    unsent: { ...ready.unsent, away_since_ms: Date.now() - 2 * minute },
  }),
};
