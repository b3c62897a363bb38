import { mkdirSync, readSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogOffset } from '../wire/offset.ts';
import { decodeMark, MARK_BYTES, type Mark } from './mark.ts';
import type { OpenFiles } from './open-files.ts';
import { StoredFile } from './stored-file.ts';

/** Marks read at a time. */
const PAGE = 128;

/**
 * A stretch of a log: a folder with its messages, each followed by a comma, and its marks in order. Marks are looked up in
 * the file, which the system keeps in memory while useful.
 */
export class Segment {
  readonly number: number;
  folder: string;
  readonly data: StoredFile;
  readonly index: StoredFile;
  /** Null before the first commit. */
  last: LogOffset | null = null;
  readonly #files: OpenFiles;

  constructor(files: OpenFiles, number: number, folder: string, size: { data: number; index: number }) {
    this.#files = files;
    this.number = number;
    this.folder = folder;
    this.data = new StoredFile(join(folder, 'data'), size.data);
    this.index = new StoredFile(join(folder, 'index'), size.index);
  }

  /** Creates an empty segment. It gets its name once complete: a process killed in between leaves a `.tmp` folder. */
  static create(files: OpenFiles, number: number, parent: string): Segment {
    const folder = join(parent, String(number));
    const temporary = `${folder}.tmp`;
    mkdirSync(temporary, { recursive: true });
    writeFileSync(join(temporary, 'data'), '');
    writeFileSync(join(temporary, 'index'), '');
    renameSync(temporary, folder);
    return new Segment(files, number, folder, { data: 0, index: 0 });
  }

  /** Opens a folder's segment, which must be cut back before use. */
  static open(files: OpenFiles, number: number, folder: string): Segment {
    const index = statSync(join(folder, 'index')).size;
    const data = statSync(join(folder, 'data')).size;
    return new Segment(files, number, folder, { data, index: index - (index % MARK_BYTES) });
  }

  /** True for the result of a compaction, which never changes again. */
  get compacted(): boolean {
    return this.folder.endsWith('.c');
  }

  /** Number of marks. */
  get count(): number {
    return this.index.size / MARK_BYTES;
  }

  /**
   * Cuts off everything after the first `count` marks.
   *
   * @throws Error when the data ends before those marks do.
   */
  cutBack(count: number): void {
    const last = count > 0 ? this.mark(count - 1) : null;
    const data = last?.position ?? 0;
    if (this.data.size < data) throw new Error(`${this.data.path} ends before byte ${data}, where its index does`);
    if (this.data.size > data) truncateSync(this.data.path, data);
    if (statSync(this.index.path).size > count * MARK_BYTES) truncateSync(this.index.path, count * MARK_BYTES);
    this.data.size = data;
    this.index.size = count * MARK_BYTES;
    this.last = last && { lsn: last.lsn, op: last.op };
  }

  moved(folder: string): void {
    this.folder = folder;
    this.data.path = join(folder, 'data');
    this.index.path = join(folder, 'index');
  }

  /** @throws RangeError when the mark does not exist. */
  mark(index: number): Mark {
    const mark = decodeMark(this.page(index, index + 1), 0);
    if (!mark) throw new RangeError(`Mark ${index} of ${this.index.path} cannot be read`);
    return mark;
  }

  /** Returns the position of the data after a mark; -1 stands for the segment's beginning. */
  positionAfter(index: number): number {
    return index < 0 ? 0 : this.mark(index).position;
  }

  /** @returns the index of the first mark for which `reached` holds, given that it holds for all later ones; `count` if none. */
  firstMark(reached: (mark: Mark) => boolean): number {
    let low = 0;
    let high = this.count;
    // Most readers are near the end.
    let probe = high - PAGE;
    while (high - low > PAGE) {
      if (reached(this.mark(probe))) high = probe;
      else low = probe + 1;
      probe = (low + high) >> 1;
    }
    const first = low;
    const page = this.page(low, high);
    while (low < high) {
      const middle = (low + high) >> 1;
      const mark = decodeMark(page, middle - first);
      if (!mark || reached(mark)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Returns the bytes of the marks from `from` up to, but excluding, `to`. */
  page(from: number, to: number): Buffer {
    const bytes = Buffer.allocUnsafe((to - from) * MARK_BYTES);
    const read = readSync(this.#files.descriptor(this.index), bytes, 0, bytes.length, from * MARK_BYTES);
    if (read < bytes.length) throw new RangeError(`${this.index.path} ends before mark ${to - 1}`);
    return bytes;
  }
}
