import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const tauri = { group: ['@tauri-apps/*'], message: 'Only src/bridge talks to Tauri.' };

/** A tier of `src` may import the tiers before it, never those after it. */
function tier(folder, ...later) {
  return {
    files: [`src/${folder}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            tauri,
            ...later.map((name) => ({
              group: [`**/${name}/**`],
              message: `${folder} does not know ${name}: bridge ← i18n ← shared ← domain ← each of views.`,
            })),
          ],
        },
      ],
    },
  };
}

const views = readdirSync(new URL('src/views', import.meta.url));

/** No view knows another, but the workspace shows the settings. What they share is in `domain`. */
const shows = (view, other) => view === other || (view === 'workspace' && other === 'settings');

export default ts.config(
  { ignores: ['dist', 'screenshots', 'src/bridge/generated.ts', 'src/bridge/hub.generated.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Taking a field out of an object is how the rest of it is had.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'no-console': 'error',
      'no-restricted-imports': ['error', { patterns: [tauri] }],
      // Text from outside is never HTML.
      'svelte/no-at-html-tags': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  {
    files: ['src/bridge/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/i18n/**', '**/shared/**', '**/domain/**', '**/views/**'] }] },
      ],
    },
  },
  tier('i18n', 'shared', 'domain', 'views'),
  tier('shared', 'domain', 'views'),
  tier('domain', 'views'),
  ...views.map((view) => tier(`views/${view}`, ...views.filter((other) => !shows(view, other)))),
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
);
