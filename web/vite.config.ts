import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import solid from 'vite-plugin-solid';
import { preparedReplica } from './src/replica-image/prepared-replica-plugin.ts';

// The server answers its own origin only: a page's Host header must reach it as it is.
const server = { target: 'http://127.0.0.1:8080', changeOrigin: false };

export default defineConfig({
  plugins: [
    solid(),
    preparedReplica(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'service-worker.ts',
      // The app registers it: a script in the page would be against the content security policy.
      injectRegister: null,
      manifest: {
        name: 'IngestHub',
        short_name: 'IngestHub',
        description: 'Browse, search and tag a studio’s media library, with or without a network.',
        display: 'standalone',
        start_url: '/',
        background_color: '#161616',
        theme_color: '#161616',
        icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,svg,wasm,data,gz,webmanifest}'],
        // PGlite: a 9 MB program and 6 MB of data; a prepared database beside it.
        maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
      },
    }),
  ],
  worker: { format: 'es' },
  // Its wasm and data lie beside its modules, where they are not once it is bundled for development.
  optimizeDeps: { exclude: ['@electric-sql/pglite'] },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': server, '/media': server },
  },
  preview: { host: '127.0.0.1' },
});
