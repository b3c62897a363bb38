/** Creates packages from folders that a person or a rule accepted; their runs do the rest. */
import { fallbackKind } from '../../analyze/kinds/package-kinds.ts';
import { transaction } from '../../sql/client.ts';
import { acceptedFolders, becomePackage, setIncomingProblem } from '../../sql/incoming.ts';
import { projectStands, queuePackage } from '../../sql/packages.ts';
import { createRun } from '../../sql/runs.ts';
import type { WorkerContext } from '../queue/worker-context.ts';

/** @returns the number of packages created. */
export async function acceptIncoming({ sql, roots, log }: WorkerContext): Promise<number> {
  const rootIds = roots.map(({ id }) => id);
  return transaction(sql, async (session) => {
    let made = 0;
    for (const row of await acceptedFolders(session, rootIds)) {
      if (row.project_id === null || !(await projectStands(session, row.project_id))) {
        const which =
          row.project_id === null ? 'no project is set: choose one' : 'its project was deleted: choose another';
        await setIncomingProblem(session, row.source_path, `Accepted, but ${which}.`);
        continue;
      }
      // The library's history must name the person who accepted the folder.
      await session`SELECT set_config('ihub.actor', ${row.updated_by}, true)`;
      const { proposal } = row;
      const packageId = await queuePackage(session, {
        projectId: row.project_id,
        type: row.type ?? proposal?.type ?? fallbackKind.name,
        sourcePath: row.source_path,
        folderName: row.name,
        description: row.description ?? undefined,
        tags: row.tags,
      });
      await becomePackage(session, row.id, packageId);
      await createRun(session, row.project_id, packageId, row.options ?? {});
      log.info({ event: 'folder accepted', folder: row.source_path, package: packageId, by: row.updated_by });
      made += 1;
    }
    return made;
  });
}
