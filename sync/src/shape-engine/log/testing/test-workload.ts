/** Transactions on a few rows, and their result. */
import { changeMessage } from '../../wire/messages.ts';
import { compareOffsets, type LogOffset } from '../../wire/offset.ts';
import type { LogSlice } from '../log-slice.ts';
import type { ShapeLog } from '../shape-log.ts';
import { splitMessages } from '../split-messages.ts';

/** A row's values by column. */
export type Values = Readonly<Record<string, string>>;

export interface TestMessage {
  readonly offset: LogOffset;
  readonly text: string;
}

/** @returns a generator of numbers from 0 up to 1, identical for equal seeds (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Deterministic: equal seeds produce equal transactions. */
export class Workload {
  readonly random: () => number;
  readonly #live = new Set<number>();
  #lsn = 1000n;

  constructor(seed: number) {
    this.random = randomNumbers(seed);
  }

  upTo(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  /** @param mostly usual maximum number of messages; occasionally ten times as many. */
  transaction(mostly = 5): TestMessage[] {
    this.#lsn += BigInt(1 + this.upTo(50));
    const count = 1 + this.upTo(this.random() < 0.05 ? mostly * 10 : mostly);
    return Array.from({ length: count }, (_, index) => this.#message(index, index === count - 1));
  }

  #message(index: number, last: boolean): TestMessage {
    const row = this.upTo(12);
    const operation = !this.#live.has(row) ? 'insert' : this.random() < 0.1 ? 'delete' : 'update';
    if (operation === 'delete') this.#live.delete(row);
    else this.#live.add(row);
    const text = `${this.#lsn}.${index} },{"value":"},{"key":\\ ü ${'x'.repeat(this.upTo(200))}`;
    const all = { a: text, b: `b${text}`, id: String(row) };
    const changed = this.random() < 0.5 ? { a: all.a, id: all.id } : { b: all.b, id: all.id };
    const values = { insert: all, update: changed, delete: { id: all.id } }[operation];
    const position = index * 2;
    const key = `"public"."rows"/"${row}"`;
    const change = { operation, key, value: JSON.stringify(values), position } as const;
    const context = { relation: '["public","rows"]', lsn: this.#lsn, xid: 7 };
    return {
      offset: { lsn: this.#lsn, op: position },
      text: changeMessage(change, context, last),
    };
  }
}

export function write(log: ShapeLog, transaction: readonly TestMessage[]): void {
  for (const { text, offset } of transaction) log.append(text, offset.op);
  log.commit(transaction[0]?.offset.lsn ?? 0n);
}

export async function bytesOf(slice: LogSlice): Promise<Buffer> {
  const blocks: Buffer[] = [];
  for await (const block of slice.blocks()) blocks.push(block);
  return Buffer.concat(blocks);
}

/** Returns the texts of a slice's messages. */
export async function messagesOf(slice: LogSlice): Promise<string[]> {
  const bytes = await bytesOf(slice);
  if (bytes.length !== slice.bytes) throw new Error(`${slice.bytes} bytes were announced, ${bytes.length} came`);
  return splitMessages(bytes).map(String);
}

/** Returns all messages after an offset, and the end of each slice. */
export async function readAll(
  log: ShapeLog,
  after: LogOffset,
  maxBytes: () => number,
): Promise<{ messages: string[]; ends: LogOffset[] }> {
  const messages: string[] = [];
  const ends: LogOffset[] = [];
  for (let at = after; ; ) {
    const slice = log.read(at, maxBytes());
    if (!slice) throw new Error(`${at.lsn}_${at.op} is out of bounds`);
    if (slice.bytes === 0) return { messages, ends };
    messages.push(...(await messagesOf(slice)));
    at = slice.end;
    ends.push(at);
    if (slice.complete !== (compareOffsets(at, log.lastOffset) === 0))
      throw new Error('complete does not match the log');
  }
}

/** Applies messages to rows by key. */
export function fold(messages: readonly string[], rows: ReadonlyMap<string, Values> = new Map()): Map<string, Values> {
  const result = new Map(rows);
  for (const text of messages) {
    const { key, value, headers } = parsed(text);
    if (headers.operation === 'delete') result.delete(key);
    else if (headers.operation === 'insert') result.set(key, value);
    else result.set(key, { ...result.get(key), ...value });
  }
  return result;
}

interface ParsedMessage {
  readonly key: string;
  readonly value: Values;
  readonly headers: { readonly operation: string };
}

/** Cache of parsed messages, since the same ones are folded again and again. */
const known = new Map<string, ParsedMessage>();

function parsed(text: string): ParsedMessage {
  const message = known.get(text) ?? (JSON.parse(text) as ParsedMessage);
  known.set(text, message);
  return message;
}
