/** The team, its lists and its customers: what the hub of every scene knows. */
import type { HubContent } from './fakeHub';
import type { Schema } from './hub';
import { someOrders, someTasks, someTickets } from './sceneWork';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Ids that can be read in a failing test. */
export const ids = {
  ha: 'person-ha',
  minh: 'person-minh',
  technicians: 'team-technicians',
  hong: 'contact-hong',
  anhDuong: 'contact-anh-duong',
  le: 'contact-le',
} as const;

const entry = (id: string, position: number, label: string) => ({
  id,
  position,
  label,
  rev: 1,
  active: true,
});

const times = (age: number) => ({ created_at: Date.now() - age, updated_at: Date.now() - age });

export function aConfiguration(): Schema<'Configuration'> {
  const category = (id: string, at: number, label: string, parent_id: string | null = null) => ({
    ...entry(id, at, label),
    parent_id,
    level: parent_id ? 2 : 1,
    first_reply_min: parent_id ? null : 60,
    resolve_min: parent_id ? null : 24 * 60,
  });
  return {
    rev: 1,
    call_types: [
      { ...entry('type-advice', 1, 'Tư vấn sản phẩm'), category_id: 'category-products' },
      { ...entry('type-technical', 2, 'Hỗ trợ kỹ thuật'), category_id: 'category-technical' },
      { ...entry('type-order', 3, 'Đặt hàng'), category_id: null },
      { ...entry('type-old', 4, 'Bảo hành cũ'), active: false },
    ],
    categories: [
      category('category-products', 1, 'Sản phẩm và dịch vụ'),
      category('category-technical', 2, 'Kỹ thuật'),
      category('category-devices', 1, 'Thiết bị', 'category-technical'),
      category('category-network', 2, 'Kết nối mạng', 'category-technical'),
    ],
    dispositions: [
      entry('result-solved', 1, 'Đã giải quyết'),
      entry('result-call-back', 2, 'Cần gọi lại'),
      entry('result-nobody', 3, 'Khách không nghe máy'),
      entry('result-wrong', 4, 'Sai số'),
    ],
    resolution_types: [
      entry('resolution-done', 1, 'Đã xử lý'),
      entry('resolution-advice', 2, 'Thông tin/tư vấn'),
    ],
    order_stages: [
      { ...entry('stage-new', 1, 'Mới'), kind: 'OPEN' },
      { ...entry('stage-work', 2, 'Đang xử lý'), kind: 'OPEN' },
      { ...entry('stage-done', 3, 'Hoàn thành'), kind: 'WON' },
      { ...entry('stage-lost', 4, 'Đã hủy'), kind: 'LOST' },
    ],
    products: [
      {
        ...{ id: 'product-filter', position: 1, rev: 1, active: true },
        ...{ sku: 'LOI-3', name: 'Lõi lọc số 3', unit: 'cái', price: 185_000 },
      },
      {
        ...{ id: 'product-purifier', position: 2, rev: 1, active: true },
        ...{ sku: 'MLN-10', name: 'Máy lọc nước nóng lạnh', unit: 'máy', price: 7_490_000 },
      },
    ],
    templates: [
      {
        ...{ id: 'template-visit', position: 1, rev: 1, active: true, kind: 'ticket' },
        title: 'Hẹn kỹ thuật đến nhà',
        body: 'Địa chỉ:\nThời gian khách tiện:',
        category_id: 'category-devices',
        priority: 'HIGH',
      },
    ],
    people: [
      { id: ids.ha, name: 'Lê Thu Hà', active: true, teams: [ids.technicians] },
      { id: ids.minh, name: 'Trần Văn Minh', active: true, teams: [] },
    ],
    teams: [{ id: ids.technicians, name: 'Kỹ thuật', active: true, rev: 1, ...times(day) }],
    popup: {
      tabs: ['calls', 'tickets', 'orders', 'tasks'],
      buttons: { ticket: true, order: true, task: true },
      require_disposition: true,
    },
  };
}

const phone = (value: string, key: string) => ({ kind: 'phone' as const, value, key });
const email = (value: string) => ({ kind: 'email' as const, value, key: value });

export function aContact(change: Partial<Schema<'Contact'>> = {}): Schema<'Contact'> {
  return {
    id: ids.hong,
    kind: 'contact',
    name: 'Nguyễn Thị Hồng',
    address: '25 Lê Lợi, Hải Châu, Đà Nẵng',
    points: [phone('0987654321', '+84987654321'), email('hong.nguyen@example.vn')],
    owner_id: ids.ha,
    account_id: null,
    rev: 1,
    ...times(30 * day),
    ...change,
  };
}

function someContacts(): Schema<'Contact'>[] {
  return [
    aContact(),
    aContact({
      id: ids.anhDuong,
      kind: 'account',
      name: 'Công ty Ánh Dương',
      address: '',
      points: [phone('02473000000', '+842473000000')],
    }),
    aContact({
      id: ids.le,
      kind: 'lead',
      name: 'Nguyễn Ngọc Lễ',
      address: '',
      points: [phone('0976333444', '+84976333444')],
    }),
  ];
}

/** A call of earlier days, as the hub keeps it. */
export function aHubCall(change: Partial<Schema<'CallEntry'>> = {}): Schema<'CallEntry'> {
  const started_at = change.started_at ?? Date.now() - day;
  const spoken = { answered_at: started_at + 6_000, ended_at: started_at + 227_000 };
  const id = change.id ?? `hub-call-${started_at}`;
  return {
    id,
    key: id,
    direction: 'in',
    peer: '+84987654321',
    contact_id: ids.hong,
    rev: 1,
    ...times(Date.now() - started_at),
    started_at,
    ...spoken,
    legs: [
      { id: `${id}-leg`, user_id: ids.ha, rang_at: started_at, result: 'answered', ...spoken },
    ],
    forms: [],
    ...change,
  };
}

/** What I have written about a call. */
export function aForm(change: Partial<Schema<'CallForm'>> = {}): Schema<'CallForm'> {
  return {
    call_id: 'hub-call-1',
    user_id: ids.ha,
    rev: 1,
    body: '',
    written_at: 1,
    updated_at: Date.now(),
    closed_at: null,
    ...change,
  };
}

function someCalls(): Schema<'CallEntry'>[] {
  const missed = Date.now() - day - 40 * minute;
  return [
    aHubCall({
      id: 'hub-call-1',
      forms: [
        aForm({
          ...{ user_id: ids.minh, body: 'Hẹn kỹ thuật 14:00', closed_at: 2 },
          ...{ disposition_id: 'result-call-back', call_type_id: 'type-technical' },
        }),
      ],
    }),
    aHubCall({
      id: 'hub-call-2',
      started_at: missed,
      answered_at: null,
      ended_at: missed + 41_000,
      legs: [
        {
          ...{ id: 'leg-2', user_id: ids.ha, rang_at: missed, ended_at: missed + 41_000 },
          ...{ result: 'missed', cause: 'canceled_by_caller' },
        },
      ],
    }),
    aHubCall({ id: 'hub-call-3', started_at: Date.now() - 7 * day, direction: 'out' }),
  ];
}

export function aHub(change: Partial<HubContent> = {}): HubContent {
  return {
    me: ids.ha,
    configuration: aConfiguration(),
    contacts: someContacts(),
    calls: someCalls(),
    tickets: someTickets(),
    tasks: someTasks(),
    orders: someOrders(),
    notes: [],
    followers: {},
    changes: [],
    ...change,
  };
}
