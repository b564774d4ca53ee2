/** The states of the workspace that need a picture, by the picture's name: see `Pictured`. */
import type { Place, SettingsSection } from '../../bridge/bridge';
import type { Pictured, Step } from '../../domain/pictured';

/** Where the workspace stands, as JSON in its address: `&place={"view":"calls"}`. */
export interface State extends Pictured {
  place: Place;
}

const size = [1368, 836] as const;
/** 1366 × 768 enlarged to 200 %. */
const enlarged = [683, 384] as const;
const calls: Place = { view: 'calls' };
const help = (topic: string | null = null): Place => ({ view: 'help', topic });
const row = (at: number): Step => ({ click: `[role=row][aria-rowindex="${at + 1}"]` });
const search = (text: string): Step[] => [{ press: 'Control+k' }, { type: text }];
const bell: Step = { click: 'header [aria-haspopup=dialog]' };
const settings = (section: SettingsSection, scene = 'ready', ...prepare: Step[]): State => ({
  size,
  scene,
  place: { view: 'settings', section },
  prepare,
});

const records = (place: Place, scene = 'records', ...prepare: Step[]): State => ({
  size,
  scene,
  place,
  prepare,
});
const hong: Place = { view: 'contacts', id: 'contact-hong' };
const aTask: Place = { view: 'tasks', id: 'task-77' };
const anOrder: Place = { view: 'orders', id: 'order-312' };
const ofHong: Place = { view: 'tickets', id: 'ticket-10482' };
const prefilled = {
  contact_id: 'contact-hong',
  call_key: 'hub-call-1',
  title: 'Không ra nước nóng',
  summary: 'Đèn báo lỗi E3, chị muốn kỹ thuật đến sau 14:00.',
  category_id: 'category-devices',
};
const allTickets: Step = { click: '.narrow .place:nth-of-type(2)' };
const filter = (text: string): Step[] => [{ click: '.list [type=search]' }, { type: text }];
const submit: Step = { click: '[type=submit]' };
const tab = (at: number): Step => ({ click: `.rest [role=tab]:nth-child(${at})` });

export const states: Record<string, State> = {
  calls: { size, scene: 'calls', place: calls },
  'calls-detail': { size, scene: 'calls', place: calls, prepare: [row(4)] },
  'calls-detail-small': { size: [1100, 720], scene: 'calls', place: calls, prepare: [row(4)] },
  'calls-detail-enlarged': { size: enlarged, scene: 'calls', place: calls, prepare: [row(4)] },
  'calls-missed': {
    size,
    scene: 'calls',
    place: calls,
    prepare: [{ click: '.chips label:nth-child(2)' }],
  },
  'calls-steps': { size, scene: 'calls', place: calls, prepare: [row(3)] },
  'calls-live': { size, scene: 'inCall', place: calls, prepare: [row(1)] },
  'calls-empty': { size, scene: 'callsEmpty', place: calls },
  'calls-nothing': {
    size,
    scene: 'calls',
    place: calls,
    prepare: [{ click: '.search input' }, { type: 'zz' }],
  },
  'calls-many': { size, scene: 'callsMany', place: calls },
  'calls-practice': { size, scene: 'callsPractice', place: calls, prepare: [row(4)] },
  'calls-hostile': { size, scene: 'callsHostile', place: calls, prepare: [row(2)] },
  contacts: records({ view: 'contacts' }),
  'contacts-enlarged': { ...records({ view: 'contacts' }), size: enlarged },
  'contacts-many': records({ view: 'contacts' }, 'recordsMany'),
  'contacts-empty': records({ view: 'contacts' }, 'recordsEmpty'),
  'contacts-away': records({ view: 'contacts' }, 'recordsAway'),
  'contacts-nothing': records({ view: 'contacts' }, 'records', ...filter('zzz')),
  'contacts-create': records({ view: 'contacts', create: {} }),
  'contacts-create-missing': records(
    { view: 'contacts', create: { phone: '0987654321' } },
    'records',
    submit,
  ),
  contact: records(hong),
  'contact-small': { ...records(hong), size: [1100, 720] },
  'contact-enlarged': { ...records(hong), size: enlarged },
  'contact-edit': records(hong, 'records', { click: '.pen button' }),
  'contact-numbers': records(hong, 'records', { click: '.label .pen button' }),
  'contact-tickets': records(hong, 'records', tab(2)),
  'contact-tasks': records(hong, 'records', tab(3)),
  'contact-orders': records(hong, 'records', tab(4)),
  'contact-notes': records(hong, 'records', tab(5)),
  'contact-history': records(hong, 'records', tab(6)),
  'contact-hostile': records(hong, 'recordsHostile', tab(2)),
  'contact-gone': records({ view: 'contacts', id: 'nobody' }),
  unsent: { size, scene: 'unsent', place: { view: 'unsent' } },
  'unsent-enlarged': { size: enlarged, scene: 'unsent', place: { view: 'unsent' } },
  'unsent-empty': { size, scene: 'ready', place: { view: 'unsent' } },
  'unsent-drop': {
    size,
    scene: 'unsent',
    place: { view: 'unsent' },
    prepare: [{ click: '.refuse' }],
  },
  'unsent-hostile': { size, scene: 'unsentHostile', place: { view: 'unsent' } },
  'bell-unsent': { size, scene: 'unsent', place: help(), prepare: [bell] },
  unfinished: { size, scene: 'unfinished', place: calls },
  'calls-detail-away': { size, scene: 'callsAway', place: calls, prepare: [row(4)] },
  tickets: records({ view: 'tickets' }),
  'tickets-enlarged': { ...records({ view: 'tickets' }), size: enlarged },
  'tickets-all': records({ view: 'tickets' }, 'records', allTickets),
  'tickets-overdue': records({ view: 'tickets' }, 'records', {
    click: '.narrow .place:nth-of-type(3)',
  }),
  'tickets-empty': records({ view: 'tickets' }, 'recordsEmpty', allTickets),
  'tickets-create': records({ view: 'tickets', create: prefilled }),
  'tickets-create-enlarged': { ...records({ view: 'tickets', create: prefilled }), size: enlarged },
  'tickets-create-missing': records({ view: 'tickets', create: {} }, 'records', submit),
  ticket: records(ofHong),
  'ticket-small': { ...records(ofHong), size: [1100, 720] },
  'ticket-enlarged': { ...records(ofHong), size: enlarged },
  'ticket-resolve': records(ofHong, 'records', { click: '.bar .next:nth-last-child(2)' }),
  'ticket-details': records(ofHong, 'records', tab(2)),
  'ticket-history': records(ofHong, 'records', tab(3)),
  'ticket-calls': records(ofHong, 'records', tab(4)),
  'ticket-tasks': records(ofHong, 'records', tab(5)),
  'ticket-closed': records({ view: 'tickets', id: 'ticket-9951' }, 'records', tab(2)),
  'ticket-hostile': records(ofHong, 'recordsHostile', tab(3)),
  tasks: records({ view: 'tasks' }),
  'tasks-enlarged': { ...records({ view: 'tasks' }), size: enlarged },
  'tasks-ticked': records({ view: 'tasks' }, 'records', { click: '.list [type=checkbox]' }),
  'tasks-complete': records(
    { view: 'tasks' },
    'records',
    { click: '.list [type=checkbox]' },
    { click: '.ticked button' },
  ),
  'tasks-empty': records({ view: 'tasks' }, 'recordsEmpty'),
  'tasks-create': records({ view: 'tasks', create: { ticket_id: 'ticket-10482' } }),
  'tasks-create-missing': records({ view: 'tasks', create: {} }, 'records', submit),
  task: records(aTask),
  'task-small': { ...records(aTask), size: [1100, 720] },
  'task-enlarged': { ...records(aTask), size: enlarged },
  'task-edit': records(aTask, 'records', { click: '.facts .pen button' }),
  'task-history': records(aTask, 'records', tab(3)),
  'task-hostile': records(aTask, 'recordsHostile'),
  orders: records({ view: 'orders' }),
  'orders-enlarged': { ...records({ view: 'orders' }), size: enlarged },
  'orders-empty': records({ view: 'orders' }, 'recordsEmpty', {
    click: '.list [role=radio]:last-child',
  }),
  'orders-create': records({ view: 'orders', create: { contact_id: 'contact-hong' } }),
  'orders-create-missing': records({ view: 'orders', create: {} }, 'records', submit),
  order: records(anOrder),
  'order-small': { ...records(anOrder), size: [1100, 720] },
  'order-enlarged': { ...records(anOrder), size: enlarged },
  'order-lines': records(anOrder, 'records', { click: '.products .acts button' }),
  'order-lines-enlarged': {
    ...records(anOrder, 'records', { click: '.products .acts button' }),
    size: enlarged,
  },
  'order-details': records(anOrder, 'records', tab(2)),
  'order-tasks': records(anOrder, 'records', tab(4)),
  'order-hostile': records(anOrder, 'recordsHostile', tab(2)),
  'palette-records': { ...records({ view: 'tickets' }), prepare: search('loi loc') },
  signedOut: { size, scene: 'signedOut', place: calls },
  lost: { size, scene: 'troubled', place: calls },
  create: {
    size,
    scene: 'calls',
    place: calls,
    prepare: [{ click: 'header [aria-haspopup=menu]' }],
  },
  bell: { size, scene: 'calls', place: help(), prepare: [bell] },
  'bell-troubled': { size, scene: 'troubled', place: help(), prepare: [bell] },
  'bell-empty': { size, scene: 'callsEmpty', place: help(), prepare: [bell] },
  palette: { size, scene: 'calls', place: calls, prepare: search('') },
  'palette-number': { size, scene: 'calls', place: calls, prepare: search('0987') },
  'palette-words': { size, scene: 'calls', place: calls, prepare: search('micro') },
  'palette-empty': { size, scene: 'calls', place: calls, prepare: search('zzz') },
  'settings-account': settings('account'),
  'settings-account-out': settings('account', 'signedOut'),
  'settings-account-practice': settings('account', 'practiceIdle'),
  'settings-account-insecure': settings('account', 'noKeyring'),
  'settings-devices': settings('devices'),
  'settings-devices-enlarged': { ...settings('devices'), size: enlarged },
  'settings-devices-recording': settings('devices', 'recording'),
  'settings-devices-gone': settings('devices', 'deviceGone'),
  'settings-devices-in-call': settings('devices', 'inCall'),
  'settings-alerts': settings('alerts'),
  'settings-alerts-sounding': settings('alerts', 'sounding'),
  'settings-shortcuts': settings('shortcuts'),
  'settings-shortcuts-recording': settings('shortcuts', 'ready', { click: '.keys' }),
  'settings-shortcuts-conflict': settings('shortcuts', 'shortcutConflict'),
  'settings-display': settings('display'),
  'settings-startup': settings('startup'),
  'settings-startup-troubled': settings('startup', 'shortcutConflict'),
  'settings-privacy': settings('privacy'),
  'settings-about': settings('about'),
  help: { size, scene: 'ready', place: help() },
  'help-enlarged': { size: enlarged, scene: 'ready', place: help() },
  'help-topic': { size, scene: 'ready', place: help('media_no_microphone') },
  'help-search': {
    size,
    scene: 'ready',
    place: help(),
    prepare: [{ click: '.search input' }, { type: 'micro' }],
  },
  'help-shortcuts': {
    size,
    scene: 'ready',
    place: help(),
    prepare: [{ click: '.sections nav button:last-child' }],
  },
};
