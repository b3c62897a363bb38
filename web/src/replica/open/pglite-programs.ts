/// <reference types="vite/client" />
/**
 * PGlite's programs, fetched and compiled while its files are opened or fetched: PGlite itself begins
 * when it has them.
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
