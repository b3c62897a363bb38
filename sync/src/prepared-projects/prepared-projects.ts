/** Keeps prepared projects: each is made at its first request, shared by all readers, and made again when much has changed. */

import type { FileHandle } from 'node:fs/promises';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isShapeName, shapes } from '@ingesthub/schema/library/shapes.ts';
import {
  type PreparedProject,
  type PreparedShape,
  preparedProject,
} from '@ingesthub/schema/replica/prepared-project.ts';
import pLimit from 'p-limit';
import type { Sql } from 'postgres';
import type { ShapeSource } from '../shapes/shape-source.ts';
import { shapeUrl } from '../shapes/shape-url.ts';
import { chunkFile, FACTS, prepareProject } from './prepare-project.ts';

export interface PreparedProjectsOptions {
  readonly sql: Sql;
  readonly source: ShapeSource;
  /** Used for prepared projects only. */
  readonly folder: string;
  readonly maxBytes?: number;
}

/** Those made longest ago are removed first. */
const MAX_BYTES = 4_000_000_000;
/** Kept for each project: browsers may still be loading the one before. */
const KEPT = 2;
/** Share of a shape's rows, in bytes, beyond which its later changes cost more than another copy; and bytes that never do. */
const STALE = { share: 0.1, bytes: 256 * 1024 } as const;

export class PreparedProjects {
  readonly #options: PreparedProjectsOptions;
  /** One at a time, because a large project occupies a core and a disk. */
  readonly #turn = pLimit(1);
  readonly #asked = new Map<string, Promise<PreparedProject>>();
  #lastId = 0;

  constructor(options: PreparedProjectsOptions) {
    this.#options = options;
  }

  /** Returns a project's current copy. @throws when it cannot be made now. */
  get(projectId: string): Promise<PreparedProject> {
    const asked = this.#asked.get(projectId);
    if (asked) return asked;
    const answer = this.#turn(() => this.#current(projectId)).finally(() => this.#asked.delete(projectId));
    this.#asked.set(projectId, answer);
    return answer;
  }

  /** Returns a copy that a browser has begun to load; null when it is gone. */
  async find(projectId: string, id: string): Promise<PreparedProject | null> {
    try {
      const text = await readFile(path.join(this.#folderOf(projectId, id), FACTS), 'utf8');
      return preparedProject.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  /** Opens a chunk, compressed with zstd; null when it is gone. */
  async openChunk(projectId: string, id: string, shape: string, index: number): Promise<FileHandle | null> {
    return open(path.join(this.#folderOf(projectId, id), chunkFile(shape, index))).catch(() => null);
  }

  async #current(projectId: string): Promise<PreparedProject> {
    const { sql, source, folder } = this.#options;
    const [latest] = (await this.#kept()).filter((kept) => kept.projectId === projectId);
    const found = latest ? await this.find(projectId, latest.id) : null;
    if (found && (await this.#isFresh(projectId, found))) return found;
    // Sorts by time, and is no directory's name twice.
    this.#lastId = Math.max(Date.now(), this.#lastId + 1);
    const id = this.#lastId.toString(36).padStart(9, '0');
    const prepared = await prepareProject({
      sql,
      source,
      projectId,
      id,
      folder: path.join(folder, `${projectId}.${id}`),
    });
    await this.#tidy();
    return prepared;
  }

  async #isFresh(projectId: string, { shapes: parts }: PreparedProject): Promise<boolean> {
    for (const part of parts) {
      if (!isShapeName(part.name) || part.columns.join() !== shapes[part.name].columns.join()) return false;
      const url = shapeUrl({ name: part.name, scopeId: projectId });
      url.searchParams.set('handle', part.handle);
      url.searchParams.set('offset', part.offset);
      const answer = await this.#options.source.fetch(new Request(url));
      const changed = (await answer.arrayBuffer()).byteLength;
      if (!answer.ok || !answer.headers.has('electric-up-to-date') || changed > allowed(part)) return false;
    }
    return true;
  }

  /** Returns the copies on disk, latest first. */
  async #kept(): Promise<{ projectId: string; id: string; folder: string }[]> {
    const { folder } = this.#options;
    const names = await readdir(folder).catch(() => []);
    return names
      .filter((name) => !name.endsWith('.new'))
      .map((name) => {
        const [projectId = '', id = ''] = name.split('.');
        return { projectId, id, folder: path.join(folder, name) };
      })
      .toSorted((a, b) => (a.id < b.id ? 1 : -1));
  }

  async #tidy(): Promise<void> {
    const { maxBytes = MAX_BYTES } = this.#options;
    const ofProject = new Map<string, number>();
    let bytes = 0;
    for (const { projectId, folder } of await this.#kept()) {
      const before = ofProject.get(projectId) ?? 0;
      ofProject.set(projectId, before + 1);
      bytes += await sizeOf(folder);
      // The latest of all stays, however large it is.
      const isLatest = ofProject.size === 1 && before === 0;
      if (before >= KEPT || (bytes > maxBytes && !isLatest)) await rm(folder, { recursive: true, force: true });
    }
  }

  #folderOf(projectId: string, id: string): string {
    return path.join(this.#options.folder, `${projectId}.${id}`);
  }
}

function allowed({ chunks }: PreparedShape): number {
  return STALE.bytes + STALE.share * chunks.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (file) => (await stat(path.join(folder, file))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
