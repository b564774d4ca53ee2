/** The states of the callbar that need a picture, by the picture's name: see `Pictured`. */
import { sceneNames } from '../../bridge/scenes';
import type { Pictured, Step } from '../../domain/pictured';

/** These look the same in the callbar as another scene does. */
const alike = ['ringWhileCalled', 'ringShortcut', 'noted', 'sevenTabs'];
/** It grows by itself; no question stands over the small bar. */
const grown = ['signedOut', 'wrongPassword', 'askQuit', 'askDial', 'askDialSelection'];
const asks = grown.slice(2);

const bar = [360, 56] as const;
const full = [360, 620] as const;
const block: Step = { click: 'header .block button' };
const tile = (at: number): Step => ({ click: `.row > button:nth-of-type(${at})` });

const scenes = sceneNames.filter((scene) => !alike.includes(scene));
const turned = (needed: boolean) => (needed ? { prepare: [block] } : {});

export const states: Record<string, Pictured> = {
  ...Object.fromEntries(
    scenes
      .filter((scene) => !asks.includes(scene))
      .map((scene) => [`${scene}Bar`, { scene, size: bar, ...turned(grown.includes(scene)) }]),
  ),
  ...Object.fromEntries(
    scenes.map((scene) => [scene, { scene, size: full, ...turned(!grown.includes(scene)) }]),
  ),
  keypad: { scene: 'inCall', size: full, prepare: [block, tile(3)] },
  transfer: { scene: 'twoCalls', size: full, prepare: [block, tile(4)] },
  transferLongest: { scene: 'longest', size: full, prepare: [block, tile(4)] },
  practiceKeys: {
    scene: 'practiceIdle',
    size: full,
    prepare: [block, { click: '.display [aria-expanded]' }],
  },
};
