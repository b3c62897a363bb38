/** Runs in a walk's thread: reads folders and stats files, so that slow drives do not block the main thread. */
import { parentPort } from 'node:worker_threads';
import { fileProblem, isGone } from './file-problem.ts';
import { type FolderContent, joinPath, readFolder } from './read-folder.ts';
import { type StatedFiles, statFiles } from './stat-files.ts';

export interface WalkRequest {
  /** The package's folder, absolute. */
  readonly base: string;
  readonly roots: readonly string[];
  /** Whether files of these folders are statted too. */
  readonly stat: boolean;
  /** Folders to read, relative to `base`. */
  readonly folders: readonly string[];
  /** Files of one folder to stat, joined by '/'. */
  readonly files: { readonly folder: string; readonly names: string } | null;
}

export interface WalkReply {
  /** Replies for as many of the first folders as time allowed, at least one. */
  readonly folders: readonly FolderReply[];
  readonly files: StatedFiles | null;
  /** The time taken, and the number of folders and files that it covers. */
  readonly milliseconds: number;
  readonly entries: number;
}

export type FolderReply =
  | {
      readonly kind: 'read';
      readonly content: Omit<FolderContent, 'files'>;
      /** Files that were not statted, joined by '/'. */
      readonly names: string;
      readonly stated: StatedFiles | null;
    }
  | { readonly kind: 'unreadable'; readonly problem: string }
  | { readonly kind: 'gone' };

/** Limits each reply, so that a slow drive is noticed and shared among more threads before a folder is complete. */
const READ_MS = 30;
const STAT_MS = 250;
/** Files that are statted together with their folder. */
const FIRST_FILES = 1000;

parentPort?.on('message', (request: WalkRequest) => {
  const started = performance.now();
  const folders: FolderReply[] = [];
  let entries = 0;
  for (const folder of request.folders) {
    const reply = read(request, folder, started + READ_MS);
    folders.push(reply);
    entries += 1 + (reply.kind === 'read' ? (reply.stated?.done ?? 0) : 0);
    if (performance.now() > started + READ_MS) break;
  }
  let files: StatedFiles | null = null;
  if (request.files) {
    const { folder, names } = request.files;
    files = statFiles(joinPath(request.base, folder), names.split('/'), started + STAT_MS);
    entries += files.done;
  }
  const reply: WalkReply = { folders, files, milliseconds: performance.now() - started, entries };
  const moved = [...folders.map((one) => (one.kind === 'read' ? one.stated : null)), files].flatMap((stated) =>
    stated ? [stated.numbers.buffer, stated.places.buffer, stated.modified.buffer] : [],
  );
  parentPort?.postMessage(reply, moved);
});

function read({ base, roots, stat }: WalkRequest, folder: string, deadline: number): FolderReply {
  try {
    const { files, ...content } = readFolder(base, folder, roots);
    const stated = stat ? statFiles(joinPath(base, folder), files.slice(0, FIRST_FILES), deadline) : null;
    return { kind: 'read', content, names: files.slice(stated?.done).join('/'), stated };
  } catch (error) {
    return isGone(error) ? { kind: 'gone' } : { kind: 'unreadable', problem: fileProblem(error) };
  }
}
