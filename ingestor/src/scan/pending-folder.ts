/** Collects a folder of a walk while threads read it, at once or in pieces. */
import type { ScannedFile } from './file-identity.ts';
import { joinPath } from './read-folder.ts';
import { type StatedFiles, toScannedFiles } from './stat-files.ts';
import type { FolderReply } from './walk-thread.ts';

/** A folder, file or link that could not be read; nothing below such a folder is known. */
export interface Unreadable {
  /** Relative to the package's folder; '' is that folder itself. */
  readonly relativePath: string;
  readonly problem: string;
}

export interface WalkedFolder {
  /** Relative to the package's folder; '' is that folder itself. */
  readonly path: string;
  /** All its files, in name order, when the walk lists only names. */
  readonly names: readonly string[];
  /** Its files, in name order, when the walk stats them. */
  readonly pieces: readonly Piece[];
  /** Files that are still being copied, in name order. */
  readonly partial: readonly string[];
  readonly unreadable: readonly Unreadable[];
}

export interface Piece {
  readonly files: readonly ScannedFile[];
  readonly stated: StatedFiles;
}

export class PendingFolder {
  readonly path: string;
  /** Null: the folder does not exist, or no longer. */
  readonly walked: Promise<WalkedFolder | Unreadable | null>;
  /** Its subfolders, in order. */
  children: readonly PendingFolder[] = [];
  /** Links to folders elsewhere, in order, with their real paths. */
  links: readonly (readonly [name: string, target: string])[] = [];
  readonly #result = Promise.withResolvers<WalkedFolder | Unreadable | null>();
  readonly #pieces: Piece[] = [];
  readonly #unreadable: Unreadable[] = [];
  #names: readonly string[] = [];
  #partial: readonly string[] = [];
  #problem: string | null = null;
  #gone: boolean = false;
  /** The read of the folder itself is the first hold. */
  #holds = 1;

  constructor(path: string) {
    this.path = path;
    this.walked = this.#result.promise;
  }

  get fileCount(): number {
    return this.#pieces.reduce((sum, { files }) => sum + files.length, this.#names.length);
  }

  /** @returns the names of the files that were not statted. */
  addContent(reply: FolderReply): string[] {
    if (reply.kind === 'gone') this.#gone = true;
    if (reply.kind === 'unreadable') this.#problem = reply.problem;
    if (reply.kind !== 'read') return [];
    this.children = reply.content.folders.map((name) => new PendingFolder(joinPath(this.path, name)));
    this.links = reply.content.links;
    this.#partial = reply.content.partial;
    this.#addUnreadable(reply.content.unreadable);
    if (reply.stated) this.addFiles(reply.stated);
    return reply.names === '' ? [] : reply.names.split('/');
  }

  addNames(names: readonly string[]): void {
    this.#names = names;
  }

  addFiles(stated: StatedFiles): void {
    this.#pieces.push({ files: toScannedFiles(this.path, stated), stated });
    this.#addUnreadable(stated.unreadable);
  }

  /** Postpones completion: it takes one `release` per `hold`, and one for the folder's own read. */
  hold(): void {
    this.#holds += 1;
  }

  release(): void {
    this.#holds -= 1;
    if (this.#holds > 0) return;
    if (this.#gone) this.#result.resolve(null);
    else if (this.#problem !== null) this.#result.resolve({ relativePath: this.path, problem: this.#problem });
    else {
      // Each piece is sorted, and pieces do not overlap.
      const first = ({ files }: Piece) => files[0]?.relativePath ?? '';
      this.#result.resolve({
        path: this.path,
        names: this.#names,
        pieces: this.#pieces.sort((a, b) => (first(a) < first(b) ? -1 : 1)),
        partial: this.#partial,
        unreadable: this.#unreadable,
      });
    }
  }

  #addUnreadable(entries: readonly (readonly [name: string, problem: string])[]): void {
    for (const [name, problem] of entries) {
      this.#unreadable.push({ relativePath: joinPath(this.path, name), problem });
    }
  }
}
