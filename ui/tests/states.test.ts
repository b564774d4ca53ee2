import { expect, test } from 'vitest';
import { sceneNames } from '../src/bridge/scenes';
import { workspaceScenes } from '../src/bridge/sceneSettings';
import { states as callbar } from '../src/views/callbar/states';
import { states as popup } from '../src/views/popup/states';
import { states as ring } from '../src/views/ring/states';
import { states as workspace } from '../src/views/workspace/states';

const views = { callbar, popup, ring, workspace };
const declared = import.meta.glob('../src/views/*/states.ts');

test('every view that lists states is among those whose pictures are taken', () => {
  const found = Object.keys(declared).map((path) => path.split('/').at(-2));
  expect(found.sort()).toEqual(Object.keys(views).sort());
});

test('every scene is looked at in some view, and no state names one that is not there', () => {
  const looked = Object.values(views).flatMap((states) => Object.values(states));
  const named = new Set(looked.map(({ scene }) => scene));
  const scenes = new Set([...sceneNames, ...Object.keys(workspaceScenes)]);
  expect([...scenes].filter((scene) => !named.has(scene))).toEqual([]);
  expect([...named].filter((scene) => !scenes.has(scene))).toEqual([]);
});
