/** Tickets, tasks and orders that a scene's hub knows. */
import type { Schema } from './hub';

const hour = 3_600_000;
const day = 24 * hour;
const hong = 'contact-hong';
const ha = 'person-ha';
const aged = (age: number) => ({ created_at: Date.now() - age, updated_at: Date.now() - age });

export function aTicket(change: Partial<Schema<'Ticket'>> = {}): Schema<'Ticket'> {
  return {
    id: 'ticket-10482',
    number: 10_482,
    title: 'Không ra nước nóng',
    summary: 'Máy lọc nước lắp 12/2025, đèn báo lỗi E3.',
    state: 'OPEN',
    priority: 'HIGH',
    channel: 'call',
    contact_id: hong,
    category_id: 'category-devices',
    assignee_id: ha,
    team_id: null,
    created_by: ha,
    first_reply_due: Date.now() + hour,
    resolve_due: Date.now() + day,
    reopened: 0,
    resolution_text: '',
    rev: 1,
    ...aged(2 * hour),
    ...change,
  };
}

export function aTask(change: Partial<Schema<'Task'>> = {}): Schema<'Task'> {
  return {
    id: 'task-77',
    number: 77,
    title: 'Gọi lại hẹn giờ kỹ thuật',
    body: '',
    state: 'TO_DO',
    priority: 'MEDIUM',
    due_at: Date.now() + 3 * hour,
    assignee_id: ha,
    created_by: ha,
    contact_id: hong,
    ticket_id: 'ticket-10482',
    rev: 1,
    ...aged(hour),
    ...change,
  };
}

export function anOrder(change: Partial<Schema<'Order'>> = {}): Schema<'Order'> {
  return {
    id: 'order-312',
    number: 312,
    title: 'Lõi lọc số 3',
    contact_id: hong,
    stage_id: 'stage-work',
    owner_id: ha,
    created_by: ha,
    currency: 'VND',
    discount: null,
    shipping: 30_000,
    subtotal: 370_000,
    total: 400_000,
    receiver_name: 'Nguyễn Thị Hồng',
    receiver_phone: '0987654321',
    receiver_address: '25 Lê Lợi, Hải Châu, Đà Nẵng',
    remark: '',
    lines: [
      {
        ...{ id: 'line-1', product_id: 'product-filter', name: 'Lõi lọc số 3', position: 1 },
        ...{ quantity: 2000, unit_price: 185_000, total: 370_000 },
      },
    ],
    rev: 1,
    ...aged(3 * day),
    ...change,
  };
}

export function someTickets(): Schema<'Ticket'>[] {
  return [
    aTicket(),
    aTicket({
      ...{ id: 'ticket-10377', number: 10_377, title: 'Thay lõi lọc số 3', state: 'RESOLVED' },
      ...{ priority: 'MEDIUM', ...aged(9 * day), resolved_at: Date.now() - 8 * day },
    }),
    aTicket({
      ...{ id: 'ticket-9951', number: 9_951, title: 'Hỏi thời hạn bảo hành', state: 'CLOSED' },
      ...{ priority: 'LOW', ...aged(60 * day), resolved_at: Date.now() - 59 * day },
    }),
  ];
}

export const someTasks = (): Schema<'Task'>[] => [aTask()];
export const someOrders = (): Schema<'Order'>[] => [anOrder()];
