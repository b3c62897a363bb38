/** `ihub scan`: what a folder would become, without a write. */
import { EnvironmentError } from '@ingesthub/schema/parse-environment.ts';
import { readMediaRoots, resolveUserPath } from '../config.ts';
import { checkFolder } from '../scan/check-folder.ts';
import { DatabaseUnreachable } from '../sql/client.ts';
import type { Command } from './command-context.ts';
import { CommandError } from './command-error.ts';
import { liveRoots } from './live-roots.ts';
import { proposalLines } from './proposal-lines.ts';
import { proposalDocument, propose } from './propose.ts';
import { withDatabase } from './with-database.ts';

export const scanCommand: Command = async ({ argument }, { output, signal }) => {
  const roots = await readableRoots();
  const folder = await checkFolder(resolveUserPath(argument ?? ''), roots, signal);
  const document = proposalDocument(await propose(folder, roots, signal));
  output.result(document, proposalLines(document));
};

/** A look needs no ingestor where MEDIA_ROOT_PATHS says what may be read. */
async function readableRoots(): Promise<string[]> {
  const roots = readMediaRoots();
  if (roots.length > 0) return roots;
  try {
    return await withDatabase((sql) => liveRoots(sql));
  } catch (error) {
    const isExpected =
      error instanceof CommandError || error instanceof EnvironmentError || error instanceof DatabaseUnreachable;
    if (!isExpected) throw error;
    throw new CommandError('unavailable', `${error.message} Or set MEDIA_ROOT_PATHS.`);
  }
}
