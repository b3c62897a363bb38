/** Opens packed files in a folder of the browser's private file system. Workers only. */
import { FileError } from './file-tree.ts';
import { PackedFiles } from './packed-files.ts';
import type { SyncFile } from './sync-file.ts';

/** @throws DOMException `NoModificationAllowedError` while another worker has them open. */
export async function openOpfsFiles(
  folder: FileSystemDirectoryHandle,
  options: { durable: boolean },
): Promise<PackedFiles> {
  const opened: SyncFile[] = [];
  const open = async (name: string) => {
    const file = await openOpfsFile(folder, name);
    opened.push(file);
    return file;
  };
  const all = await Promise.allSettled([open('contents'), open('journal-0'), open('journal-1')]);
  const [contents, even, odd] = all.map((result) => (result.status === 'fulfilled' ? result.value : null));
  if (contents && even && odd) return new PackedFiles({ contents, logs: [even, odd], ...options });
  for (const file of opened) file.close();
  throw all.find((result) => result.status === 'rejected')?.reason;
}

/** Creates a missing file. @throws DOMException `NoModificationAllowedError` while another worker has it open. */
export async function openOpfsFile(folder: FileSystemDirectoryHandle, name: string): Promise<SyncFile> {
  const file = await folder.getFileHandle(name, { create: true });
  return withErrno(await file.createSyncAccessHandle(), name);
}

/** Converts the browser's quota error to ENOSPC, which Postgres understands. */
function withErrno(handle: FileSystemSyncAccessHandle, name: string): SyncFile {
  function growing<Result>(grow: () => Result): Result {
    try {
      return grow();
    } catch (error) {
      const full = error instanceof Error && error.name === 'QuotaExceededError';
      throw full ? new FileError('ENOSPC', name, { cause: error }) : error;
    }
  }
  return {
    read: (buffer, options) => handle.read(buffer, options),
    write: (buffer, options) => growing(() => handle.write(buffer, options)),
    truncate: (size) => growing(() => handle.truncate(size)),
    flush: () => handle.flush(),
    getSize: () => handle.getSize(),
    close: () => handle.close(),
  };
}
