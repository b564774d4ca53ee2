/** The states of the call window that need a picture, by the picture's name: see `Pictured`. */
import type { Pictured } from '../../domain/pictured';

const size = [440, 752] as const;
/** 440 × 752 at 200 %. */
const zoomed = [220, 376] as const;

const scenes = [
  'ready',
  'incoming',
  'dialing',
  'inCall',
  'held',
  'lostInCall',
  'noted',
  'twoCalls',
  'sevenTabs',
  'busy',
  'endedWithNote',
  'ringHidden',
  'practiceInCall',
  'practiceEnded',
  'hostile',
  'longest',
  'customers',
  'maybe',
  'bare',
  'waits',
  'hubAway',
  'formRefused',
];

const tab = (at: number) => [{ click: `.history [role=tab]:nth-child(${at})` }];

export const states: Record<string, Pictured> = {
  ...Object.fromEntries(scenes.map((scene) => [scene, { scene, size }])),
  tickets: { scene: 'inCall', size, prepare: tab(2) },
  orders: { scene: 'inCall', size, prepare: tab(3) },
  tasks: { scene: 'inCall', size, prepare: tab(4) },
  noTickets: { scene: 'ringHidden', size, prepare: tab(2) },
  newCustomer: { scene: 'incoming', size, prepare: [{ click: '.none + button' }] },
  newCustomerMissing: {
    scene: 'ringHidden',
    size,
    prepare: [{ click: '.none + button' }, { click: 'form [type=submit]' }],
  },
  outcomeMissing: { scene: 'inCall', size, prepare: [{ click: 'footer .accent' }] },
  smallest: { scene: 'sevenTabs', size: [420, 640] },
  restOfTabs: { scene: 'sevenTabs', size, prepare: [{ click: '.rest button' }] },
  zoomed: { scene: 'noted', size: zoomed },
  zoomedTickets: { scene: 'inCall', size: zoomed, prepare: tab(2) },
  zoomedCustomer: { scene: 'incoming', size: zoomed, prepare: [{ click: '.none + button' }] },
  zoomedEnded: { scene: 'endedWithNote', size: zoomed },
  zoomedHeld: { scene: 'practiceHeld', size: zoomed },
  zoomedTabs: { scene: 'sevenTabs', size: zoomed },
  zoomedLongest: { scene: 'longest', size: zoomed },
};
