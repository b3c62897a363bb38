/**
 * One reader: the official client's `ShapeStream` and `Shape`, observed. The shape's rows are recorded at every up-to-date
 * for `verify`. Errors visible on their own fail at once: a message that does not fit the rows, an order that goes back, a
 * transaction divided by an up-to-date.
 */
import {
  type ChangeMessage,
  FetchError,
  isChangeMessage,
  isControlMessage,
  type Message,
  Shape,
  ShapeStream,
  type ShapeStreamInterface,
} from '@electric-sql/client';
import { Condition } from '../../shapes/condition.ts';
import { ChangeOrder } from './change-order.ts';
import { ChangesOnly } from './changes-only.ts';
import { rowText, type SoakShape } from './shapes.ts';

type Values = Record<string, unknown>;

/** The reader's rows at an up-to-date. */
export interface Observation {
  readonly lsn: bigint;
  readonly rows: ReadonlyMap<string, string>;
  /** For a reader of changes only: the rows that it should hold. */
  readonly changesOnly: ChangesOnly | null;
}

export interface ReaderOptions {
  readonly url: string;
  readonly name: string;
  readonly shape: SoakShape;
  readonly liveSse: boolean;
}

const BACKOFF = { initialDelay: 20, maxDelay: 200, multiplier: 1.5 };
const REMEMBERED_REQUESTS = 12;

export class Reader {
  readonly name: string;
  readonly shape: SoakShape;
  readonly liveSse: boolean;
  readonly order = new ChangeOrder();
  /** Observations since they were last collected. */
  observations: Observation[] = [];
  /** LSN of the last up-to-date before each must-refetch; 0 if there was none. */
  refetches: bigint[] = [];
  /** LSN of the latest up-to-date; 0 before the first. */
  lsn = 0n;
  problem: Error | null = null;
  /**
   * True once the client has started over without notifying its subscribers, as it does when it mistakes a series of
   * refetches for a loop: from then on, its `Shape` may hold rows that no longer exist.
   */
  lost: boolean = false;
  /** The latest requests with their answers. */
  readonly requests: string[] = [];
  readonly #shape: Shape;
  readonly #stop = new AbortController();
  readonly #changed = new Condition();
  /** Rows by key, against which messages are checked. */
  #held = new Map<string, Values>();
  #changesOnly: ChangesOnly | null = null;
  /** True while nothing has been read since the beginning or the last must-refetch. */
  #fresh: boolean = true;
  #visibility: (state: 'visible' | 'hidden') => void = () => {};
  readonly #texts = new WeakMap<object, string>();

  constructor({ url, name, shape, liveSse }: ReaderOptions) {
    this.name = name;
    this.shape = shape;
    this.liveSse = liveSse;
    const stream = new ShapeStream({
      url,
      params: {
        table: shape.table.name,
        ...(shape.columns && { columns: [...shape.columns] }),
        ...(shape.where !== null && { where: shape.where, params: { ...shape.params } }),
        ...(shape.replica === 'full' && { replica: shape.replica }),
      },
      log: shape.log,
      ...(shape.log === 'changes_only' && { offset: 'now' }),
      liveSse,
      signal: this.#stop.signal,
      backoffOptions: BACKOFF,
      // A killed engine leaves a body unfinished, which ends the stream unless the client is told to continue.
      onError: (error) => (error instanceof FetchError && error.status === 200 ? {} : undefined),
      fetchClient: (input, init) => this.#fetch(input, init),
      runtimeVisibility: {
        subscribe: (callback) => {
          this.#visibility = callback;
          return () => {};
        },
      },
    });
    this.#shape = new Shape(stream as ShapeStreamInterface);
    // Subscribed after the shape, which has therefore applied each message already.
    stream.subscribe(
      (messages) => this.#receive(messages),
      (error) => this.#fail(error),
    );
  }

  /** Waits until the reader is up to date at or past `lsn`, or has failed. @returns false when the signal came first. */
  reach(lsn: bigint, signal: AbortSignal): Promise<boolean> {
    return this.#changed.until(() => this.lsn >= lsn || this.problem !== null || this.lost, signal);
  }

  /** Simulates a laptop whose lid is closed; `resume` opens it. */
  pause(): void {
    this.#visibility('hidden');
  }

  resume(): void {
    this.#visibility('visible');
  }

  stop(): void {
    this.#stop.abort();
  }

  async #fetch(input: Parameters<typeof fetch>[0], init: Parameters<typeof fetch>[1]): Promise<Response> {
    const query = new URL(input.toString()).searchParams;
    const asked = ['offset', 'handle', 'live', 'live_sse'].map((name) => `${name}=${query.get(name)}`).join(' ');
    if (query.get('offset') === '-1' && !this.#fresh) {
      this.lost = true;
      this.#changed.wake();
    }
    const remember = (answer: string) => {
      this.requests.push(`${asked} -> ${answer}`);
      if (this.requests.length > REMEMBERED_REQUESTS) this.requests.shift();
    };
    try {
      const response = await fetch(input, init);
      remember(
        `${response.status} ${response.ok ? response.headers.get('electric-offset') : await response.clone().text()}`,
      );
      return response;
    } catch (error) {
      remember(String(error));
      throw error;
    }
  }

  #fail(error: unknown): void {
    if (!this.#stop.signal.aborted) this.problem ??= error as Error;
    this.#changed.wake();
  }

  #receive(messages: readonly Message[]): void {
    if (this.problem || this.lost) return;
    try {
      for (const message of messages) this.#take(message);
      const last = messages.at(-1);
      if (last && isControlMessage(last) && last.headers.control === 'up-to-date')
        this.#observe(BigInt(String(last.headers['global_last_seen_lsn'])));
    } catch (error) {
      this.#fail(error);
    }
    this.#changed.wake();
  }

  #take(message: Message): void {
    if (isChangeMessage(message)) {
      this.#fresh = false;
      this.#fit(message);
    } else if (isControlMessage(message)) {
      const { headers } = message;
      if (headers.control === 'must-refetch') {
        this.refetches.push(this.lsn);
        this.#held = new Map();
        this.#changesOnly = null;
        this.#fresh = true;
        this.order.restart();
      } else {
        this.#fresh = false;
        if (headers.control === 'snapshot-end' && this.shape.log === 'changes_only')
          this.#changesOnly = ChangesOnly.sinceSnapshot(this.shape, headers);
      }
    }
  }

  /** Rejects a second insert of a row, and a change or delete of a missing row. */
  #fit({ key, value, old_value, headers }: ChangeMessage): void {
    if (this.order.add(headers) === 'again') {
      // The client resumes an SSE stream after the first message of the last transaction.
      if (this.liveSse) return;
      throw new Error(`${headers.operation} of ${key} came twice`);
    }
    const held = this.#held.get(key);
    const { operation } = headers;
    if (operation === 'insert' ? held !== undefined : held === undefined && this.shape.log === 'full')
      throw new Error(`${operation} of ${key}, which is ${held ? '' : 'not '}there`);
    if (operation === 'delete') this.#held.delete(key);
    else if (operation === 'insert' || held) this.#held.set(key, { ...held, ...value });
    if (held && this.shape.replica === 'full') {
      const old = operation === 'delete' ? value : old_value;
      for (const [column, was] of Object.entries(old ?? {}))
        if (was !== held[column])
          throw new Error(`${operation} of ${key} reports that ${column} was ${was}, but it was ${held[column]}`);
    }
  }

  #observe(lsn: bigint): void {
    if (lsn < this.lsn) throw new Error(`up to date with ${lsn} after being up to date with ${this.lsn}`);
    this.order.upToDate(lsn);
    if (this.shape.log === 'changes_only') this.#changesOnly ??= ChangesOnly.sinceLsn(this.shape, lsn);
    this.lsn = lsn;
    const rows = new Map<string, string>();
    for (const [key, value] of this.#shape.currentValue) rows.set(key, this.#text(value));
    this.observations.push({ lsn, rows, changesOnly: this.#changesOnly });
  }

  /** Returns a row's text, cached because the shape creates a new object for each change. */
  #text(value: Values): string {
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    const text = rowText(this.shape, value);
    this.#texts.set(value, text);
    return text;
  }
}
