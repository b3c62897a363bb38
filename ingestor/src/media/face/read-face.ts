/** Reads the metadata of a face crop from any carrier that face pipelines use. Pixels are never decoded. */
import type { FileHandle } from 'node:fs/promises';
import { readBytes, readHandle } from './byte-reader.ts';
import { type FoundCarriers, faceCarriers } from './face-carriers.ts';
import { type FaceFacts, faceFacts } from './face-facts.ts';
import { readPickle } from './pickle/read-pickle.ts';
import { readLiteral } from './read-literal.ts';
import { FaceProblem } from './values/face-problem.ts';

export interface FaceReading {
  /** Null when the metadata is unusable; `problem` then states why. */
  readonly face: FaceFacts | null;
  /** One sentence for people; set also when another carrier in the file could be used instead. */
  readonly problem: string | null;
}

/**
 * @param file the whole file, of any kind.
 * @returns null when the first bytes are neither PNG nor JPEG, or when the file has no face metadata.
 */
export function readFace(file: Buffer): FaceReading | null {
  return reading(() => readBytes(faceCarriers(file.length), file));
}

/**
 * Like `readFace`, for a file on disk: reads the headers of its chunks and the face metadata.
 *
 * @param size bytes, from `handle.stat()`.
 * @throws the file system's error when the file cannot be read.
 */
export async function readFaceFrom(handle: FileHandle, size: number): Promise<FaceReading | null> {
  try {
    const found = await readHandle(faceCarriers(size), handle);
    return reading(() => found);
  } catch (error) {
    return unusable(error);
  }
}

function reading(find: () => FoundCarriers): FaceReading | null {
  let failed: FaceReading | null = null;
  try {
    for (const { carrier, read } of find()) {
      try {
        const content = read();
        const value = typeof content === 'string' ? readLiteral(content) : readPickle(content);
        return { face: faceFacts(carrier, value), problem: failed?.problem ?? null };
      } catch (error) {
        failed ??= unusable(error);
      }
    }
    return failed;
  } catch (error) {
    return unusable(error);
  }
}

function unusable(error: unknown): FaceReading {
  if (!(error instanceof FaceProblem)) throw error;
  return { face: null, problem: error.message };
}
