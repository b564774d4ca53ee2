import { expect, test } from 'vitest';
import { sceneNames } from '../src/bridge/scenes';
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

test('every scene is looked at in some view', () => {
  const looked = new Set(
    Object.values(views).flatMap((states) => Object.values(states).map(({ scene }) => scene)),
  );
  expect(sceneNames.filter((scene) => !looked.has(scene))).toEqual([]);
  expect([...looked].filter((scene) => !sceneNames.includes(scene))).toEqual([]);
});
