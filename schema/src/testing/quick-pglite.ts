/** For tests: starts PGlite without initdb, which takes seconds of processor time. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { z } from 'zod';

const CACHE = new URL('../../../node_modules/.cache/ingesthub/', import.meta.url);
const DIST = path.dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));

let options: Promise<PGliteOptions> | null = null;

/**
 * Returns options with which PGlite starts on an empty database that initdb made once and for all runs, and on a
 * program that is compiled once per process.
 */
export function quickPGlite(): Promise<PGliteOptions> {
  options ??= prepare();
  return options;
}

async function prepare(): Promise<PGliteOptions> {
  const [program, bundle, directory] = await Promise.all([
    readFile(path.join(DIST, 'pglite.wasm')),
    readFile(path.join(DIST, 'pglite.data')),
    emptyDirectory(),
  ]);
  return {
    pgliteWasmModule: await WebAssembly.compile(program),
    fsBundle: new Blob([bundle]),
    loadDataDir: new Blob([directory]),
  };
}

/** Returns a data directory as a tar. Its format depends on nothing but the version of PGlite. */
async function emptyDirectory(): Promise<Uint8Array<ArrayBuffer>> {
  const text = await readFile(path.join(DIST, '../package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
  const file = new URL(`pglite-${version}.tar`, CACHE);
  const found = await readFile(file).catch(() => null);
  if (found) return found;

  // The replica's segment size, in create-pglite.ts: shorter files.
  const database = await PGlite.create({ initDbStartParams: ['--wal-segsize=1'] });
  const dump = await database.dumpDataDir('none');
  await database.close();
  const bytes = new Uint8Array(await dump.arrayBuffer());
  await mkdir(CACHE, { recursive: true });
  const draft = new URL(`${file.href}.${process.pid}`);
  await writeFile(draft, bytes);
  await rename(draft, file);
  return bytes;
}
