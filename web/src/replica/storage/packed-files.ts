/**
 * A file system for PGlite that keeps all files of a data directory in one file, and their names and places in a
 * log: the browser takes a millisecond to open a file, and a data directory has hundreds.
 *
 * Postgres runs with fsync off, since PGlite has none. Writes that a power cut must not reorder are flushed in
 * order (the log before the pages, the pages before the control file that records a checkpoint), and all writes
 * at the end of each statement.
 */
import { BaseFilesystem, type FsStats } from '@electric-sql/pglite/basefs';
import {
  BLOCK_BYTES,
  blocksOf,
  type Change,
  FileError,
  type FileNode,
  type FileTree,
  type FolderNode,
  isFolder,
} from './file-tree.ts';
import { FreeSpace } from './free-space.ts';
import { ReservedRoom } from './reserved-room.ts';
import type { SyncFile } from './sync-file.ts';
import { TreeLog } from './tree-log.ts';

export interface PackedFilesOptions {
  readonly contents: SyncFile;
  readonly logs: readonly [SyncFile, SyncFile];
  /** False: nothing is flushed until {@link PackedFiles.becomeDurable}. */
  readonly durable: boolean;
}

/** A growing file doubles its room, but gains at most this many blocks at a time. */
const MOST_ROOM = 512;

interface OpenFile {
  readonly node: FileNode;
  readonly role: 'log' | 'control' | 'page';
}

export class PackedFiles extends BaseFilesystem {
  readonly #contents: SyncFile;
  readonly #logs: readonly [SyncFile, SyncFile];
  readonly #log: TreeLog;
  readonly #space: FreeSpace;
  readonly #room: ReservedRoom;
  readonly #open = new Map<number, OpenFile>();
  readonly #removed = new Set<FileNode>();
  #lastHandle = 0;
  #durable: boolean;
  /** Bytes written since the last flush: of the log, and in total. */
  #logBytes = 0;
  #bytes = 0;

  constructor({ contents, logs, durable }: PackedFilesOptions) {
    super();
    this.#contents = contents;
    this.#logs = logs;
    this.#durable = durable;
    this.#log = new TreeLog(logs);
    this.#space = new FreeSpace([...this.#tree.files.values()].flatMap(({ extents }) => extents));
    this.#room = new ReservedRoom(contents, this.#space.end * BLOCK_BYTES);
  }

  /** Returns whether the device has room for the next writes. */
  hasRoom(): boolean {
    return this.#room.isWhole();
  }

  /** Makes everything written so far safe, and each statement's writes from now on once the statement ends. */
  becomeDurable(): void {
    this.#durable = true;
    this.#contents.flush();
    this.#log.renew();
    this.#flush();
  }

  override async syncToFs(relaxed = false): Promise<void> {
    if (!relaxed) this.#flush();
  }

  override async closeFs(): Promise<void> {
    this.#flush();
    this.#log.flush();
    for (const file of [this.#contents, ...this.#logs]) file.close();
  }

  chmod(path: string, mode: number): void {
    this.#change(['mode', path, mode]);
  }

  open(path: string): number {
    const node = this.#tree.file(path);
    const handle = ++this.#lastHandle;
    const role = path.startsWith('/pg_wal/') ? 'log' : path === '/global/pg_control' ? 'control' : 'page';
    this.#open.set(handle, { node, role });
    return handle;
  }

  close(handle: number): void {
    const { node } = this.#opened(handle);
    this.#open.delete(handle);
    if (this.#removed.has(node)) this.#release(node);
  }

  fstat(handle: number): FsStats {
    return stats(this.#opened(handle).node);
  }

  lstat(path: string): FsStats {
    return stats(this.#tree.find(path));
  }

  readdir(path: string): string[] {
    return Object.keys(this.#tree.folder(path).children);
  }

  mkdir(path: string, options?: { recursive?: boolean; mode?: number }): void {
    if (this.#exists(path)) throw new FileError('EEXIST', path);
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (options?.recursive && !this.#exists(parent)) this.mkdir(parent, options);
    this.#change(['folder', path, options?.mode ?? 0o40700]);
  }

  rmdir(path: string): void {
    if (this.readdir(path).length > 0) throw new FileError('ENOTEMPTY', path);
    this.#change(['remove', path]);
  }

  rename(from: string, to: string): void {
    this.#change(['rename', from, to]);
  }

  unlink(path: string): void {
    this.#tree.file(path);
    this.#change(['remove', path]);
  }

  /** Does nothing: Postgres never reads the times of its data directory's files. */
  utimes(): void {}

  truncate(path: string, bytes = 0): void {
    const node = this.#tree.file(path);
    if (bytes > node.size) this.#grow(node, bytes);
    else if (bytes < node.size) this.#change(['shrink', node.id, bytes]);
  }

  writeFile(path: string, data: string | Uint8Array, options?: { mode?: number }): void {
    if (this.#exists(path)) this.truncate(path);
    else this.#change(['file', path, options?.mode ?? 0o100600, this.#tree.nextId()]);
    const bytes = new Uint8Array(typeof data === 'string' ? new TextEncoder().encode(data) : data);
    if (bytes.length > 0) this.#write(this.#tree.file(path), bytes, 0);
  }

  /** Creates a file with contiguous room. @returns a function that takes its contents piece by piece. */
  addFile(path: string, mode: number, bytes: number): (piece: Uint8Array<ArrayBuffer>) => void {
    this.writeFile(path, '', { mode });
    const node = this.#tree.file(path);
    this.#extend(node, Math.ceil(bytes / BLOCK_BYTES));
    this.#change(['size', node.id, bytes]);
    let position = 0;
    return (piece) => {
      this.#transfer(node, position, piece, (part, at) => this.#contents.write(part, { at }));
      position += piece.length;
      this.#bytes += piece.length;
    };
  }

  /** @param buffer PGlite's memory; `offset` counts from the start of its underlying `buffer`. */
  read(handle: number, buffer: Uint8Array, offset: number, length: number, position: number): number {
    const { node } = this.#opened(handle);
    const count = Math.max(0, Math.min(length, node.size - position));
    const bytes = new Uint8Array(buffer.buffer as ArrayBuffer, offset, count);
    return this.#transfer(node, position, bytes, (part, at) => this.#contents.read(part, { at }));
  }

  /** @param buffer an ArrayBuffer at run time, despite PGlite's type. */
  write(handle: number, buffer: Uint8Array | ArrayBuffer, offset: number, length: number, position: number): number {
    const { node, role } = this.#opened(handle);
    // A page beyond the file's end is unused until the log refers to it, so losing the page loses nothing.
    const replaces = role === 'page' && position < node.size;
    if (this.#durable && (role === 'control' || (replaces && this.#logBytes > 0))) this.#flush();
    const memory = buffer instanceof ArrayBuffer ? buffer : (buffer.buffer as ArrayBuffer);
    this.#write(node, new Uint8Array(memory, offset, length), position, role);
    if (role === 'log') this.#logBytes += length;
    return length;
  }

  get #tree(): FileTree {
    return this.#log.tree;
  }

  #write(node: FileNode, bytes: Uint8Array<ArrayBuffer>, position: number, role: OpenFile['role'] = 'page'): void {
    if (position > node.size) this.#grow(node, position, role);
    this.#makeRoom(node, position + bytes.length, role);
    this.#transfer(node, position, bytes, (part, at) => this.#contents.write(part, { at }));
    this.#bytes += bytes.length;
    if (position + bytes.length > node.size) this.#change(['size', node.id, position + bytes.length]);
  }

  /** Fills the file up with zeros: its blocks may hold another file's old contents. */
  #grow(node: FileNode, bytes: number, role: OpenFile['role'] = 'page'): void {
    const zeros = new Uint8Array(Math.min(bytes - node.size, 64 * BLOCK_BYTES));
    while (node.size < bytes) this.#write(node, zeros.subarray(0, bytes - node.size), node.size, role);
  }

  #makeRoom(node: FileNode, bytes: number, role: OpenFile['role']): void {
    const blocks = blocksOf(node);
    const missing = Math.ceil(bytes / BLOCK_BYTES) - blocks;
    if (missing > 0) this.#extend(node, Math.max(missing, Math.min(blocks, MOST_ROOM)), role);
  }

  /** @throws FileError when there is no room; nothing has changed then. */
  #extend(node: FileNode, blocks: number, role: OpenFile['role'] = 'page'): void {
    if (blocks === 0) return;
    const extent = this.#space.take(blocks);
    try {
      this.#room.ensure(this.#space.end * BLOCK_BYTES, { reserved: role !== 'page' });
    } catch (error) {
      this.#space.giveBack([extent]);
      throw error;
    }
    this.#change(['extent', node.id, extent.start, extent.length]);
  }

  /** @returns the number of bytes moved. */
  #transfer(
    node: FileNode,
    position: number,
    bytes: Uint8Array<ArrayBuffer>,
    move: (part: Uint8Array<ArrayBuffer>, at: number) => void,
  ): number {
    let done = 0;
    let passed = 0;
    for (const { start, length } of node.extents) {
      const within = position + done - passed;
      const room = length * BLOCK_BYTES - within;
      passed += length * BLOCK_BYTES;
      if (room <= 0) continue;
      const part = bytes.subarray(done, done + room);
      if (part.length === 0) break;
      move(part, start * BLOCK_BYTES + within);
      done += part.length;
    }
    return done;
  }

  #change(change: Change): void {
    const { gone, freed } = this.#log.add(change);
    this.#space.giveBack(freed);
    if (gone === null) return;
    this.#removed.add(gone);
    this.#release(gone);
  }

  /** Frees a removed file's blocks once it is closed: an open file stays readable. */
  #release(node: FileNode): void {
    for (const opened of this.#open.values()) if (opened.node === node) return;
    this.#removed.delete(node);
    this.#tree.files.delete(node.id);
    this.#space.giveBack(node.extents);
  }

  /** Flushes contents before names: a name must never lead to another file's old contents. */
  #flush(): void {
    if (this.#durable) {
      if (this.#bytes > 0) this.#contents.flush();
      this.#log.flush();
    }
    this.#bytes = 0;
    this.#logBytes = 0;
    this.#space.settle();
  }

  #opened(handle: number): OpenFile {
    const opened = this.#open.get(handle);
    if (!opened) throw new FileError('EBADF', `handle ${handle}`);
    return opened;
  }

  #exists(path: string): boolean {
    return this.#tree.look(path) !== null;
  }
}

function stats(node: FileNode | FolderNode): FsStats {
  const size = isFolder(node) ? 0 : node.size;
  const blocks = Math.ceil(size / BLOCK_BYTES);
  return {
    ...{ dev: 0, ino: 0, mode: node.mode, nlink: 1, uid: 0, gid: 0, rdev: 0 },
    ...{ size, blksize: BLOCK_BYTES, blocks, atime: 0, mtime: 0, ctime: 0 },
  };
}
