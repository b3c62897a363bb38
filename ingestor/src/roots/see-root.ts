/** Decides whether a media root can be trusted now, given what this host knew of it. */
import type { Sql } from '../sql/client.ts';
import { knownRoot } from '../sql/media-roots.ts';
import { type MediaRoot, rootProblem } from './media-root.ts';
import { RootSilent } from './root-process.ts';
import type { RootPulses } from './root-pulse.ts';

interface SeenRoot {
  readonly hasSentinel: boolean;
  /** Why the root cannot be trusted, in one sentence for people; null: it can. */
  readonly problem: string | null;
}

export async function lookAtRoot(
  root: MediaRoot,
  { sql, host, pulses }: { sql: Sql; host: string; pulses: RootPulses },
): Promise<SeenRoot> {
  try {
    const state = await pulses.of(root.id).see();
    const known = await knownRoot(sql, host, root.path);
    const problem = rootProblem(root, state, known ?? { hasSentinel: false, knownFolders: 0 });
    return { hasSentinel: state.sentinel !== null, problem };
  } catch (error) {
    if (!(error instanceof RootSilent)) throw error;
    return { hasSentinel: false, problem: error.message };
  }
}

/** Explains in one sentence for people why the root cannot be trusted; null: it can. */
export async function seeRoot(root: MediaRoot, context: Parameters<typeof lookAtRoot>[1]): Promise<string | null> {
  return (await lookAtRoot(root, context)).problem;
}
