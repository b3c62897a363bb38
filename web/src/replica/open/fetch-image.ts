/** Fetches the library that the server keeps ready for new browsers: `GET /api/replica-image`. */
import type { ReplicaDownload } from '../model/replica.ts';

/** Bytes between two reports of progress. */
const REPORT_BYTES = 1024 * 1024;

/**
 * @param wanted the key of the images that this build can open, and the projects that the image may hold; null: the
 *   server's default for a browser without choices.
 * @returns a PGlite data directory as a tar, decompressed by the browser in transit; null when the server has
 *   no image, or cannot be reached.
 */
export async function fetchImage(
  wanted: { key: string; projects: readonly string[] | null },
  onProgress: (download: ReplicaDownload) => void,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | null> {
  const search = new URLSearchParams({ key: wanted.key });
  if (wanted.projects !== null) search.set('projects', wanted.projects.join());
  const response = await fetch(`/api/replica-image?${search}`, { cache: 'no-store' }).catch(() => null);
  const totalBytes = Number(response?.headers.get('x-uncompressed-length'));
  if (!response?.ok || !response.body || !(totalBytes > 0)) return null;
  onProgress({ receivedBytes: 0, totalBytes });
  let receivedBytes = 0;
  let reported = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      receivedBytes += piece.length;
      if (receivedBytes - reported >= REPORT_BYTES || receivedBytes === totalBytes) {
        reported = receivedBytes;
        onProgress({ receivedBytes, totalBytes });
      }
      controller.enqueue(piece);
    },
  });
  return response.body.pipeThrough(counted);
}
