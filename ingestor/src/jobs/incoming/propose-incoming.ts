/** Proposes what an incoming folder is, and accepts it when a rule does. */
import { acceptedBy } from '../../analyze/auto-accept.ts';
import { folderToPropose } from '../../analyze/config-file.ts';
import { proposeFolder } from '../../analyze/propose-folder.ts';
import type { MediaRoot } from '../../roots/media-root.ts';
import { scanFolder } from '../../scan/scan-folder.ts';
import { transaction } from '../../sql/client.ts';
import { findCorrections, likelyProject } from '../../sql/corrections.ts';
import { acceptByRule, setIncomingProblem, writeProposal } from '../../sql/incoming.ts';
import { findOrCreateProject } from '../../sql/packages.ts';
import type { WorkerContext } from '../queue/worker-context.ts';
import type { TreeState } from './settle.ts';

export async function proposeIncoming(
  folder: string,
  tree: TreeState,
  root: MediaRoot,
  context: WorkerContext,
): Promise<void> {
  const { sql, log, mediaRoots: roots, signal, analysis, metrics } = context;
  const scanned = await scanFolder(folder, { roots, signal });
  if (scanned.assets.length === 0) {
    return setIncomingProblem(sql, folder, 'The folder contains no readable files.');
  }
  const projectId = await likelyProject(sql, folder);
  const proposal = await proposeFolder(await folderToPropose(folder, root.path), scanned, {
    model: analysis.model,
    findCorrections: (patterns) => findCorrections(sql, { patterns, projectId }),
    signal,
  });
  const { fingerprint, files, size } = tree;
  const rule = acceptedBy(analysis.autoAccept, folder, proposal);
  await transaction(sql, async (session) => {
    await writeProposal(session, folder, { fingerprint, files, size, proposal });
    if (rule === null) return;
    await acceptByRule(session, folder, await findOrCreateProject(session, rule.project, proposal.type));
  });
  const { type, confidence, source, problems } = proposal;
  if (proposal.usage !== null) metrics.countModel(proposal.usage);
  log.info({
    event: 'folder proposed',
    folder,
    type,
    confidence,
    source,
    problems: problems.length,
    accepted: rule?.project ?? null,
  });
}
