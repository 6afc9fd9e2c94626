import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const src = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  plugins: [svelte()],
  resolve: {
    // Unit tests run the runes of the browser, not those of server rendering.
    conditions: process.env.VITEST ? ['browser'] : undefined,
    alias: {
      $lib: src('lib'),
      $components: src('components'),
      $features: src('features'),
      $views: src('views'),
    },
  },
  // The window is WebKitGTK 2.40 or newer, WebView2, or WKWebView of macOS 13.
  build: {
    target: ['es2022', 'safari16', 'chrome109'],
    // The page's policy allows no inline script and no data: scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // public/.gitkeep is copied to dist, where it is committed: Go embeds the folder even before a build.
    emptyOutDir: true,
  },
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
