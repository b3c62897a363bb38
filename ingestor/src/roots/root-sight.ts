/** Examines a media root. Blocks as long as its drive does: only for the process that examines that root. */
import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { z } from 'zod';
import { isLitter } from '../scan/names/litter.ts';
import { readSentinel } from './media-root.ts';

export const rootSight = z.object({
  /** With symlinks resolved; null: the root does not exist. */
  real: z.string().nullable(),
  /** The system's error code when the root cannot be read; null: it can. */
  code: z.string().nullable(),
  /** Whether it contains nothing but litter. */
  isEmpty: z.boolean(),
  isWritable: z.boolean(),
  sentinel: z.string().nullable(),
});
export type RootSight = z.infer<typeof rootSight>;

export async function sightOf(folder: string): Promise<RootSight> {
  const sight: RootSight = { real: null, code: null, isEmpty: false, isWritable: false, sentinel: null };
  try {
    sight.real = await realpath(folder);
    if (!(await stat(sight.real)).isDirectory()) return { ...sight, code: 'ENOTDIR' };
    await access(sight.real, constants.R_OK | constants.X_OK);
    sight.isEmpty = (await readdir(sight.real)).every(isLitter);
    sight.isWritable = await access(sight.real, constants.W_OK).then(
      () => true,
      () => false,
    );
    sight.sentinel = await readSentinel(sight.real);
    return sight;
  } catch (error) {
    return { ...sight, code: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}
