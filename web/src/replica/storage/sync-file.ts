/** What packed files ask of a file. A `FileSystemSyncAccessHandle` of the browser's private file system is one. */
export interface SyncFile {
  /** @returns the bytes read: fewer at the end of the file. */
  read(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  write(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(size: number): void;
  /** Returns when what was written survives a power cut. */
  flush(): void;
  /** In bytes. */
  getSize(): number;
  close(): void;
}
