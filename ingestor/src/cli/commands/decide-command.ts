/** `ihub accept` and `ihub dismiss`: decide about an incoming folder. */
import type { IncomingDecision } from '@ingesthub/schema/library/vocabulary.ts';
import { z } from 'zod';
import { fallbackKind } from '../../analyze/kinds/package-kinds.ts';
import { type FoundFolder, findIncoming } from '../../sql/find-by-name.ts';
import { findOrCreateProject } from '../../sql/packages.ts';
import { asPerson, mutate } from '../context/as-person.ts';
import type { Command } from '../context/command-context.ts';
import { CommandError } from '../context/command-error.ts';
import { libraryPath } from '../context/find-package.ts';
import { withDatabase } from '../context/with-database.ts';
import { nameOption } from '../spec/ingest-options.ts';
import { readOptions } from '../spec/read-options.ts';

export function decideCommand(decision: IncomingDecision): Command {
  return async ({ argument, options: given }, { output }) => {
    const { project } = readOptions(z.object({ project: nameOption.optional() }), given);
    const path = await libraryPath(argument ?? '');
    const decided = await withDatabase(async (sql) => {
      const found = mayBeDecided(await findIncoming(sql, path), path);
      if (decision === 'accepted' && project === undefined && found.project_id === null) {
        throw new CommandError('invalid_arguments', `${found.name} needs a project: --project NAME.`);
      }
      const ids = [found.id];
      await asPerson(sql, async (session) => {
        if (project !== undefined) {
          const project_id = await findOrCreateProject(session, project, found.type ?? fallbackKind.name);
          await mutate(session, { name: 'incoming.edit', args: { ids, set: { project_id } } });
        }
        await mutate(session, { name: 'incoming.decide', args: { ids, decision } });
      });
      return mayBeDecided(await findIncoming(sql, path), path);
    });
    const became =
      decision === 'accepted' ? `becomes a package of ${decided.project ?? 'its project'}` : 'is dismissed';
    output.result({ incoming: decided }, [`${decided.source_path} ${became}.`]);
  };
}

function mayBeDecided(found: FoundFolder | null, path: string): FoundFolder {
  if (found === null) {
    throw new CommandError('not_found', `${path} is not an incoming folder; ihub list incoming shows them.`);
  }
  if (found.status === 'ingested') throw new CommandError('conflict', `${path} is already a package.`);
  if (found.status === 'gone') throw new CommandError('not_found', `${path} is no longer on disk.`);
  return found;
}
