/** Applies the plan of one folder. A failure is recorded for its asset and does not hold up the others. */
import path from 'node:path';
import type { Datasets } from './datasets.ts';
import { makeLink, removeLink, replaceLink } from './link-file.ts';
import { AT_ONCE, makeFolder, removeEmptyFolders } from './link-folders.ts';
import { linkProblem, problemEverywhere } from './link-problem.ts';
import type { FolderPlan, WantedLink } from './plan-links.ts';

/** Shared by the folders of one pass. */
export interface LinkingContext {
  readonly datasets: Datasets;
  readonly signal: AbortSignal;
  /** Set by the first problem that all further links would meet too; they are then not attempted. */
  brokenBy: string | null;
}

/** @returns the problems of missing links, by asset. */
export async function applyPlan(
  folder: string,
  plan: FolderPlan,
  context: LinkingContext,
): Promise<Map<string, string[]>> {
  const { datasets, signal } = context;
  const problems = new Map<string, string[]>();
  const fail = (link: WantedLink, problem: string) => {
    const others = problems.get(link.assetId);
    if (others) others.push(problem);
    else problems.set(link.assetId, [problem]);
  };
  for (const link of plan.collisions) fail(link, link.problem);

  // Removals first: on file systems that ignore case a new link may need the old one's name.
  await inBatches(plan.remove, signal, ({ name, target }) =>
    // The next pass finds links that could not be removed.
    removeLink(path.join(folder, name), target).catch(() => false),
  );
  if (plan.remove.length > 0 && plan.make.length + plan.keep.length + plan.replace.length === 0) {
    await removeEmptyFolders(datasets, folder);
  }

  const changes = [...plan.make.map((link) => ({ ...link, former: null })), ...plan.replace];
  if (plan.make.length > 0 && context.brokenBy === null) {
    try {
      await makeFolder(datasets, folder);
    } catch (error) {
      context.brokenBy = problemEverywhere(error);
      const problem = linkProblem(error, folder);
      for (const link of changes) fail(link, problem);
      return problems;
    }
  }
  await inBatches(changes, signal, async (link) => {
    if (context.brokenBy !== null) return fail(link, context.brokenBy);
    const place = path.join(folder, link.name);
    try {
      if (link.former === null) await makeLink(place, link.target);
      else await replaceLink(place, link.former, link.target);
    } catch (error) {
      context.brokenBy ??= problemEverywhere(error);
      fail(link, linkProblem(error, place));
    }
  });
  return problems;
}

async function inBatches<T>(items: readonly T[], signal: AbortSignal, work: (item: T) => Promise<unknown>) {
  for (let start = 0; start < items.length; start += AT_ONCE) {
    signal.throwIfAborted();
    await Promise.all(items.slice(start, start + AT_ONCE).map(work));
  }
}
