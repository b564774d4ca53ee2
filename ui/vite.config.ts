import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    // Oldest engines we run in: WebKitGTK 2.44, Safari 17.5, Edge WebView2 123 (light-dark()).
    target: ['es2023', 'chrome123', 'safari17.5'],
    // The CSP allows fonts and images from 'self' only, so nothing is inlined as data.
    assetsInlineLimit: 0,
  },
});
