/**
 * Fails when the built app makes a browser fetch more JavaScript than it may before its start page shows: the modules that
 * the document starts with, and those of the page. Prints the same for every page. The worker and PGlite load beside them
 * and are not counted.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const MOST_KB = 120;
const DIST = path.resolve(import.meta.dirname, '../web/dist');
const START = ['index.html', 'src/start-app.tsx'];
const START_PAGE = 'src/views/dashboard/dashboard-page.tsx';

/** Vite's manifest: https://vite.dev/guide/backend-integration */
type Manifest = Readonly<Record<string, { readonly file: string; readonly imports?: readonly string[] }>>;

const modules = JSON.parse(await readFile(path.join(DIST, '.vite/manifest.json'), 'utf8')) as Manifest;
const start = new Set(START.flatMap((name) => [...closure(name)]));
const pages = Object.keys(modules).filter((name) => /^src\/views\/.*-page\.tsx$/.test(name));
const rows = await Promise.all(
  pages.map(async (page) => ({ page, kb: await sizeOf(new Set([...start, ...closure(page)])) })),
);
console.table(
  rows.toSorted((a, b) => b.kb - a.kb).map(({ page, kb }) => ({ page, 'kB, gzip': Number(kb.toFixed(1)) })),
);
const first = rows.find(({ page }) => page === START_PAGE);
if (first === undefined) throw new Error(`The manifest does not name ${START_PAGE}: build the app again.`);
if (first.kb > MOST_KB) {
  console.error(`The start page needs ${first.kb.toFixed(1)} kB of JavaScript; at most ${MOST_KB} kB are allowed.`);
  process.exit(1);
}

/** Returns a module and all that it imports statically. */
function closure(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  const module = modules[name];
  if (module === undefined) throw new Error(`The manifest does not name ${name}: build the app again.`);
  found.add(name);
  for (const next of module.imports ?? []) closure(next, found);
  return found;
}

async function sizeOf(names: ReadonlySet<string>): Promise<number> {
  const files = [...names].map((name) => modules[name]?.file ?? '').filter((file) => file.endsWith('.js'));
  const sizes = await Promise.all(
    [...new Set(files)].map(async (file) => (await promisify(gzip)(await readFile(path.join(DIST, file)))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}
