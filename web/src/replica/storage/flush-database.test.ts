import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readReplicatedTables } from '../model/replicated-tables.ts';
import { createPGlite } from '../open/create-pglite.ts';
import { prepareDatabase } from '../open/prepare-database.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { createWriter, type Writer } from '../write/writer.ts';
import type { DeviceRoom } from './device-room.ts';
import { openDiskFile } from './disk-files.ts';
import { FileError } from './file-tree.ts';
import { flushWhenRoom } from './flush-database.ts';
import { PackedFiles } from './packed-files.ts';
import { FlushFailedError } from './storage-errors.ts';
import type { SyncFile } from './sync-file.ts';

let folder: string;
let database: PGlite;
/** The error with which the device answers a flush; null: it succeeds. */
let flushError: Error | null = null;

/** Opens the same database as the next worker would find it. */
async function open(options: PGliteOptions = {}): Promise<PGlite> {
  const file = (name: string): SyncFile => {
    const disk = openDiskFile(path.join(folder, name));
    return {
      ...disk,
      flush() {
        if (flushError) throw flushError;
        disk.flush();
      },
    };
  };
  const logs = [file('journal-0'), file('journal-1')] as const;
  // Creating the database takes long when each page is flushed.
  const files = new PackedFiles({ contents: file('contents'), logs, durable: false });
  const opened = await createPGlite({ ...options, fs: files });
  await prepareDatabase(opened, await readReplicaSql());
  files.becomeDurable();
  return opened;
}

async function writerOf(room: Pick<DeviceRoom, 'ranOut' | 'wait'>): Promise<Writer> {
  const flush = () => flushWhenRoom(database, room, () => {});
  return createWriter(database, await readReplicatedTables(database), () => {}, flush);
}

const neverFull = { ranOut: () => {}, wait: async () => {} };

async function queuedIds(): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>('SELECT id FROM replica.outbox ORDER BY position');
  return rows.map((row) => row.id);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ihub-flush-'));
  database = await open(await quickPGlite());
});
beforeEach(async () => {
  flushError = null;
  await database.exec('TRUNCATE replica.outbox, replica.base_projects, projects CASCADE');
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const create = (name: string) => ({ ids: [uuid()], set: { name, type: 'vfx' } });

test('createWriter: waits when a flush finds no room, and neither fails nor sends the change meanwhile', async () => {
  const noRoom = Promise.withResolvers<void>();
  const roomAgain = Promise.withResolvers<void>();
  const writer = await writerOf({ ranOut: noRoom.resolve, wait: () => roomAgain.promise });
  const id = uuid();
  flushError = new FileError('ENOSPC', 'journal-0');
  const made = writer.mutate(id, 'projects.create', create('Once'));
  await noRoom.promise;
  expect(writer.pending).toEqual([]);
  flushError = null;
  roomAgain.resolve();
  expect((await made).changedIds).toHaveLength(1);
  expect(writer.pending.map(({ mutation }) => mutation.id)).toEqual([id]);
  expect(await queuedIds()).toEqual([id]);
});

test('createWriter: sends and writes nothing more after a failed flush; repeating the id yields one change', async () => {
  const writer = await writerOf(neverFull);
  const args = create('Once');
  const id = uuid();
  flushError = new Error('The disk has been unplugged.');
  await expect(writer.mutate(id, 'projects.create', args)).rejects.toThrow(FlushFailedError);
  expect(writer.pending).toEqual([]);
  flushError = null;
  await expect(writer.mutate(uuid(), 'projects.create', create('Another'))).rejects.toThrow(FlushFailedError);

  // The next worker opens what the failed one left on disk, and gets the same request.
  database = await open();
  const next = await writerOf(neverFull);
  await next.mutate(id, 'projects.create', args);
  expect(next.pending.map(({ mutation }) => mutation.id)).toEqual([id]);
  expect(await queuedIds()).toEqual([id]);
  const { rows } = await database.query('SELECT name FROM projects');
  expect(rows).toEqual([{ name: 'Once' }]);
});
