/** Packed files in a folder of the browser's private file system; in a worker only. */
import { PackedFiles } from './packed-files.ts';

/** @throws DOMException `NoModificationAllowedError` while another worker has them open. */
export async function openOpfsFiles(
  folder: FileSystemDirectoryHandle,
  options: { durable: boolean },
): Promise<PackedFiles> {
  const opened: FileSystemSyncAccessHandle[] = [];
  const open = async (name: string) => {
    const file = await folder.getFileHandle(name, { create: true });
    const handle = await file.createSyncAccessHandle();
    opened.push(handle);
    return handle;
  };
  const all = await Promise.allSettled([open('contents'), open('journal-0'), open('journal-1')]);
  const [contents, even, odd] = all.map((result) => (result.status === 'fulfilled' ? result.value : null));
  if (contents && even && odd) return new PackedFiles({ contents, journals: [even, odd], ...options });
  for (const handle of opened) handle.close();
  throw all.find((result) => result.status === 'rejected')?.reason;
}
