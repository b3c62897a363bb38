/// <reference types="vite/client" />
/**
 * Fetches and compiles PGlite's programs while its files are being opened or fetched: PGlite cannot start without
 * them.
 */
import type { PGliteOptions } from '@electric-sql/pglite';
import bundleUrl from '@electric-sql/pglite/pglite.data?url';
import programUrl from '@electric-sql/pglite/pglite.wasm?url';

export async function pglitePrograms(): Promise<PGliteOptions> {
  const [pgliteWasmModule, fsBundle] = await Promise.all([
    WebAssembly.compileStreaming(fetch(programUrl)),
    fetch(bundleUrl).then((response) => response.blob()),
  ]);
  return { pgliteWasmModule, fsBundle };
}
