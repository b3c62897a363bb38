/** Links a package's assets into the dataset directories of their subjects, and removes unwanted links. */
import type { IngestorLog } from '../log/log-events.ts';
import { type Sql, transaction } from '../sql/client.ts';
import {
  countLinks,
  dropLinks,
  hasLinks,
  type LinkRecord,
  setDatasetDirectory,
  setPackageLinks,
  writeLinks,
} from '../sql/dataset-links.ts';
import { whileLinking } from '../sql/link-lock.ts';
import { applyPlan, type LinkingContext } from './apply-links.ts';
import { type Datasets, openDatasets } from './datasets.ts';
import { foldersBelow, readLinks, removeEmptyFolders } from './link-folders.ts';
import { isOfDisk, LinkRefused, linkProblem } from './link-problem.ts';
import { type LinkedAsset, type PackageLinks, readPackageLinks, wantedLinks } from './package-links.ts';
import { planFolder } from './plan-links.ts';
import { removeStaleLinks } from './remove-stale-links.ts';

/** Assets per write of rows: after a crash, at most this many links have no row. */
const BATCH = 1000;

export interface LinkOptions {
  readonly sql: Sql;
  /** Absolute; null: nothing is linked or reported. */
  readonly datasetsRoot: string | null;
  readonly host: string;
  /** Absolute, symlinks resolved; nothing is written in them. */
  readonly mediaRoots: readonly string[];
  readonly signal: AbortSignal;
  readonly log: Pick<IngestorLog, 'info' | 'warn'>;
  /** Whether subjects without a dataset directory get a new one. Default: true. */
  readonly makesDirectories?: boolean;
}

export interface LinkOutcome {
  /** Assets whose links exist. */
  readonly made: number;
  /** Assets whose links could not be made. */
  readonly failed: number;
  /** One or a few sentences for the package's page. */
  readonly problem: string | null;
}

/**
 * Makes the links on disk match the rows, and records the result. Repeatable at any time; the next pass completes an
 * interrupted one.
 *
 * @throws errors that are not about links: from the database, or the signal's reason.
 */
export async function linkPackage(packageId: string, options: LinkOptions): Promise<LinkOutcome> {
  const { sql, datasetsRoot, host, signal, log } = options;
  if (datasetsRoot === null) return { made: 0, failed: 0, problem: null };
  return whileLinking(sql, host, signal, async () => {
    let problem: string | null;
    try {
      const datasets = await openForLinks(datasetsRoot, options);
      problem = await link(packageId, datasets, options);
    } catch (error) {
      if (!(error instanceof LinkRefused)) throw error;
      problem = error.message;
    }
    const outcome = await transaction(sql, async (session) => {
      const counted = { ...(await countLinks(session, packageId)), problem };
      await setPackageLinks(session, packageId, counted);
      return counted;
    });
    log.info({ event: 'package linked', package: packageId, ...outcome });
    return outcome;
  });
}

/** @throws LinkRefused when nothing can be linked on this host. */
export async function openForLinks(
  datasetsRoot: string,
  { sql, host, mediaRoots }: Pick<LinkOptions, 'sql' | 'host' | 'mediaRoots'>,
): Promise<Datasets> {
  const datasets = await openDatasets(datasetsRoot, mediaRoots);
  if (datasets.directories.length === 0 && (await hasLinks(sql, host))) {
    throw new LinkRefused(`The datasets root ${datasetsRoot} is empty, although links were made there: is it mounted?`);
  }
  return datasets;
}

/** @returns the problem to show on the package's page; null: none. */
async function link(packageId: string, datasets: Datasets, options: LinkOptions): Promise<string | null> {
  const { sql, host, signal, log, makesDirectories = true } = options;
  const links = await readPackageLinks(sql, packageId, host, datasets, makesDirectories);
  if (links === null) return null;
  await transaction(sql, async (session) => {
    await dropLinks(session, links.outdated);
    for (const { subjectId, directory } of links.newDirectories)
      await setDatasetDirectory(session, subjectId, directory);
    await writeLinks(session, packageId, host, links.refused);
  });
  // Before links are made: a single file's former link may now belong to a frame.
  await removeStaleLinks({ sql, host, datasets, signal, log });

  const context: LinkingContext = { datasets, signal, brokenBy: null };
  const failures: LinkRecord[] = [];
  let batch: LinkRecord[] = [];
  const flush = async () => {
    const written = batch;
    batch = [];
    await transaction(sql, (session) => writeLinks(session, packageId, host, written));
  };
  for (const folder of [...links.folders.keys()].sort()) {
    for (const record of await linkFolder(folder, links.folders.get(folder) ?? [], links, context)) {
      batch.push(record);
      if (record.problem !== null) failures.push(record);
    }
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  for (const top of links.packageFolders) await clearFolders(top, links, context);
  return problemOf(links.questions, failures);
}

async function linkFolder(
  folder: string,
  assets: readonly LinkedAsset[],
  { ownership }: PackageLinks,
  context: LinkingContext,
): Promise<LinkRecord[]> {
  const wanted = await wantedLinks(assets);
  const counts = new Map<string, number>();
  for (const { assetId } of wanted) counts.set(assetId, (counts.get(assetId) ?? 0) + 1);
  let problemFor: (assetId: string) => string | null;
  try {
    const plan = planFolder(wanted, await readLinks(context.datasets, folder), ownership);
    const problems = await applyPlan(folder, plan, context);
    problemFor = (assetId) => sentence(problems.get(assetId) ?? [], counts.get(assetId) ?? 1);
  } catch (error) {
    if (!isOfDisk(error)) throw error;
    const problem = linkProblem(error, folder);
    problemFor = () => problem;
  }
  return assets.map(({ asset, linkPath, target }) => ({
    assetId: asset.id,
    linkPath,
    target,
    problem: problemFor(asset.id),
  }));
}

/** Removes the package's links from folders where it should have none, and the folders that this leaves empty. */
async function clearFolders(top: string, { folders, ownership }: PackageLinks, context: LinkingContext): Promise<void> {
  try {
    for (const folder of (await foldersBelow(context.datasets, top, context.signal)).toReversed()) {
      if (folders.has(folder)) continue;
      const plan = planFolder([], await readLinks(context.datasets, folder), ownership);
      await applyPlan(folder, plan, context);
      await removeEmptyFolders(context.datasets, folder);
    }
  } catch (error) {
    // The next pass finds them.
    if (!isOfDisk(error)) throw error;
  }
}

function sentence(problems: readonly string[], files: number): string | null {
  const [first] = problems;
  if (first === undefined) return null;
  return files === 1 ? first : `${problems.length} of its ${files} frames have no link: ${first}`;
}

/** Puts questions first, because people can answer them. */
function problemOf(questions: readonly string[], failures: readonly LinkRecord[]): string | null {
  const [first] = failures;
  const parts = [
    ...questions.slice(0, 3),
    ...(questions.length > 3 ? [`The same applies to ${questions.length - 3} more.`] : []),
    ...(first === undefined ? [] : [`${failures.length} of its assets could not be linked: ${first.problem}`]),
  ];
  return parts.length === 0 ? null : parts.join(' ');
}
