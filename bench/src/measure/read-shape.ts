/** Reads a shape from an offset until it is up to date, like a client, but discards the data. */
import { Agent, type IncomingMessage } from 'node:http';
import { drain, type GetOptions, httpGet, ShapeGoneError } from './http-get.ts';

/** A reader's position in a shape. */
export interface Position {
  readonly handle: string | null;
  readonly offset: string;
}

const FROM_START: Position = { handle: null, offset: '-1' };

export interface Reading {
  readonly seconds: number;
  /** Bytes on the wire. */
  readonly bytes: number;
  readonly requests: number;
  /** Encodings the server used; the last answers are too small to be compressed. */
  readonly encodings: ReadonlySet<string>;
  readonly end: Position;
  /** Number of row messages; null when not counted. */
  readonly messages: number | null;
}

export interface ReadOptions {
  readonly from?: Position;
  readonly encoding?: GetOptions['encoding'];
  /** Counts row messages, which takes about a second per gigabyte. */
  readonly count?: boolean;
  /** Waits for a change first. */
  readonly live?: boolean;
}

const ATTEMPTS = 3;
const ROW_MESSAGE = Buffer.from('"operation":"');

/**
 * Reads a shape, starting over if it disappears meanwhile: a server may drop a shape at any time, and does so after its
 * table was recreated. The time counts from the last start.
 *
 * @throws Error when an answer is neither 200 nor 409, or the third attempt loses its shape too.
 */
export async function readShape(url: URL, options: ReadOptions = {}): Promise<Reading> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readOnce(url, attempt === 1 ? options : { ...options, from: FROM_START, live: false });
    } catch (error) {
      if (!(error instanceof ShapeGoneError) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function readOnce(url: URL, options: ReadOptions): Promise<Reading> {
  const agent = new Agent({ keepAlive: true });
  const started = performance.now();
  let position = options.from ?? FROM_START;
  let [bytes, requests, messages] = [0, 0, 0];
  const encodings = new Set<string>();
  let carry = Buffer.alloc(0);
  try {
    for (;;) {
      const waiting = options.live === true && bytes === 0;
      const response = await httpGet(at(url, position, waiting ? { live: 'true' } : {}), {
        agent,
        ...(options.encoding && { encoding: options.encoding }),
      });
      requests++;
      const encoding = response.headers['content-encoding'];
      if (encoding !== undefined) encodings.add(encoding);
      const news = response.headers['electric-has-data'] !== 'false';
      await drain(response, (chunk) => {
        if (!waiting || news) bytes += chunk.length;
        if (!options.count) return;
        const joined = Buffer.concat([carry, chunk]);
        messages += occurrences(joined, ROW_MESSAGE);
        carry = joined.subarray(1 - ROW_MESSAGE.length);
      });
      position = positionAfter(response);
      if (response.headers['electric-up-to-date'] !== undefined && bytes > 0) {
        return {
          seconds: (performance.now() - started) / 1000,
          bytes,
          requests,
          encodings,
          end: position,
          messages: options.count ? messages : null,
        };
      }
    }
  } finally {
    agent.destroy();
  }
}

/** Returns the request URL for a reader at a position. */
export function at(url: URL, { handle, offset }: Position, more: Readonly<Record<string, string>> = {}): URL {
  const request = new URL(url);
  const parameters = { offset, ...(handle === null ? {} : { handle }), ...more };
  for (const [name, value] of Object.entries(parameters)) request.searchParams.set(name, value);
  return request;
}

/** @throws Error when the answer lacks a handle or an offset. */
export function positionAfter({ headers }: IncomingMessage): Position {
  const { 'electric-handle': handle, 'electric-offset': offset } = headers;
  if (typeof handle !== 'string' || typeof offset !== 'string')
    throw new Error('An answer had no handle or no offset.');
  return { handle, offset };
}

function occurrences(bytes: Buffer, wanted: Buffer): number {
  let count = 0;
  for (let found = bytes.indexOf(wanted); found !== -1; found = bytes.indexOf(wanted, found + wanted.length)) count++;
  return count;
}
