/** The tree of folders and files in packed files, and the changes that its log records. */
import { ERRNO_CODES } from '@electric-sql/pglite/basefs';

/** A run of blocks in the file that holds all contents. */
export interface Extent {
  readonly start: number;
  readonly length: number;
}

export interface FileNode {
  readonly id: number;
  mode: number;
  /** In bytes. */
  size: number;
  /** The runs of blocks that hold its contents, in order; they may have room beyond its size. */
  extents: Extent[];
}

export interface FolderNode {
  mode: number;
  readonly children: { [name: string]: FileNode | FolderNode };
}

/** One line of the log; files are identified by id, since an open file may be renamed. */
export type Change =
  | readonly ['folder', path: string, mode: number]
  | readonly ['file', path: string, mode: number, id: number]
  | readonly ['extent', id: number, start: number, length: number]
  | readonly ['size', id: number, bytes: number]
  | readonly ['shrink', id: number, bytes: number]
  | readonly ['mode', path: string, mode: number]
  | readonly ['rename', from: string, to: string]
  | readonly ['remove', path: string];

/** The size of a Postgres page. */
export const BLOCK_BYTES = 8192;

/** WASI's error numbers. On ENOSPC, Postgres fails the statement and changes nothing. */
const errnos = { ...ERRNO_CODES, ENOSPC: 51 } as const;

/** An error whose `code` is the errno that PGlite passes to Postgres. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: number;

  constructor(code: keyof typeof errnos, path: string, options?: ErrorOptions) {
    // Postgres keeps looking up files that may not exist, and capturing a stack costs more than everything else.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`${code}: ${path}`, options);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = errnos[code];
  }

  get isNoRoom(): boolean {
    return this.code === errnos.ENOSPC;
  }
}

export class FileTree {
  readonly root: FolderNode;
  readonly files = new Map<number, FileNode>();
  #lastId = 0;

  constructor(root: FolderNode = { mode: 0o40755, children: {} }) {
    this.root = root;
    const pending: (FileNode | FolderNode)[] = [root];
    for (const node of pending) {
      if (isFolder(node)) pending.push(...Object.values(node.children));
      else this.#know(node);
    }
  }

  /** @throws FileError */
  find(path: string): FileNode | FolderNode {
    const node = this.look(path);
    if (node === null) throw new FileError('ENOENT', path);
    return node;
  }

  /** @returns null when nothing has that name. */
  look(path: string): FileNode | FolderNode | null {
    let node: FileNode | FolderNode = this.root;
    for (const part of parts(path)) {
      const child: FileNode | FolderNode | undefined = isFolder(node) ? node.children[part] : undefined;
      if (child === undefined) return null;
      node = child;
    }
    return node;
  }

  /** @throws FileError */
  file(path: string): FileNode {
    const node = this.find(path);
    if (isFolder(node)) throw new FileError('EISDIR', path);
    return node;
  }

  /** @throws FileError */
  folder(path: string): FolderNode {
    const node = this.find(path);
    if (!isFolder(node)) throw new FileError('ENOTDIR', path);
    return node;
  }

  nextId(): number {
    return ++this.#lastId;
  }

  /** @returns the file that was removed or replaced, and the extents that a file no longer needs. @throws FileError */
  apply(change: Change): { gone: FileNode | null; freed: readonly Extent[] } {
    const nothing = { gone: null, freed: [] };
    switch (change[0]) {
      case 'folder':
        this.#put(change[1], { mode: change[2], children: {} });
        return nothing;
      case 'file': {
        const node = { id: change[3], mode: change[2], size: 0, extents: [] };
        this.#put(change[1], node);
        this.#know(node);
        return nothing;
      }
      case 'extent': {
        const extents = this.files.get(change[1])?.extents;
        // A file that was removed while it is open may go on growing; the log's next tree does not have it.
        if (!extents) return nothing;
        const last = extents.at(-1);
        const [, , start, length] = change;
        if (last && last.start + last.length === start)
          extents.push({ start: extents.pop()?.start ?? start, length: last.length + length });
        else extents.push({ start, length });
        return nothing;
      }
      case 'size': {
        const node = this.files.get(change[1]);
        if (node) node.size = change[2];
        return nothing;
      }
      case 'shrink': {
        const node = this.files.get(change[1]);
        return { gone: null, freed: node ? shrink(node, change[2]) : [] };
      }
      case 'mode':
        this.find(change[1]).mode = change[2];
        return nothing;
      case 'rename': {
        const node = this.find(change[1]);
        this.#take(change[1]);
        const gone = this.#put(change[2], node);
        return { gone, freed: [] };
      }
      case 'remove':
        return { gone: this.#take(change[1]), freed: [] };
    }
  }

  #know(node: FileNode): void {
    this.files.set(node.id, node);
    this.#lastId = Math.max(this.#lastId, node.id);
  }

  /** @returns the file that was there before. */
  #put(path: string, node: FileNode | FolderNode): FileNode | null {
    const { parent, name } = this.#place(path);
    const former = parent.children[name];
    parent.children[name] = node;
    return former && !isFolder(former) ? former : null;
  }

  #take(path: string): FileNode | null {
    const { parent, name } = this.#place(path);
    const node = parent.children[name];
    if (node === undefined) throw new FileError('ENOENT', path);
    delete parent.children[name];
    return isFolder(node) ? null : node;
  }

  #place(path: string): { parent: FolderNode; name: string } {
    const names = parts(path);
    const name = names.pop() ?? '';
    return { parent: this.folder(names.join('/')), name };
  }
}

export function isFolder(node: FileNode | FolderNode): node is FolderNode {
  return 'children' in node;
}

/** Counts the blocks allocated to a file. */
export function blocksOf(node: FileNode): number {
  return node.extents.reduce((sum, { length }) => sum + length, 0);
}

function shrink(node: FileNode, bytes: number): Extent[] {
  node.size = bytes;
  const freed: Extent[] = [];
  const kept: Extent[] = [];
  let left = Math.ceil(bytes / BLOCK_BYTES);
  for (const { start, length } of node.extents) {
    const keep = Math.min(left, length);
    if (keep > 0) kept.push({ start, length: keep });
    if (keep < length) freed.push({ start: start + keep, length: length - keep });
    left -= keep;
  }
  node.extents = kept;
  return freed;
}

function parts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
