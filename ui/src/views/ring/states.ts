/** The states of the ring window that need a picture, by the picture's name: see `Pictured`. */
import type { Pictured } from '../../domain/pictured';

const scenes = [
  'incoming',
  'ringShortcut',
  'ringWhileCalled',
  'twoRinging',
  'ringHidden',
  'answering',
  'answeredElsewhere',
  'missed',
  'practiceIncoming',
  'practiceMissed',
  'hostile',
  'longest',
];

export const states: Record<string, Pictured> = Object.fromEntries(
  scenes.map((scene) => [scene, { scene, size: [380, 190] }]),
);
