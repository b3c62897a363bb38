/** Finds a daemon's media roots at its start: their ids, their paths, and whether they answer. */
import { EnvironmentError } from '@ingesthub/schema/environment/parse-environment.ts';
import { type Sql, transaction } from '../sql/client.ts';
import { knownRoot, renameRoot, writeRoot } from '../sql/media-roots.ts';
import { type MediaRoot, rootId } from './media-root.ts';
import { RootProcess, RootSilent } from './root-process.ts';
import { type PulseOptions, RootPulse } from './root-pulse.ts';
import type { RootState } from './root-state.ts';

interface FoundRoot extends MediaRoot {
  readonly pulse: RootPulse;
}

/**
 * Checks all roots at once. A root that does not answer keeps its former id, and is used once it answers.
 *
 * @param mediaRoots absolute.
 * @throws EnvironmentError when a root is missing or not a folder.
 */
export async function findRoots(
  { mediaRoots, host, machine }: { mediaRoots: readonly string[]; host: string; machine: string },
  options: PulseOptions & { readonly sql: Sql },
): Promise<FoundRoot[]> {
  const { sql, patienceMs } = options;
  return Promise.all(
    mediaRoots.map(async (given) => {
      using first = new RootProcess(given);
      const state = await first.look(patienceMs).catch((error: unknown) => {
        if (error instanceof RootSilent) return null;
        throw error;
      });
      const path = state === null ? given : realFolder(given, state);
      const sentinel = state?.sentinel ?? null;
      const known = await knownRoot(sql, host, path);
      // A root whose sentinel cannot be read now keeps its id: it may be mounted later.
      const isKnown = known !== null && sentinel === null && (known.hasSentinel || state === null);
      const id = isKnown ? known.id : rootId(machine, path, sentinel);
      const problem = state === null ? new RootSilent(path).message : null;
      await writeRoot(sql, { id, host, path, hasSentinel: sentinel !== null, problem });
      // A changed sentinel means another tree; the first sentinel only gives the same tree a name.
      const byPath = rootId(machine, path, null);
      if (id !== byPath) await transaction(sql, (session) => renameRoot(session, byPath, id));
      return { id, path, pulse: new RootPulse(new RootProcess(path), options) };
    }),
  );
}

/** @throws EnvironmentError */
function realFolder(given: string, { real, code }: RootState): string {
  if (code === 'ENOTDIR') throw new EnvironmentError(`The media root ${given} of MEDIA_ROOT_PATHS is not a folder.`);
  if (real === null) throw new EnvironmentError(`The media root ${given} of MEDIA_ROOT_PATHS does not exist.`);
  return real;
}
