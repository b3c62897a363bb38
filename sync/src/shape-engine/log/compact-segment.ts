import { renameSync } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BECOMES_LAST, CompactionPlan, FATE } from './compaction-plan.ts';
import { encodeMarks, type Mark } from './mark.ts';
import { asLast, mergeUpdates, parseMessage, type StoredMessage } from './merge-updates.ts';
import { Segment } from './segment.ts';
import { segmentMessages } from './segment-messages.ts';
import type { Storage } from './storage.ts';
import { syncFolder } from './unsynced.ts';

/** Multiple of the usual size. A segment that one transaction made larger touches each row about once: nothing to gain. */
const LARGEST = 4;

/**
 * Writes a segment with the same effect and fewer messages to `<number>.c` beside it: consecutive updates of one key are
 * merged into the last of them, and those before the key's delete are dropped. Marks keep their offsets: a reader between
 * two updates receives some columns again, which changes nothing.
 *
 * Memory: the segment's keys and the updates that wait to be merged.
 *
 * @returns the segment itself when there is nothing to merge.
 */
export async function compactSegment(segment: Segment, storage: Storage): Promise<Segment> {
  if (segment.data.size > LARGEST * storage.limits.segmentBytes) return segment;
  const plan = new CompactionPlan();
  for await (const messages of segmentMessages(segment, storage.files)) {
    for (const { message, marks } of messages)
      plan.add(
        parseMessage(message),
        marks.some((mark) => mark.endsTransaction),
      );
  }
  const fates = plan.finish();
  const parent = dirname(segment.folder);
  const folder = join(parent, `${segment.number}.c`);
  if (!fates) {
    await Promise.all([syncPath(segment.data.path), syncPath(segment.index.path), syncFolder(segment.folder)]);
    renameSync(segment.folder, folder);
    segment.moved(folder);
    await syncFolder(parent);
    return segment;
  }
  const temporary = join(parent, `${segment.number}.tmp`);
  await rm(temporary, { recursive: true, force: true });
  await writeCompacted(segment, temporary, fates, storage);
  renameSync(temporary, folder);
  await syncFolder(parent);
  const compacted = Segment.open(storage.files, segment.number, folder);
  compacted.cutBack(compacted.count);
  return compacted;
}

async function writeCompacted(segment: Segment, folder: string, fates: Uint8Array, storage: Storage): Promise<void> {
  await mkdir(folder);
  const data = await open(join(folder, 'data'), 'w');
  const index = await open(join(folder, 'index'), 'w');
  try {
    const writer = new CompactionWriter(data, index);
    const merge = new Merge();
    let place = 0;
    for await (const messages of segmentMessages(segment, storage.files)) {
      for (const { message, marks } of messages) writer.add(merge.next(message, fates[place++] ?? FATE.keep), marks);
      await writer.flush();
    }
    await Promise.all([data.datasync(), index.datasync()]);
  } finally {
    await data.close();
    await index.close();
  }
  await syncFolder(folder);
}

/** Applies a plan to the messages. */
class Merge {
  readonly #waiting = new Map<string, StoredMessage>();

  /** @returns null when the message is dropped. */
  next(text: Buffer, fateAndLast: number): Buffer | null {
    if (fateAndLast === FATE.keep) return text;
    const fate = fateAndLast & ~BECOMES_LAST;
    let message = parseMessage(text);
    const key = message.key ?? '';
    const earlier = this.#waiting.get(key);
    if (earlier) message = mergeUpdates(earlier, message);
    this.#waiting.delete(key);
    if (fate === FATE.drop) return null;
    if (fate === FATE.merge) {
      this.#waiting.set(key, message);
      return null;
    }
    return Buffer.from(JSON.stringify(fateAndLast & BECOMES_LAST ? asLast(message) : message));
  }
}

/** Writes the remaining messages, and the marks at their new positions. */
class CompactionWriter {
  readonly #data: FileHandle;
  readonly #index: FileHandle;
  #messages: Buffer[] = [];
  #marks: Mark[] = [];
  #position = 0;

  constructor(data: FileHandle, index: FileHandle) {
    this.#data = data;
    this.#index = index;
  }

  add(message: Buffer | null, marks: readonly Mark[]): void {
    if (message) {
      this.#messages.push(message, COMMA);
      this.#position += message.length + 1;
    }
    for (const mark of marks) this.#marks.push({ ...mark, position: this.#position });
  }

  async flush(): Promise<void> {
    await this.#data.appendFile(Buffer.concat(this.#messages));
    await this.#index.appendFile(encodeMarks(this.#marks));
    this.#messages = [];
    this.#marks = [];
  }
}

async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

const COMMA = Buffer.from(',');
