/** Checks that the derivatives in the library are on disk; missing ones are regenerated. */
import { findLost, type LostOptions, looksAway, makeLostAgain, REMAKE_ADVICE } from '../../../derivatives/find-lost.ts';
import { plural } from '../../terminal/text-table.ts';
import { type Finding, ok, warning } from './finding.ts';

const CHECK = 'derivatives';

/** @param rootIds the roots of this host: another host may keep its derivatives elsewhere. */
export async function lostDerivativesFinding(rootIds: readonly string[], options: LostOptions): Promise<Finding> {
  let found: Awaited<ReturnType<typeof findLost>>;
  try {
    found = await findLost({ rootIds }, options);
  } catch (error) {
    options.signal.throwIfAborted();
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== 'scandir') throw error;
    // The folder is created with the first derivative, and has its own check.
    return ok(CHECK, `not checked: ${options.folder} cannot be read (${code})`);
  }
  const { lost, named } = found;
  if (lost.length === 0) return ok(CHECK, `${plural(named, 'derivative')} of this host’s media roots on disk`);
  const share = `${lost.length} of ${plural(named, 'derivative')} are not in ${options.folder}`;
  if (looksAway(found)) return warning(CHECK, `${share}: nothing was changed.`, REMAKE_ADVICE);
  await makeLostAgain(lost, options);
  return warning(CHECK, `${share}; they are being regenerated.`);
}
