/** For tests: a file in memory. */
import type { SyncFile } from '../../storage/sync-file.ts';

export interface MemoryFile extends SyncFile {
  bytes: Uint8Array<ArrayBuffer>;
}

/** @param room bytes that it can take; a write of more fails. */
export function memoryFile(room = Number.POSITIVE_INFINITY): MemoryFile {
  const file: MemoryFile = {
    bytes: new Uint8Array(0),
    read(buffer, { at }) {
      const part = file.bytes.subarray(at, at + buffer.length);
      buffer.set(part);
      return part.length;
    },
    write(buffer, { at }) {
      if (at + buffer.length > room) throw new Error('There is no room.');
      if (at + buffer.length > file.bytes.length) file.truncate(at + buffer.length);
      file.bytes.set(buffer, at);
      return buffer.length;
    },
    truncate(size) {
      const bytes = new Uint8Array(size);
      bytes.set(file.bytes.subarray(0, size));
      file.bytes = bytes;
    },
    flush() {},
    getSize: () => file.bytes.length,
    close() {},
  };
  return file;
}
