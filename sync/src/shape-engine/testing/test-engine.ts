/** A shape engine on a real port for tests, and a reader that checks every message against its rows. */
import { type Message, ShapeStream, type ShapeStreamOptions } from '@electric-sql/client';
import { serve } from '@hono/node-server';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { Condition } from '../../shapes/condition.ts';
import type { ShapeSource } from '../../shapes/shape-source.ts';
import { engineApp } from '../engine-app.ts';
import { createShapeEngine, type ShapeEngineOptions } from '../shape-engine.ts';

export interface TestEngine extends AsyncDisposable {
  /** URL of its `/v1/shape`. */
  readonly url: string;
  readonly port: number;
  readonly source: ShapeSource;
}

export async function startEngine(options: ShapeEngineOptions, port?: number): Promise<TestEngine> {
  const source = createShapeEngine(options);
  const listening = port ?? (await freePort());
  const server = serve({ fetch: engineApp(source).fetch, port: listening, hostname: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${listening}/v1/shape`,
    port: listening,
    source,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      await source.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}

export type ShapeRows = Map<string, Record<string, unknown>>;

/**
 * Follows a shape with the official client. A message that does not fit the rows (an insert of an existing row, an update
 * or delete of a missing one) is an error: a message was lost or duplicated.
 */
export class TestReader implements Disposable {
  rows: ShapeRows = new Map();
  refetches = 0;
  upToDate: boolean = false;
  /** `lsn` of every received change, in order. */
  readonly lsns: bigint[] = [];
  lastSeenLsn = 0n;
  readonly #changed = new Condition();
  readonly #stop = new AbortController();
  #error: Error | null = null;

  /** @param check throws when the rows at an up-to-date are wrong. */
  constructor(options: Omit<ShapeStreamOptions, 'signal'>, check: (rows: ShapeRows) => void = () => {}) {
    const stream = new ShapeStream({ ...options, signal: this.#stop.signal });
    stream.subscribe(
      (messages) => {
        for (const message of messages) {
          try {
            if (this.#take(message)) check(this.rows);
          } catch (error) {
            this.#error ??= error as Error;
          }
        }
        this.#changed.wake();
      },
      (error) => {
        this.#error ??= error;
        this.#changed.wake();
      },
    );
  }

  /** @returns true when the message makes the rows up to date. */
  #take(message: Message): boolean {
    const { headers } = message;
    if (headers['control'] === 'must-refetch') {
      this.rows = new Map();
      this.refetches++;
      this.upToDate = false;
    }
    const upToDate = headers['control'] === 'up-to-date';
    this.upToDate = upToDate;
    if (upToDate) this.lastSeenLsn = BigInt(String(headers['global_last_seen_lsn']));
    if (!('key' in message)) return upToDate;
    const { key, value } = message;
    if (typeof headers['lsn'] === 'string') this.lsns.push(BigInt(headers['lsn']));
    const known = this.rows.get(key);
    if ((known === undefined) !== (headers['operation'] === 'insert'))
      throw new Error(`${String(headers['operation'])} of ${key}, which is ${known ? '' : 'not '}there`);
    if (headers['operation'] === 'delete') this.rows.delete(key);
    else this.rows.set(key, { ...known, ...value });
    return false;
  }

  /** Waits until the rows are up to date and satisfy a condition. */
  async until(done: (rows: ShapeRows) => boolean): Promise<ShapeRows> {
    const patience = AbortSignal.timeout(20_000);
    const met = await this.#changed.until(() => this.#error !== null || (this.upToDate && done(this.rows)), patience);
    if (this.#error) throw this.#error;
    if (!met) throw new Error(`the reader never got there; it holds ${this.rows.size} rows`);
    return this.rows;
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
  }
}
