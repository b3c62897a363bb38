/**
 * A file tree that survives crashes. Two files take turns: each begins with the whole tree on one line, followed by
 * a line for each change. The turn passes once the whole next tree is on disk.
 */
import { type Change, FileError, FileTree, type FolderNode } from './file-tree.ts';
import type { SyncFile } from './sync-file.ts';

/** Bytes of change lines that justify writing a new tree: reading them adds a few milliseconds to each opening. */
const LONG_BYTES = 512 * 1024;
/** Lines are buffered: each write takes the browser 0.1 ms, and a large statement produces thousands of lines. */
const MANY_CHARACTERS = 64 * 1024;
/** Bytes reserved for lines: a change whose line found no room would be lost. */
const ROOM_BYTES = 2 * LONG_BYTES;

export class TreeLog {
  readonly tree: FileTree;
  readonly #files: readonly [SyncFile, SyncFile];
  readonly #encoder = new TextEncoder();
  /** Counts the trees; odd and even ones are in different files. */
  #generation: number;
  #end: number;
  #treeEnd: number;
  /** The end of the lines that would survive a power cut. */
  #safeEnd: number;
  /** Lines that are not in the file yet. */
  #lines = '';

  constructor(files: readonly [SyncFile, SyncFile]) {
    this.#files = files;
    const [found] = files.map(read).sort((a, b) => (b?.generation ?? -1) - (a?.generation ?? -1));
    this.#generation = found?.generation ?? -1;
    this.#end = found?.end ?? 0;
    this.#treeEnd = found?.treeEnd ?? 0;
    this.#safeEnd = 0;
    this.tree = found?.tree ?? new FileTree();
    if (!found) this.renew();
  }

  /** Applies a change and records it; it is in the file after the next flush. */
  add(change: Change): ReturnType<FileTree['apply']> {
    const result = this.tree.apply(change);
    this.#lines += `${JSON.stringify(change)}\n`;
    if (this.#lines.length > MANY_CHARACTERS) this.#write();
    return result;
  }

  flush(): void {
    this.#write();
    const renewed = this.#end - this.#treeEnd > LONG_BYTES && this.#renewIfRoom();
    if (!renewed && this.#end > this.#safeEnd) this.#current.flush();
    this.#safeEnd = this.#end;
  }

  /** Writes the whole tree to the other file and passes the turn to it. */
  renew(): void {
    const generation = this.#generation + 1;
    const next = this.#files[(generation % 2) as 0 | 1];
    const line = this.#encoder.encode(`${JSON.stringify({ generation, root: this.tree.root })}\n`);
    next.truncate(0);
    next.truncate(line.length + ROOM_BYTES);
    next.write(line, { at: 0 });
    next.flush();
    this.#lines = '';
    this.#generation = generation;
    this.#end = line.length;
    this.#treeEnd = line.length;
    this.#safeEnd = this.#end;
  }

  #renewIfRoom(): boolean {
    try {
      this.renew();
      return true;
    } catch (error) {
      if (error instanceof FileError && error.isNoRoom) return false;
      throw error;
    }
  }

  #write(): void {
    if (this.#lines === '') return;
    const bytes = this.#encoder.encode(this.#lines);
    this.#current.write(bytes, { at: this.#end });
    this.#end += bytes.length;
    this.#lines = '';
  }

  get #current(): SyncFile {
    return this.#files[(this.#generation % 2) as 0 | 1];
  }
}

/** @returns null when the file does not begin with a whole tree. */
function read(file: SyncFile): { generation: number; tree: FileTree; treeEnd: number; end: number } | null {
  const bytes = new Uint8Array(file.getSize());
  file.read(bytes, { at: 0 });
  const first = line(bytes, 0);
  if (first === null) return null;
  const { generation, root } = first.value as { generation: number; root: FolderNode };
  const tree = new FileTree(root);
  let { end } = first;
  for (let next = line(bytes, end); next !== null; next = line(bytes, end)) {
    tree.apply(next.value as Change);
    end = next.end;
  }
  // Files that the lines removed are known no longer: other files may have their blocks since.
  return { generation, tree: new FileTree(tree.root), treeEnd: first.end, end };
}

/** @returns null at the end, and at a line that a crash cut off or never wrote. */
function line(bytes: Uint8Array, start: number): { value: unknown; end: number } | null {
  const end = bytes.indexOf(NEWLINE, start);
  if (end < 0) return null;
  try {
    return { value: JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))), end: end + 1 };
  } catch {
    return null;
  }
}

const NEWLINE = 10;
