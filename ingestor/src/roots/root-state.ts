/** Examines a media root. Blocks as long as its drive does: only for the process that examines that root. */
import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { z } from 'zod';
import { isLitter } from '../scan/names/litter.ts';
import { readSentinel } from './media-root.ts';

export const rootState = z.object({
  /** With symlinks resolved; null: the root does not exist. */
  real: z.string().nullable(),
  /** The system's error code when the root cannot be read; null: it can. */
  code: z.string().nullable(),
  /** Whether it contains nothing but litter. */
  isEmpty: z.boolean(),
  isWritable: z.boolean(),
  sentinel: z.string().nullable(),
});
export type RootState = z.infer<typeof rootState>;

export async function readRootState(folder: string): Promise<RootState> {
  const state: RootState = { real: null, code: null, isEmpty: false, isWritable: false, sentinel: null };
  try {
    state.real = await realpath(folder);
    if (!(await stat(state.real)).isDirectory()) return { ...state, code: 'ENOTDIR' };
    await access(state.real, constants.R_OK | constants.X_OK);
    state.isEmpty = (await readdir(state.real)).every(isLitter);
    state.isWritable = await access(state.real, constants.W_OK).then(
      () => true,
      () => false,
    );
    state.sentinel = await readSentinel(state.real);
    return state;
  } catch (error) {
    return { ...state, code: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}
