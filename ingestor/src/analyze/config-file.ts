/** Reads the `config.json` of a VFX package: that it exists is a signal, and it may name the subject. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { z } from 'zod';
import { isInsideAny } from '../scan/media-roots.ts';
import type { FolderToPropose } from './kinds/package-kind.ts';
import { SHARED_SUBJECT } from './rules/layout.ts';

/** The keys that are read; clients write others too. Nothing in it is ever used as a path. */
const config = z.looseObject({
  /** The person in the package. */
  subject: z.string().trim().min(1).max(200).optional().catch(undefined),
});
/** Bytes; a longer file is not read. */
const MAX_SIZE = 64 * 1024;

/** A pipe would wait for ever, and a link may lead out of the media roots. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

interface ConfigFile {
  /** Null: it names none, or is not valid JSON. */
  readonly subject: string | null;
}

/**
 * Collects the facts about a folder that its own listing lacks.
 *
 * @param folder absolute path text, symlinks resolved.
 * @param root the media root that it lies in; nothing above it is read.
 */
export async function folderToPropose(folder: string, root: string): Promise<FolderToPropose> {
  const beside = await configBeside(folder, [root]);
  const own = await configIn(folder);
  return {
    path: folder,
    root,
    parentHasConfig: beside !== null,
    configSubject: own?.subject ?? beside?.subject ?? null,
  };
}

/** @param roots absolute, symlinks resolved; nothing above them is read. */
export async function parentHasConfig(folder: string, roots: readonly string[]): Promise<boolean> {
  return (await configBeside(folder, roots)) !== null;
}

/** @param folder absolute path text. */
export async function hasConfig(folder: string): Promise<boolean> {
  return (await configIn(folder)) !== null;
}

async function configBeside(folder: string, roots: readonly string[]): Promise<ConfigFile | null> {
  const parent = path.dirname(folder);
  return isInsideAny(roots, parent) ? configIn(parent) : null;
}

/** Returns null when there is none. */
async function configIn(folder: string): Promise<ConfigFile | null> {
  let text: string;
  try {
    await using file = await open(diskPath(path.join(folder, 'config.json')), FLAGS);
    if (!(await file.stat()).isFile()) return { subject: null };
    const buffer = Buffer.alloc(MAX_SIZE + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    text = bytesRead > MAX_SIZE ? '' : buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : { subject: null };
  }
  return { subject: subjectIn(text) };
}

function subjectIn(text: string): string | null {
  try {
    const { subject = null } = config.parse(JSON.parse(text));
    return subject?.toLowerCase() === SHARED_SUBJECT ? null : subject;
  } catch {
    return null;
  }
}
