/** Streams the bytes of an open file as the body of an answer. */
import type { FileHandle } from 'node:fs/promises';

export interface FileBodyOptions {
  /** Closed when the body has been read or its reader has left. */
  readonly handle: FileHandle;
  /** First byte. `end` is the last byte. */
  readonly start: number;
  readonly end: number;
  /** Runs each read: a reader occupies a thread only while its requested bytes are being read. */
  readonly limit: <Result>(read: () => Promise<Result>) => Promise<Result>;
}

const CHUNK_BYTES = 128 * 1024;

export function fileBody({ handle, start, end, limit }: FileBodyOptions): ReadableStream<Uint8Array> {
  let at = start;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end + 1 - at));
          const { bytesRead } = await limit(() => handle.read(buffer, 0, buffer.length, at));
          if (bytesRead === 0) throw new Error('The file was truncated while it was being sent.');
          controller.enqueue(buffer.subarray(0, bytesRead));
          at += bytesRead;
          if (at <= end) return;
          controller.close();
        } catch (error) {
          await handle.close().catch(() => {});
          throw error;
        }
        await handle.close();
      },
      cancel: () => handle.close(),
    },
    { highWaterMark: 0 },
  );
}
