/**
 * Builds the replica image, or brings it up to date. A replica in its own folder is loaded by the same code as a
 * browser's and packed once it is complete; the next image continues from that folder. Node only.
 */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseShapeReference, type ShapeReference, shapes, shapesOf } from '@ingesthub/schema/library/shapes.ts';
import { readReplicaImage } from '@ingesthub/schema/replica/read-replica-image.ts';
import { type ReplicaImage, replicaImageFile } from '@ingesthub/schema/replica/replica-image.ts';
import { projectShapes } from '../follow/working-set.ts';
import { readReplicatedTables } from '../model/replicated-tables.ts';
import { createPGlite } from '../open/create-pglite.ts';
import { finishFirstLoad, prepareDatabase, prepareForCopies, type ReplicaSql } from '../open/prepare-database.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { createWriter } from '../write/writer.ts';
import { catchUp } from './catch-up.ts';
import { packDirectory } from './pack-directory.ts';

export interface BuildImageOptions {
  /** Origin of the server. */
  readonly server: string;
  /** A folder that holds nothing but images. */
  readonly folder: string;
  readonly name: string;
  /** The projects whose assets the image holds; null: all. */
  readonly projects: readonly string[] | null;
  readonly signal: AbortSignal;
}

/** @throws when rows cannot be applied, or the signal aborts. */
export async function buildImage(options: BuildImageOptions): Promise<ReplicaImage> {
  const { folder, name, signal } = options;
  await mkdir(folder, { recursive: true });
  // An image may lack whatever is written while it is read and packed, which takes minutes.
  const builtAt = new Date();
  const sql = await readReplicaSql();
  const key = sql.version;
  const directory = path.join(folder, `${name}-${key}`);
  const former = await readReplicaImage(folder, name);
  let found: { projects: string[]; handles: string[]; changes: number };
  try {
    found = await bringUpToDate(directory, sql, options);
  } catch (error) {
    // The next run starts from scratch, unless this one was only interrupted.
    if (!signal.aborted) await rm(directory, { recursive: true, force: true });
    throw error;
  }
  const isSame = found.changes === 0 && former?.key === key && former.handles.join() === found.handles.join();
  if (isSame) return describe(folder, name, { ...former, builtAt });

  const stem = `${name}-${key}-${Date.now().toString(36)}`;
  const files = { zstd: `${stem}.tar.zst`, gzip: `${stem}.tar.gz` };
  const uncompressedBytes = await packDirectory(directory, {
    zstd: path.join(folder, files.zstd),
    gzip: path.join(folder, files.gzip),
    signal,
  });
  const { projects, handles } = found;
  const image = await describe(folder, name, { key, builtAt, projects, handles, uncompressedBytes, files });
  await removeOthers(folder, name, [path.basename(directory), files.zstd, files.gzip, replicaImageFile(name)]);
  return image;
}

/** Replaces the file that describes the current image. */
async function describe(folder: string, name: string, image: ReplicaImage): Promise<ReplicaImage> {
  const facts = path.join(folder, replicaImageFile(name));
  await writeFile(`${facts}.new`, JSON.stringify(image), { flush: true });
  await rename(`${facts}.new`, facts);
  return image;
}

/** @returns the projects whose assets it holds, its shapes' handles, and how many rows and changes that took. */
async function bringUpToDate(
  directory: string,
  sql: ReplicaSql,
  options: BuildImageOptions,
): Promise<{ projects: string[]; handles: string[]; changes: number }> {
  await using stack = new AsyncDisposableStack();
  const database = await createPGlite({ dataDir: directory });
  stack.defer(() => database.close());
  const { loaded } = await prepareDatabase(database, sql);
  const writer = await createWriter(database, await readReplicatedTables(database), () => {});
  let changes = await catchUp(
    shapesOf('library').map((name) => ({ name })),
    { ...options, writer },
  );
  const { rows } = await database.query<{ id: string }>('SELECT id FROM projects ORDER BY id');
  const projects = rows.map(({ id }) => id).filter((id) => options.projects?.includes(id) ?? true);
  const gone = shapesOfOthers([...writer.shapes.keys()], projects);
  await writer.drop(gone);
  changes += gone.length;
  changes += await catchUp(projects.flatMap(projectShapes), { ...options, writer });
  await writer.writePositions();
  if (!loaded) await finishFirstLoad(database, sql);
  await prepareForCopies(database, sql);
  const handles = [...writer.shapes.values()].flatMap(({ handle }) => handle ?? []).toSorted();
  return { projects, handles, changes };
}

/** Returns a directory's shapes of projects that this image leaves out or that no longer exist. */
function shapesOfOthers(references: readonly string[], projects: readonly string[]): ShapeReference[] {
  return references
    .map(parseShapeReference)
    .filter((reference) => reference !== null)
    .filter(({ name, scopeId = '' }) => shapes[name].scope === 'project' && !projects.includes(scopeId));
}

/** Removes earlier images and directories, and leftovers of killed builders. */
async function removeOthers(folder: string, name: string, kept: readonly string[]): Promise<void> {
  const others = (await readdir(folder)).filter((file) => file.startsWith(`${name}-`) && !kept.includes(file));
  await Promise.all(others.map((file) => rm(path.join(folder, file), { recursive: true, force: true })));
}
