/** Whether a media root is to be believed just now, by what this host knew of it. */
import type { Sql } from '../sql/client.ts';
import { knownRoot } from '../sql/media-roots.ts';
import { type MediaRoot, rootProblem } from './media-root.ts';

/** Why it is not, in one sentence for people; null: it is. */
export async function seeRoot(root: MediaRoot, { sql, host }: { sql: Sql; host: string }): Promise<string | null> {
  const known = await knownRoot(sql, host, root.path);
  return rootProblem(root, known ?? { hasSentinel: false, knownFolders: 0 });
}
