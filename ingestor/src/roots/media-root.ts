/**
 * A media root as this host sees it. A file `.ihub-root` in it, made by whoever keeps the storage, is its
 * sentinel: its text names the tree, so that hosts which mount the same one share its work, and where it
 * was once and is no more, the tree is not mounted.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { RootSight } from './root-sight.ts';

export interface MediaRoot {
  /** What the sentinel says, else '<host>:<path>'. */
  readonly id: string;
  /** Absolute, symlinks resolved. */
  readonly path: string;
}

const SENTINEL = '.ihub-root';
/** Bytes of a sentinel that are read. */
const SENTINEL_LIMIT = 256;

/** What the sentinel of a folder says, on one line; null: there is none, or it says nothing. */
export async function readSentinel(folder: string): Promise<string | null> {
  const file = await open(path.join(folder, SENTINEL), constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SENTINEL_LIMIT), 0, SENTINEL_LIMIT, 0);
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 1);
    return line.replaceAll(/\p{Cc}/gu, '').trim() || null;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

export function rootId(host: string, folder: string, sentinel: string | null): string {
  return sentinel ?? `${host}:${folder}`;
}

/** What is known of a root from before. */
export interface RootHistory {
  readonly hasSentinel: boolean;
  /** Packages and incoming folders that lie below it and are on disk, as far as anybody knows. */
  readonly knownFolders: number;
}

/**
 * Why a root is not to be believed, in one sentence for people; null when it may be: an unmounted drive leaves an
 * empty folder, or none.
 */
export function rootProblem(
  { id, path: root }: MediaRoot,
  { real, code, isEmpty, sentinel }: RootSight,
  history: RootHistory,
): string | null {
  if (code !== null) {
    return `The media root ${root} cannot be read (${code}): nothing below it is changed until it can.`;
  }
  if (real !== root) {
    return `The media root ${root} leads to ${real} now: nothing below it is changed until it leads there no more, or the ingestor is started again.`;
  }
  if (sentinel !== null) {
    // One without a sentinel may get one at any time; it is known by it from the next start on.
    if (!history.hasSentinel || sentinel === id) return null;
    return `The media root ${root} holds another tree, ${sentinel} instead of ${id}: nothing below it is changed until that is back, or the ingestor is started again for the new one.`;
  }
  if (history.hasSentinel) {
    return `The media root ${root} has no ${SENTINEL} any more, which looks like a drive that is not mounted: nothing below it is changed until it is back.`;
  }
  if (history.knownFolders > 0 && isEmpty) {
    return `The media root ${root} is empty, which looks like a drive that is not mounted: nothing below it is changed until it is back. If it is meant to be empty, put a file ${SENTINEL} with a name for it there.`;
  }
  return null;
}
