/**
 * The format of a file that holds a scope's table, so that the next opening need not read it from SQL:
 *
 * - a head of fixed length: the scope, the library's state that the table belongs to, lengths, checksums;
 * - the table's arrays one after another, as they lie in memory, which is little-endian on every platform of a browser;
 * - the rest of the table as JSON;
 * - a line for each commit since then: which rows have to be read again.
 *
 * The head is written last and its checksums cover all but the lines, which have their own: a file that was cut off, or
 * of which a power cut kept only a part, does not open. So nothing waits for the disk.
 */
import { z } from 'zod';
import type { Scope } from '../model/mirror-questions.ts';
import type { ReplicaChange, TableChange } from '../model/replica.ts';
import { formatUuid, writeUuid } from '../model/uuid-bytes.ts';
import type { SyncFile } from '../storage/sync-file.ts';
import { type ContentArray, copiedColumns, type TableContent, type TableFacts } from './asset-table.ts';
import { WordHash } from './word-hash.ts';

/** Raised when the same columns are stored in another way. */
const FORMAT = 1;

export interface ScopeContent {
  readonly table: TableContent;
  /** The packages whose assets may be in the scope; null: it is a package. */
  readonly packages: ReadonlySet<string> | null;
  /** The rows sorted by name; null: not sorted yet. */
  readonly byName: Uint32Array<ArrayBuffer> | null;
}

export interface ScopeHead {
  readonly scope: Scope;
  /** Names the library's state: `library-state.ts`. */
  readonly state: string;
  /** When the scope was last asked about, in seconds since 1970. */
  readonly askedAt: number;
  readonly bodyBytes: number;
  readonly jsonBytes: number;
  readonly checksum: readonly [number, number];
}

const WORD = { layout: 0, kind: 1, scope: 2, state: 6, askedAt: 10, body: 11, json: 12, checksum: 13, own: 15 };
/** A multiple of eight, as the arrays behind it are aligned. */
const HEAD_BYTES = 72;
const PIECE_BYTES = 1024 * 1024;
const kinds = ['library', 'package', 'project', 'subject'] as const;
const NO_ID = '00000000-0000-0000-0000-000000000000';

const arrayTypes = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
type ArrayType = keyof typeof arrayTypes;

/** The part that is JSON. Its checksum is right when it is read, so it is as this build wrote it. */
interface Description {
  readonly facts: TableFacts;
  readonly packages: readonly string[] | null;
  readonly arrays: readonly { readonly name: string; readonly type: ArrayType; readonly length: number }[];
}

const BY_NAME = 'rows by name';

/** Returns where a file's lines begin. */
export function linesStart({ bodyBytes, jsonBytes }: Pick<ScopeHead, 'bodyBytes' | 'jsonBytes'>): number {
  return HEAD_BYTES + bodyBytes + jsonBytes;
}

/** @returns null when the file holds no scope that this build can read. */
export function readHead(file: SyncFile): ScopeHead | null {
  const bytes = new Uint8Array(HEAD_BYTES);
  if (file.read(bytes, { at: 0 }) < HEAD_BYTES) return null;
  const words = new Uint32Array(bytes.buffer);
  const word = (at: number) => words[at] as number;
  const hash = new WordHash();
  hash.add(bytes.subarray(0, WORD.own * 4));
  const [one, other] = hash.words;
  const kind = kinds[word(WORD.kind)];
  if (word(WORD.layout) !== layout || one !== word(WORD.own) || other !== word(WORD.own + 1) || !kind) return null;
  const head: ScopeHead = {
    scope: kind === 'library' ? { kind } : { kind, id: formatUuid(bytes, WORD.scope * 4) },
    state: formatUuid(bytes, WORD.state * 4),
    askedAt: word(WORD.askedAt),
    bodyBytes: word(WORD.body),
    jsonBytes: word(WORD.json),
    checksum: [word(WORD.checksum), word(WORD.checksum + 1)],
  };
  return linesStart(head) <= file.getSize() ? head : null;
}

/** Makes a file one that holds a scope, once all else is written. */
export function writeHead(file: SyncFile, head: ScopeHead): void {
  const bytes = new Uint8Array(HEAD_BYTES);
  const words = new Uint32Array(bytes.buffer);
  words[WORD.layout] = layout;
  words[WORD.kind] = kinds.indexOf(head.scope.kind);
  writeUuid(bytes.subarray(WORD.scope * 4), head.scope.kind === 'library' ? NO_ID : head.scope.id);
  writeUuid(bytes.subarray(WORD.state * 4), head.state);
  words[WORD.askedAt] = head.askedAt;
  words[WORD.body] = head.bodyBytes;
  words[WORD.json] = head.jsonBytes;
  words.set(head.checksum, WORD.checksum);
  const hash = new WordHash();
  hash.add(bytes.subarray(0, WORD.own * 4));
  words.set(hash.words, WORD.own);
  write(file, bytes, 0);
}

/** Reads what a head promises; its arrays share one buffer. @returns null when the file is damaged. */
export function readContent(file: SyncFile, head: ScopeHead): ScopeContent | null {
  const bytes = new Uint8Array(head.bodyBytes + head.jsonBytes);
  if (file.read(bytes, { at: HEAD_BYTES }) < bytes.length) return null;
  const hash = new WordHash();
  hash.add(bytes);
  if (hash.words[0] !== head.checksum[0] || hash.words[1] !== head.checksum[1]) return null;
  const description = JSON.parse(decoder.decode(bytes.subarray(head.bodyBytes))) as Description;
  const arrays = new Map<string, ContentArray>();
  let at = 0;
  for (const { name, type, length } of description.arrays) {
    arrays.set(name, new arrayTypes[type](bytes.buffer, at, length));
    at += padded(length * arrayTypes[type].BYTES_PER_ELEMENT);
  }
  const byName = (arrays.get(BY_NAME) ?? null) as Uint32Array<ArrayBuffer> | null;
  const { facts, packages } = description;
  return { table: { arrays, facts }, packages: packages && new Set(packages), byName };
}

/**
 * Writes a scope's content piece by piece.
 *
 * @returns what the head has to say about it.
 * @throws FileError when there is no room.
 */
export function* writeContent(
  file: SyncFile,
  { table, packages, byName }: ScopeContent,
): Generator<void, Pick<ScopeHead, 'bodyBytes' | 'jsonBytes' | 'checksum'>> {
  const all = [...table.arrays, ...(byName ? ([[BY_NAME, byName]] as const) : [])];
  const description: Description = {
    facts: table.facts,
    packages: packages && [...packages],
    arrays: all.map(([name, array]) => ({ name, type: typeOf(array), length: array.length })),
  };
  const json = encoder.encode(JSON.stringify(description));
  const hash = new WordHash();
  const piece = new Uint8Array(PIECE_BYTES);
  let end = 0;
  for (const bytes of [...all.map(([, array]) => bytesOf(array)), json]) {
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      const part = bytes.subarray(start, start + PIECE_BYTES);
      // A copy is aligned whatever the array, and padded; JSON ends with spaces.
      const length = padded(part.length);
      piece.set(part);
      piece.fill(bytes === json ? SPACE : 0, part.length, length);
      const aligned = piece.subarray(0, length);
      hash.add(aligned);
      write(file, aligned, HEAD_BYTES + end);
      end += length;
      yield;
    }
  }
  const jsonBytes = padded(json.length);
  return { bodyBytes: end - jsonBytes, jsonBytes, checksum: hash.words };
}

/** The rows that a commit changed; null: none of the scope's. */
export type Line = readonly [from: string, to: string, change: ReplicaChange | null];

/** Returns a line with its checksum in front. */
export function formatLine([from, to, change]: Line): Uint8Array<ArrayBuffer> {
  const json = JSON.stringify([from, to, change && packChange(change)]);
  return encoder.encode(`${checksumOf(json)} ${json}\n`);
}

/** Reads the lines from a position on, until the end or a line that is not whole. */
export function readLines(file: SyncFile, start: number): { lines: Line[]; end: number } {
  const bytes = new Uint8Array(Math.max(0, file.getSize() - start));
  file.read(bytes, { at: start });
  const lines: Line[] = [];
  let at = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, at)) {
    const text = decoder.decode(bytes.subarray(at, end));
    const json = text.slice(text.indexOf(' ') + 1);
    if (`${checksumOf(json)} ${json}` !== text) break;
    const [from, to, change] = storedLine.parse(JSON.parse(json));
    lines.push([from, to, change && unpackChange(change)]);
    at = end + 1;
  }
  return { lines, end: start + at };
}

const names = z.array(z.string()).nullable();
const storedChange = z.record(
  z.string(),
  z.object({
    packages: names,
    columns: names,
    assets: z.object({ ids: z.array(z.string()), packages: names }).optional(),
  }),
);
const storedLine = z.tuple([z.string(), z.string(), storedChange.nullable()]);

function packChange({ tables }: ReplicaChange): z.input<typeof storedChange> {
  const list = (set: ReadonlySet<string> | null) => set && [...set];
  const pack = ({ packages, columns, assets }: TableChange) => ({
    packages: list(packages),
    columns: list(columns),
    ...(assets && { assets: { ids: [...assets.ids], packages: list(assets.packages) } }),
  });
  return Object.fromEntries([...tables].map(([table, change]) => [table, pack(change)]));
}

function unpackChange(stored: z.output<typeof storedChange>): ReplicaChange {
  const set = (list: readonly string[] | null) => list && new Set(list);
  const unpack = ({ packages, columns, assets }: (typeof stored)[string]): TableChange => ({
    packages: set(packages),
    columns: set(columns),
    ...(assets && { assets: { ids: new Set(assets.ids), packages: set(assets.packages) } }),
  });
  return { tables: new Map(Object.entries(stored).map(([table, change]) => [table, unpack(change)])) };
}

function checksumOf(text: string): string {
  return hashOf(text)
    .map((word) => word.toString(16))
    .join('-');
}

function hashOf(text: string): readonly [number, number] {
  const bytes = encoder.encode(text);
  const whole = new Uint8Array(padded(bytes.length));
  whole.set(bytes);
  const hash = new WordHash();
  hash.add(whole);
  return hash.words;
}

function typeOf(array: ContentArray): ArrayType {
  const found = Object.entries(arrayTypes).find(([, type]) => array instanceof type);
  return (found as [ArrayType, unknown])[0];
}

function bytesOf(array: ContentArray): Uint8Array<ArrayBuffer> {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Rounds up to a multiple of eight. */
function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function write(file: SyncFile, bytes: Uint8Array<ArrayBuffer>, at: number): void {
  if (file.write(bytes, { at }) < bytes.length) throw new Error('Only a part was written.');
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NEWLINE = 10;
const SPACE = 32;

/** Tells builds apart that store other columns, or in another way. */
const [layout] = hashOf(JSON.stringify([FORMAT, copiedColumns]));
