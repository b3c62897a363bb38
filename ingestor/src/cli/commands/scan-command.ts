/** `ihub scan`: shows what a folder would become, without writing. */
import { EnvironmentError } from '@ingesthub/schema/environment/parse-environment.ts';
import { checkFolder } from '../../scan/check-folder.ts';
import { readMediaRoots, realMediaRoots, resolveUserPath } from '../../settings/config.ts';
import { DatabaseUnreachable, type Sql } from '../../sql/client.ts';
import { libraryExists } from '../../sql/find-by-name.ts';
import { answeringFolders, whileAnswering } from '../context/answering-folder.ts';
import type { Command } from '../context/command-context.ts';
import { CommandError } from '../context/command-error.ts';
import { liveRoots } from '../context/live-roots.ts';
import { withDatabase } from '../context/with-database.ts';
import { proposalLines } from './proposal-lines.ts';
import { proposalDocument, propose } from './propose.ts';

export const scanCommand: Command = async ({ argument }, { output, signal }) => {
  const given = resolveUserPath(argument ?? '');
  const document = await whileAnswering(given, { output, signal }, async () => {
    // Those of other drives may hang, and say nothing of this one.
    const rootsHere = realMediaRoots(await answeringFolders(readMediaRoots(), { output, signal }));
    return withDatabaseOrNot(rootsHere.length > 0, async (sql) => {
      const roots = sql === null || rootsHere.length > 0 ? rootsHere : await liveRoots(sql);
      const folder = await checkFolder(given, roots, signal);
      const library = sql !== null && (await libraryExists(sql)) ? sql : null;
      return proposalDocument(await propose(folder, { roots, sql: library, signal }));
    });
  });
  output.result(document, proposalLines(document));
};

/** Connects if possible: with MEDIA_ROOT_PATHS a scan works without a database, but lacks earlier corrections. */
async function withDatabaseOrNot<T>(isOptional: boolean, use: (sql: Sql | null) => Promise<T>): Promise<T> {
  try {
    return await withDatabase((sql) => use(sql));
  } catch (error) {
    const isAway = error instanceof EnvironmentError || error instanceof DatabaseUnreachable;
    if (isAway && isOptional) return use(null);
    const isExpected = isAway || (error instanceof CommandError && error.code === 'unavailable');
    if (!isExpected) throw error;
    throw new CommandError('unavailable', `${error.message} Or set MEDIA_ROOT_PATHS.`);
  }
}
