/**
 * Makes the replica image, or brings it up to date: a replica in a folder of its own, which the next
 * image goes on from, read by the same code as a browser's and packed when it has everything. Node only.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { type ReplicaImage, replicaImage, replicaImageFile } from '@ingesthub/schema/replica-image.ts';
import { type ShapeName, type ShapeReference, shapes } from '@ingesthub/schema/shapes.ts';
import { createPGlite } from '../replica/create-pglite.ts';
import { finishFirstLoad, prepareDatabase, prepareForCopies, type ReplicaSql } from '../replica/prepare-database.ts';
import { readReplicaSql } from '../replica/read-replica-sql.ts';
import { readReplicatedTables } from '../replica/replicated-tables.ts';
import { createWriter } from '../replica/writer.ts';
import { catchUp } from './catch-up.ts';
import { packDirectory } from './pack-directory.ts';
import { replicaKey } from './replica-key.ts';

export interface BuildImageOptions {
  /** Origin of the server. */
  readonly server: string;
  /** For images alone. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Which projects are in it; others would have names of their own. */
const ALL_PROJECTS = 'all';

/** @throws when rows cannot be applied, or the signal aborts. */
export async function buildImage({ server, folder, signal }: BuildImageOptions): Promise<ReplicaImage> {
  await mkdir(folder, { recursive: true });
  const sql = await readReplicaSql();
  const key = await replicaKey(sql);
  const directory = path.join(folder, `${ALL_PROJECTS}-${key}`);
  const former = await readImage(folder);
  let changes: number;
  try {
    changes = await bringUpToDate(directory, sql, { server, signal });
  } catch (error) {
    // Made anew the next time, unless it was only interrupted.
    if (!signal.aborted) await rm(directory, { recursive: true, force: true });
    throw error;
  }
  if (changes === 0 && former?.key === key) return former;

  const name = `${ALL_PROJECTS}-${key}-${Date.now().toString(36)}`;
  const files = { zstd: `${name}.tar.zst`, gzip: `${name}.tar.gz` };
  const uncompressedBytes = await packDirectory(directory, {
    zstd: path.join(folder, files.zstd),
    gzip: path.join(folder, files.gzip),
    signal,
  });
  const image: ReplicaImage = { key, builtAt: new Date(), uncompressedBytes, files };
  const facts = path.join(folder, replicaImageFile(ALL_PROJECTS));
  await writeFile(`${facts}.new`, JSON.stringify(image));
  await rename(`${facts}.new`, facts);
  await removeOthers(folder, [path.basename(directory), files.zstd, files.gzip, path.basename(facts)]);
  return image;
}

/** @returns how many rows and changes came. */
async function bringUpToDate(
  directory: string,
  sql: ReplicaSql,
  options: { server: string; signal: AbortSignal },
): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const database = await createPGlite({ dataDir: directory });
  stack.defer(() => database.close());
  const { loaded } = await prepareDatabase(database, sql);
  const writer = await createWriter(database, await readReplicatedTables(database), () => {});
  const library = (Object.keys(shapes) as ShapeName[]).filter((name) => shapes[name].scope === 'library');
  let changes = await catchUp(
    library.map((name) => ({ name })),
    { ...options, writer },
  );
  changes += await catchUp(await projectShapes(database), { ...options, writer });
  if (!loaded) await finishFirstLoad(database, sql);
  await prepareForCopies(database, sql);
  return changes;
}

async function projectShapes(database: PGlite): Promise<ShapeReference[]> {
  const { rows } = await database.query<{ id: string }>('SELECT id FROM projects');
  const names = (Object.keys(shapes) as ShapeName[]).filter((name) => shapes[name].scope === 'project');
  return rows.flatMap(({ id }) => names.map((name) => ({ name, scopeId: id })));
}

/** Null: there is none yet. */
async function readImage(folder: string): Promise<ReplicaImage | null> {
  const text = await readFile(path.join(folder, replicaImageFile(ALL_PROJECTS)), 'utf8').catch(() => null);
  return text === null ? null : replicaImage.parse(JSON.parse(text));
}

/** Images and directories of before, and what a builder that was killed has left. */
async function removeOthers(folder: string, kept: readonly string[]): Promise<void> {
  const others = (await readdir(folder)).filter((name) => name.startsWith(`${ALL_PROJECTS}-`) && !kept.includes(name));
  await Promise.all(others.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}
