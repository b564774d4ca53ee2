import { expect, test } from 'vitest';

const components = import.meta.glob<string>('../src/**/*.svelte', {
  query: '?raw',
  import: 'default',
  eager: true,
});

test('components name colours by their meaning only', () => {
  expect(Object.keys(components).length).toBeGreaterThan(20);
  for (const [path, source] of Object.entries(components)) {
    const style = source.split('<style>')[1] ?? '';
    expect(style.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(/gi), path).toBeNull();
  }
});

test('text is never cut from above or below, where Vietnamese marks stand', () => {
  for (const [path, source] of Object.entries(components)) {
    expect(source, path).not.toMatch(/overflow: hidden|overflow-y: (?:hidden|clip)/);
  }
});
