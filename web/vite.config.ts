import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import solid from 'vite-plugin-solid';
import { preparedReplica } from './src/replica/image/prepared-replica-plugin.ts';
import { zodWithoutEval } from './src/zod-without-eval-plugin.ts';

// The server accepts only its own origin, so the page's Host header must reach it unchanged.
const server = { target: 'http://127.0.0.1:8080', changeOrigin: false };

export default defineConfig({
  plugins: [
    solid(),
    preparedReplica(),
    zodWithoutEval(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'service-worker.ts',
      // The app registers the service worker itself: the content security policy forbids an inline script.
      injectRegister: null,
      manifest: {
        name: 'IngestHub',
        short_name: 'IngestHub',
        description: 'Browse, search and tag a studio’s media library, with or without a network.',
        display: 'standalone',
        start_url: '/',
        background_color: '#151515',
        theme_color: '#151515',
        icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      injectManifest: {
        // Only the Latin part of the typefaces: offline, names in other alphabets use the system's.
        globPatterns: ['**/*.{html,js,css,svg,wasm,data,gz,webmanifest}', '**/*-latin-wght-normal-*.woff2'],
        // PGlite is a 9 MB program with 6 MB of data; the prepared database comes on top.
        maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
        buildPlugins: { vite: [zodWithoutEval()] },
      },
    }),
  ],
  worker: { format: 'es', plugins: () => [zodWithoutEval()] },
  // PGlite loads its wasm and data from beside its modules, which fails once they are pre-bundled for development.
  optimizeDeps: { exclude: ['@electric-sql/pglite'] },
  // scripts/first-load.ts reads the manifest. The content security policy forbids inlined files.
  build: { target: 'es2022', chunkSizeWarningLimit: 1500, manifest: true, assetsInlineLimit: 0 },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': server, '/media': server },
  },
  preview: { host: '127.0.0.1' },
});
