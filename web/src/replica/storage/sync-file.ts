/** The file interface of packed files, matched by `FileSystemSyncAccessHandle` of the browser's private file system. */
export interface SyncFile {
  /** @returns the number of bytes read, fewer at the end of the file. */
  read(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  write(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(size: number): void;
  /** Returns once all writes would survive a power cut. */
  flush(): void;
  /** Returns the size in bytes. */
  getSize(): number;
  close(): void;
}
