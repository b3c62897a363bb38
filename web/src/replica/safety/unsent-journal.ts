/**
 * Keeps a second copy of the unconfirmed changes in a file beside the database, from which they are restored when
 * the database is rebuilt, even if the old one is lost. The file holds lines of JSON and is only appended to.
 */
import { z } from 'zod';
import type { SyncFile } from '../storage/sync-file.ts';

const journalMutation = z.object({
  id: z.uuid(),
  /** May be a name that this build does not know. */
  name: z.string(),
  args: z.unknown(),
  /** References of the shapes that hold the rows it touches. */
  shapes: z.array(z.string()),
});
export type JournalMutation = z.infer<typeof journalMutation>;

const rows = z.array(z.record(z.string(), z.unknown()));
/** Rows carried over from a database that is about to be rebuilt, as its tables held them. */
const journalRemains = z.object({
  /** Rejected mutations. */
  rejected: rows,
  /** Undo steps. */
  undo: rows,
  /** The user's choices of which projects this device keeps. */
  working_set: rows.default([]),
  /** The projects that this device kept. */
  projects: z.array(z.uuid()).default([]),
});
export type JournalRemains = z.infer<typeof journalRemains>;

const journalLine = z.union([
  z.object({ client: z.uuid() }),
  z.object({ remains: journalRemains }),
  z.object({ made: journalMutation }),
  /** Mutations that the server has confirmed or rejected. */
  z.object({ settled: z.array(z.uuid()) }),
]);
type JournalLine = z.infer<typeof journalLine>;

/** A journal's content. */
export interface UnsentChanges {
  /** Identifies the replica to the server. */
  readonly client: string;
  /** Unconfirmed mutations, oldest first. */
  readonly mutations: readonly JournalMutation[];
  readonly remains: JournalRemains | null;
}

export class UnsentJournal {
  readonly #file: SyncFile;
  readonly #unsent = new Map<string, JournalMutation>();
  #client: string | null = null;
  #remains: JournalRemains | null = null;
  #end = 0;

  /** Reads the file, ignoring a last line that a crash cut off. */
  constructor(file: SyncFile) {
    this.#file = file;
    const bytes = new Uint8Array(file.getSize());
    file.read(bytes, { at: 0 });
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, this.#end)) {
      const line = parseLine(bytes.subarray(this.#end, end));
      if (line === null) break;
      this.#take(line);
      this.#end = end + 1;
    }
  }

  /** The journal's content; null: it belongs to no replica yet. */
  get changes(): UnsentChanges | null {
    if (this.#client === null) return null;
    return { client: this.#client, mutations: [...this.#unsent.values()], remains: this.#remains };
  }

  /** Replaces all content with these changes, which are safe when this returns. */
  replace({ client, mutations, remains }: UnsentChanges): void {
    this.#unsent.clear();
    this.#remains = null;
    this.#end = 0;
    const made = mutations.map((one) => ({ made: one }));
    this.#append([{ client }, ...(remains ? [{ remains }] : []), ...made]);
    this.#file.truncate(this.#end);
    this.#file.flush();
  }

  /** Appends mutations, which are safe when this returns. */
  add(mutations: readonly JournalMutation[]): void {
    this.#append(mutations.map((made) => ({ made })));
    this.#file.flush();
  }

  /** Records settled mutations without a flush: sending one again after a crash has no effect. */
  settle(ids: readonly string[]): void {
    const settled = ids.filter((id) => this.#unsent.has(id));
    if (settled.length === 0) return;
    if (settled.length === this.#unsent.size && this.#client !== null) {
      this.replace({ client: this.#client, mutations: [], remains: this.#remains });
    } else this.#append([{ settled }]);
  }

  close(): void {
    this.#file.close();
  }

  #append(lines: readonly JournalLine[]): void {
    const bytes = new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const written = this.#file.write(bytes, { at: this.#end });
    if (written < bytes.length) throw new Error('This device stored only part of the list of unsent changes.');
    this.#end += bytes.length;
    for (const line of lines) this.#take(line);
  }

  #take(line: JournalLine): void {
    if ('client' in line) this.#client = line.client;
    else if ('remains' in line) this.#remains = line.remains;
    else if ('made' in line) this.#unsent.set(line.made.id, line.made);
    else for (const id of line.settled) this.#unsent.delete(id);
  }
}

const NEWLINE = 10;

function parseLine(bytes: Uint8Array): JournalLine | null {
  try {
    return journalLine.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}
