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
];

export const states: Record<string, Pictured> = {
  ...Object.fromEntries(scenes.map((scene) => [scene, { scene, size }])),
  smallest: { scene: 'sevenTabs', size: [420, 640] },
  restOfTabs: { scene: 'sevenTabs', size, prepare: [{ click: '.rest button' }] },
  zoomed: { scene: 'noted', size: zoomed },
  zoomedEnded: { scene: 'endedWithNote', size: zoomed },
  zoomedHeld: { scene: 'practiceHeld', size: zoomed },
  zoomedTabs: { scene: 'sevenTabs', size: zoomed },
  zoomedLongest: { scene: 'longest', size: zoomed },
};
