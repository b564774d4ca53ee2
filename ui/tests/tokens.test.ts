import { expect, test } from 'vitest';

const components = import.meta.glob<string>('../src/**/*.svelte', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const sheets = import.meta.glob<string>('../src/styles/**/*.css', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const level = (name: string): string => sheets[`../src/styles/tokens/${name}.css`]!;
const namesIn = (source: string): string[] =>
  [...source.matchAll(/(--[\w-]+)(?=:|=)/g)].map(([, name]) => name!);
const used = (source: string): string[] =>
  [...source.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name!);

const rawColour = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|color-mix)\(/gi;

test('raw colours stand in the ramp, and nowhere else', () => {
  expect(Object.keys(components).length).toBeGreaterThan(20);
  for (const [path, source] of Object.entries(components)) {
    const style = source.split('<style>')[1] ?? '';
    expect(style.match(rawColour), path).toBeNull();
  }
  for (const [path, source] of Object.entries(sheets)) {
    if (source !== level('ramp')) expect(source.match(rawColour), path).toBeNull();
  }
});

test('only the meanings and the states name the ramp; components name what a colour is for', () => {
  const ramp = new Set(namesIn(level('ramp')));
  expect(ramp.size).toBeGreaterThan(60);
  const others = Object.entries({ ...components, ...sheets }).filter(
    ([, source]) => source !== level('meaning') && source !== level('domain'),
  );
  for (const [path, source] of others) {
    expect(
      used(source).filter((name) => ramp.has(name)),
      path,
    ).toEqual([]);
  }
  const spent = new Set([...used(level('meaning')), ...used(level('domain'))]);
  expect(
    [...ramp].filter((name) => !spent.has(name)),
    'left over in the ramp',
  ).toEqual([]);
});

test('whatever a component names is there', () => {
  const known = Object.values(sheets).flatMap(namesIn);
  for (const [path, source] of Object.entries(components)) {
    const own = namesIn(source);
    const missing = used(source).filter(
      (name) => !known.includes(name) && !own.includes(name) && !name.startsWith('--bits-'),
    );
    expect(missing, path).toEqual([]);
  }
});

test('sizes and lines of type are roles: no component has its own', () => {
  for (const [path, source] of Object.entries(components)) {
    const style = source.split('<style>')[1] ?? '';
    expect(style.match(/\b(?:font-size|line-height|font):.*/g), path).toBeNull();
    expect(source, path).not.toMatch(/style:font-size|style="[^"]*font/);
  }
});

test('text is never cut from above or below, where Vietnamese marks stand', () => {
  for (const [path, source] of Object.entries(components)) {
    expect(source, path).not.toMatch(/overflow: hidden|overflow-y: (?:hidden|clip)/);
  }
});
