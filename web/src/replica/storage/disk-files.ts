/** For tests: opens files on disk, and packed files in a folder. */
import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { PackedFiles } from './packed-files.ts';
import type { SyncFile } from './sync-file.ts';

export function openDiskFiles(folder: string, options: { durable: boolean }): PackedFiles {
  const file = (name: string) => openDiskFile(path.join(folder, name));
  return new PackedFiles({ contents: file('contents'), logs: [file('journal-0'), file('journal-1')], ...options });
}

export function openDiskFile(name: string): SyncFile {
  const file = openSync(name, 'a+');
  closeSync(file);
  const descriptor = openSync(name, 'r+');
  return {
    read: (buffer, { at }) => readSync(descriptor, buffer, 0, buffer.length, at),
    write: (buffer, { at }) => writeSync(descriptor, buffer, 0, buffer.length, at),
    truncate: (size) => ftruncateSync(descriptor, size),
    flush: () => fdatasyncSync(descriptor),
    getSize: () => fstatSync(descriptor).size,
    close: () => closeSync(descriptor),
  };
}
