/** What a look at a media root shows. Waits as long as its drive does: only for the process that looks at that root. */
import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { z } from 'zod';
import { isLitter } from '../scan/litter.ts';
import { readSentinel } from './media-root.ts';

export const rootSight = z.object({
  /** Symlinks resolved; null: it is not there. */
  real: z.string().nullable(),
  /** Why it cannot be read, as a code of the system; null: it can. */
  code: z.string().nullable(),
  /** Whether nothing but litter lies in it. */
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
