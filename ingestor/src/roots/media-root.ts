/**
 * A media root as this host sees it. A file `.ihub-root` in the root, created by the administrator of the storage, is
 * its sentinel: the text names the tree, so that hosts that mount the same tree share its work. If the sentinel is
 * gone, the tree is not mounted.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { RootState } from './root-state.ts';

export interface MediaRoot {
  /** The sentinel's text, else '<host>:<path>'. */
  readonly id: string;
  /** Absolute, symlinks resolved. */
  readonly path: string;
}

const SENTINEL = '.ihub-root';
/** The most bytes of a sentinel to read. */
const SENTINEL_LIMIT = 256;

/** Returns the first line of a folder's sentinel; null when the sentinel is missing or empty. */
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

/** Earlier knowledge of a root. */
export interface RootHistory {
  readonly hasSentinel: boolean;
  /** Packages and incoming folders below the root that are on disk according to the library. */
  readonly knownFolders: number;
}

/**
 * Explains in one sentence for people why a root cannot be trusted; null when it can. An unmounted drive leaves an
 * empty folder, or none.
 */
export function rootProblem(
  { id, path: root }: MediaRoot,
  { real, code, isEmpty, sentinel }: RootState,
  history: RootHistory,
): string | null {
  if (code !== null) {
    return `The media root ${root} cannot be read (${code}). Nothing below it is changed until it can be read.`;
  }
  if (real !== root) {
    return `The media root ${root} now leads to ${real}. Nothing below it is changed until it leads back, or the ingestor is restarted.`;
  }
  if (sentinel !== null) {
    // A root without a sentinel may get one at any time; the sentinel takes effect at the next start.
    if (!history.hasSentinel || sentinel === id) return null;
    return `The media root ${root} holds another tree, ${sentinel} instead of ${id}. Nothing below it is changed until the former tree is back, or the ingestor is restarted to use the new one.`;
  }
  if (history.hasSentinel) {
    return `The media root ${root} no longer has its ${SENTINEL}, which looks like a drive that is not mounted. Nothing below it is changed until the file is back.`;
  }
  if (history.knownFolders > 0 && isEmpty) {
    return `The media root ${root} is empty, which looks like a drive that is not mounted. Nothing below it is changed until its files are back. If it is meant to be empty, create a file ${SENTINEL} there that holds a name for the root.`;
  }
  return null;
}
