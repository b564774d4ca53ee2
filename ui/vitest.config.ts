import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

// Components are tested in the system's Chromium; nothing is downloaded.
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export default defineConfig({
  plugins: [svelte()],
  // The sentences are checked against the codes in the Rust sources.
  server: { fs: { allow: ['..'] } },
  optimizeDeps: { include: ['axe-core', 'bits-ui', 'svelte', 'svelte/reactivity'] },
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/noon.ts'],
    // Bounds a hang only; a loaded machine needs seconds for the first page.
    testTimeout: 30_000,
    isolate: false,
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 360, height: 620 },
      provider: playwright({
        actionTimeout: 10_000,
        launchOptions: { executablePath, args: ['--no-sandbox'] },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
