/** What a face crop says about itself, in any of the ways that face pipelines have. Pixels are never decoded. */
import type { FileHandle } from 'node:fs/promises';
import { readBytes, readHandle } from './byte-reader.ts';
import { type FoundCarriers, faceCarriers } from './face-carriers.ts';
import { type FaceFacts, faceFacts } from './face-facts.ts';
import { readPickle } from './pickle/read-pickle.ts';
import { readLiteral } from './read-literal.ts';
import { FaceProblem } from './values/face-problem.ts';

export interface FaceReading {
  /** Null: what there is could not be used, and `problem` says why. */
  readonly face: FaceFacts | null;
  /** One sentence for people; also where something else in the file could be used instead. */
  readonly problem: string | null;
}

/**
 * @param file the whole file, of any kind.
 * @returns null when it is neither PNG nor JPEG by its first bytes, or has no face metadata.
 */
export function readFace(file: Buffer): FaceReading | null {
  return reading(() => readBytes(faceCarriers(file.length), file));
}

/**
 * The same of a file that is not in memory: reads the headers of its chunks and what they say of a face.
 *
 * @param size bytes, as `handle.stat()` has it.
 * @throws the file system's error when it cannot be read.
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
