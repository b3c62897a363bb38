/** Creates a package's rows and files for tests of links. */
import { mkdir, mkdtemp, readdir, readlink, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AssetType, FileType } from '@ingesthub/schema/library/vocabulary.ts';
import type { Sql } from 'postgres';
import { v7 as uuid } from 'uuid';

export interface TestFolders {
  readonly base: string;
  readonly media: string;
  readonly datasets: string;
}

export async function makeFolders(): Promise<TestFolders> {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-links-')));
  const folders = { base, media: path.join(base, 'media'), datasets: path.join(base, 'datasets') };
  await mkdir(folders.media);
  await mkdir(folders.datasets);
  return folders;
}

export interface TestAsset {
  readonly subject?: string;
  readonly fileType?: FileType;
  readonly assetType?: AssetType;
  /** First, last and padding of a sequence. */
  readonly frames?: readonly [number, number, number];
}

/** Creates a ready package in its own project, with its files on disk. @returns its id. */
export async function makePackage(
  sql: Sql,
  { media }: TestFolders,
  name: string,
  assets: Readonly<Record<string, TestAsset>>,
): Promise<string> {
  const [projectId, packageId] = [uuid(), uuid()];
  const folder = path.join(media, `${name}-${packageId}`);
  await sql`INSERT INTO projects (id, name, type) VALUES (${projectId}, ${projectId}, 'atman')`;
  await sql`
    INSERT INTO packages (id, project_id, name, type, status, source_path)
    VALUES (${packageId}, ${projectId}, ${name}, 'atman', 'ready', ${folder})`;
  for (const [relativePath, asset] of Object.entries(assets)) await addAsset(sql, packageId, relativePath, asset);
  return packageId;
}

/** @returns the asset's id. */
export async function addAsset(
  sql: Sql,
  packageId: string,
  relativePath: string,
  { subject = 'jane_doe', fileType = 'video', assetType = 'raw', frames }: TestAsset = {},
): Promise<string> {
  const [found] = await sql`SELECT project_id, source_path FROM packages WHERE id = ${packageId}`;
  const { project_id: projectId, source_path: sourcePath } = found as { project_id: string; source_path: string };
  await sql`
    INSERT INTO subjects (id, project_id, name) VALUES (${uuid()}, ${projectId}, ${subject})
    ON CONFLICT DO NOTHING`;
  const [first, last, padding] = frames ?? [null, null, null];
  const id = uuid();
  await sql`
    INSERT INTO assets (
      id, project_id, package_id, subject_id, relative_path, name, file_type, asset_type, size_bytes, modified_at,
      first_frame, last_frame, frame_padding
    )
    SELECT
      ${id}, ${projectId}, ${packageId}, id, ${relativePath}, ${path.basename(relativePath)},
      ${frames ? 'sequence' : fileType}, ${assetType}, 1, now(), ${first}, ${last}, ${padding}
    FROM subjects WHERE project_id = ${projectId} AND name = ${subject}`;
  const file = path.join(sourcePath, relativePath);
  await mkdir(path.dirname(file), { recursive: true });
  if (!frames) await writeFile(file, relativePath);
  return id;
}

/** Lists the contents of a folder: 'a/b -> target' for links, 'a/b' for files, 'a/' for empty folders. */
export async function listTree(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const place = path.join(entry.parentPath, entry.name);
    const shown = path.relative(folder, place);
    if (entry.isSymbolicLink()) lines.push(`${shown} -> ${await readlink(place)}`);
    else if (entry.isFile()) lines.push(shown);
    else if ((await readdir(place)).length === 0) lines.push(`${shown}/`);
  }
  return lines.sort();
}
