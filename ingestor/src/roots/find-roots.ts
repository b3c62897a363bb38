/** The media roots of a daemon, as it starts: which they are, by what names they go, and whether they answer. */
import { EnvironmentError } from '@ingesthub/schema/parse-environment.ts';
import { type Sql, transaction } from '../sql/client.ts';
import { knownRoot, renameRoot, writeRoot } from '../sql/media-roots.ts';
import { type MediaRoot, rootId } from './media-root.ts';
import { RootProcess, RootSilent } from './root-process.ts';
import { type PulseOptions, RootPulse } from './root-pulse.ts';
import type { RootSight } from './root-sight.ts';

interface FoundRoot extends MediaRoot {
  readonly pulse: RootPulse;
}

/**
 * Looks at all of them at once. One that does not answer keeps the name that it had, and is taken up when it does.
 *
 * @param mediaRoots absolute.
 * @throws EnvironmentError when one is missing or no folder.
 */
export async function findRoots(
  { mediaRoots, host, machine }: { mediaRoots: readonly string[]; host: string; machine: string },
  options: PulseOptions & { readonly sql: Sql },
): Promise<FoundRoot[]> {
  const { sql, patienceMs } = options;
  return Promise.all(
    mediaRoots.map(async (given) => {
      using first = new RootProcess(given);
      const sight = await first.look(patienceMs).catch((error: unknown) => {
        if (error instanceof RootSilent) return null;
        throw error;
      });
      const path = sight === null ? given : realFolder(given, sight);
      const sentinel = sight?.sentinel ?? null;
      const known = await knownRoot(sql, host, path);
      // One whose sentinel cannot be read now is still what it was: it may be mounted later.
      const isKnown = known !== null && sentinel === null && (known.hasSentinel || sight === null);
      const id = isKnown ? known.id : rootId(machine, path, sentinel);
      const problem = sight === null ? new RootSilent(path).message : null;
      await writeRoot(sql, { id, host, path, hasSentinel: sentinel !== null, problem });
      // Another sentinel than before is another tree; the first one is the same tree's name.
      const byPath = rootId(machine, path, null);
      if (id !== byPath) await transaction(sql, (session) => renameRoot(session, byPath, id));
      return { id, path, pulse: new RootPulse(new RootProcess(path), options) };
    }),
  );
}

/** @throws EnvironmentError */
function realFolder(given: string, { real, code }: RootSight): string {
  if (code === 'ENOTDIR') throw new EnvironmentError(`The media root ${given} of MEDIA_ROOT_PATHS is not a folder.`);
  if (real === null) throw new EnvironmentError(`The media root ${given} of MEDIA_ROOT_PATHS does not exist.`);
  return real;
}
