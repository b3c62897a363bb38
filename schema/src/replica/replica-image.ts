/** The description of a replica image: its builder writes it beside the image, the server reads it. */
import { z } from 'zod';

export const replicaImage = z.object({
  /** Identifies the schema and PGlite version that the image fits; another build of the app may need another image. */
  key: z.string(),
  /** When its build began: every change committed by then is in it. */
  builtAt: z.coerce.date(),
  /** Projects whose assets the image contains. */
  projects: z.array(z.uuid()),
  /** Handles of the shapes that the image continues from; useless once one is gone. Older builders wrote none. */
  handles: z.array(z.string()).default([]),
  /** Size of the tar. */
  uncompressedBytes: z.number().int(),
  /** The tar in both compressions, as file names in the same folder. */
  files: z.object({ zstd: z.string(), gzip: z.string() }),
});
export type ReplicaImage = z.infer<typeof replicaImage>;

/** The image for browsers that have chosen nothing yet; images of other working sets are named by the set's hash. */
export const DEFAULT_IMAGE = 'default';

/** Returns the name of the file that describes the current image; it is replaced when the next image is complete. */
export function replicaImageFile(name: string): string {
  return `${name}.json`;
}
