/** Builds the test page the way the product builds its own. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { preparedReplica } from '../../image/prepared-replica-plugin.ts';

export async function buildTestPage(outDir: string): Promise<void> {
  await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    plugins: [preparedReplica()],
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 10_000 },
    worker: { format: 'es' },
    logLevel: 'error',
  });
}
