/** Compressed answers as files: each is built once, shared by all its readers, and kept while there is room. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { createEncoder, type Encoding } from './content-encoding.ts';

export interface CompressedAnswersOptions {
  /** Used for these files only; it is emptied at the start. */
  readonly folder: string;
  /** Total size of the files; the least recently read are removed first. */
  readonly maxBytes: number;
  /** Ends the builds in progress. */
  readonly signal: AbortSignal;
  /** Receives files that could not be removed. */
  readonly log: (message: string, error: unknown) => void;
}

export interface CompressedAnswer {
  readonly file: string;
  readonly bytes: number;
  /** Headers of the original answer. */
  readonly headers: Headers;
}

/** A smaller answer is not worth a file. */
const LEAST_BYTES = 1000;
const MADE_AT_ONCE = 2;

export class CompressedAnswers {
  readonly #options: CompressedAnswersOptions;
  readonly #emptied: Promise<void>;
  readonly #limit = pLimit(MADE_AT_ONCE);
  /** Complete files only: nothing is looked up on disk, so a partial file is never found. */
  readonly #kept: LRUCache<string, CompressedAnswer>;
  readonly #making = new Map<string, Promise<CompressedAnswer | Buffer>>();

  constructor(options: CompressedAnswersOptions) {
    this.#options = options;
    this.#kept = new LRUCache({
      maxSize: options.maxBytes,
      sizeCalculation: ({ bytes }) => bytes,
      dispose: ({ file }) => void this.#remove(file),
    });
    this.#emptied = this.#remove(options.folder);
  }

  has(encoding: Encoding, etag: string): boolean {
    return this.#kept.has(`${encoding} ${etag}`);
  }

  /**
   * Returns the compressed form of an answer, and reads its body only when no such form exists yet. A build that has
   * started continues even when its readers leave.
   *
   * @returns the answer's own bytes when there are too few to compress.
   * @throws when the body or the disk fails.
   */
  async get(encoding: Encoding, etag: string, { body, headers }: Response): Promise<CompressedAnswer | Buffer> {
    const key = `${encoding} ${etag}`;
    const known = this.#kept.get(key) ?? this.#making.get(key);
    if (known !== undefined) {
      await body?.cancel();
      return known;
    }
    if (!body) throw new Error('The compressed form has just been evicted.');
    const made = this.#limit(() => this.#make(body, headers, encoding));
    this.#making.set(key, made);
    try {
      const answer = await made;
      if (!Buffer.isBuffer(answer)) this.#kept.set(key, answer);
      return answer;
    } finally {
      this.#making.delete(key);
    }
  }

  /** Opens a file, which stays readable through the handle after eviction. @throws when the file is gone already. */
  async open(encoding: Encoding, etag: string, { file }: CompressedAnswer): Promise<FileHandle> {
    try {
      return await open(file);
    } catch (error) {
      this.#kept.delete(`${encoding} ${etag}`);
      throw error;
    }
  }

  /** Resolves when no build is running and the folder has been emptied. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#emptied, ...this.#making.values()]);
  }

  /** Compresses piece by piece in zlib's own threads: neither memory nor the event loop depends on the answer's size. */
  async #make(body: ReadableStream, headers: Headers, encoding: Encoding): Promise<CompressedAnswer | Buffer> {
    const { folder, signal } = this.#options;
    const pieces: AsyncIterator<Buffer> = Readable.fromWeb(body as WebStream, { signal })[Symbol.asyncIterator]();
    const file = path.join(folder, randomUUID());
    try {
      const start: Buffer[] = [];
      for (let bytes = 0; bytes < LEAST_BYTES; ) {
        const { value, done } = await pieces.next();
        if (done) return Buffer.concat(start);
        start.push(value);
        bytes += value.length;
      }
      await this.#emptied;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const destination = createWriteStream(file);
      const whole = async function* () {
        yield* start;
        yield* { [Symbol.asyncIterator]: () => pieces };
      };
      await pipeline(whole, createEncoder(encoding), destination, { signal });
      return { file, bytes: destination.bytesWritten, headers };
    } catch (error) {
      await this.#remove(file);
      throw error;
    } finally {
      await pieces.return?.();
    }
  }

  async #remove(fileOrFolder: string): Promise<void> {
    try {
      await rm(fileOrFolder, { recursive: true, force: true });
    } catch (error) {
      this.#options.log('Compressed shapes could not be removed.', error);
    }
  }
}
