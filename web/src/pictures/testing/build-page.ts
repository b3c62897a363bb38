/** Builds the test page and the service worker with the product's settings, without the rest of the app. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import solid from 'vite-plugin-solid';

export async function buildTestPage(outDir: string): Promise<void> {
  await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    plugins: [solid()],
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 10_000 },
    worker: { format: 'es' },
    logLevel: 'error',
  });
  await build({
    configFile: false,
    define: {
      'self.__WB_MANIFEST': JSON.stringify([{ url: '/index.html', revision: '1' }]),
      'process.env.NODE_ENV': '"production"',
    },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('../../service-worker.ts', import.meta.url)),
        formats: ['es'],
        fileName: () => 'service-worker.js',
      },
    },
    logLevel: 'error',
  });
}
