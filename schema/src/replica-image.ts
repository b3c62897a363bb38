/** What is known of a replica image: written beside it by its builder, read by the server. */
import { z } from 'zod';

export const replicaImage = z.object({
  /** Of the schema and the PGlite that it is for; another build of the app may need another. */
  key: z.string(),
  builtAt: z.coerce.date(),
  /** Whose assets are in it. */
  projects: z.array(z.uuid()),
  /** Handles of the shapes that it goes on from: when one of them is gone, it saves nobody a thing. Older builders named none. */
  handles: z.array(z.string()).default([]),
  /** Of the tar. */
  uncompressedBytes: z.number().int(),
  /** The tar in both compressions: names of files in the same folder. */
  files: z.object({ zstd: z.string(), gzip: z.string() }),
});
export type ReplicaImage = z.infer<typeof replicaImage>;

/** The image for browsers that have chosen nothing yet; those of other working sets are named by a hash of it. */
export const DEFAULT_IMAGE = 'default';

/** The file that tells of the present image of that name; it is replaced when the next is complete. */
export function replicaImageFile(name: string): string {
  return `${name}.json`;
}
