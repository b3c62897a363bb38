/**
 * Brings a package's rows in line with its folder. Files of a new package are registered as they are found. In a known
 * package, files that differ from their rows wait for the end of the scan, which decides which asset each is and what
 * is gone. If too much is gone, the drive may be unmounted.
 */
import { brokenCards, mayBeOnCard } from '../../analyze/rules/broken-cards.ts';
import { assetsOf, type ScannedAsset } from '../../scan/assets-of.ts';
import { FolderError } from '../../scan/check-folder.ts';
import type { Unreadable } from '../../scan/pending-folder.ts';
import { type FolderListing, scanTree } from '../../scan/scan-tree.ts';
import { treeFingerprint } from '../../scan/tree-fingerprint.ts';
import { unreadableProblem } from '../../scan/unreadable-problem.ts';
import { transaction } from '../../sql/client.ts';
import { assetsOfFolders, type KnownAsset } from '../../sql/known-assets.ts';
import { inheritWork } from '../../sql/merge-assets.ts';
import { lockPlaces, type Moved, moveByContent, moveByIdentity } from '../../sql/moved-assets.ts';
import { type AssetPlacement, awaitsModel, setPackageFingerprint } from '../../sql/packages.ts';
import {
  countPresent,
  type KnownFolder,
  knownFolders,
  refreshFiles,
  registerAssets,
  setFingerprints,
} from '../../sql/register-assets.ts';
import { retryFailed } from '../../sql/retried-failures.ts';
import { type RunFolder, setRunFound, setRunProblem } from '../../sql/runs.ts';
import { PRIORITY } from '../queue/job-kinds.ts';
import { enqueueAssets } from '../queue/job-queues.ts';
import { queueAssets, queuePendingOf } from '../queue/queue-pending.ts';
import type { WorkerContext } from '../queue/worker-context.ts';
import { compareFiles } from './compare-files.ts';
import { type Decisions, isReplaced } from './decide-places.ts';
import { checkHold, checkRoot } from './ingest-run.ts';
import { lookIntoDoubts } from './look-into-doubts.ts';
import { type Layout, type Placements, PROVISIONAL, preparePlacements, readLayout } from './prepare-placements.ts';
import { refinePlacements } from './refine-placements.ts';
import { writeDecisions } from './write-decisions.ts';

/** Assets in one transaction: a small first batch for speed, then as many as do not block others. */
const FIRST_BATCH = 500;
const BATCH = 2000;
/** A smaller package may lose most of its files on purpose. */
const GUARDED_ASSETS = 10;
const MAX_MISSING_SHARE = 0.5;
const HOLD_CHECK_MS = 500;
/**
 * New files of a known package wait for the end of the scan, which shows whether they existed before under another
 * name.
 */
const MAX_WAITING_FILES = 20_000;

/**
 * @param folder absolute, symlinks resolved.
 * @throws FolderError when so much is gone that an unmounted drive is the likelier reason, or when the root is gone;
 *   RunHeld.
 */
export async function registerTree(run: RunFolder, folder: string, context: WorkerContext): Promise<void> {
  const registration = new TreeRegistration(run, folder, context);
  await registration.walk();
  await registration.finish();
  if (await registration.isProvisional()) await refinePlacements(run, folder, registration.placedAs, context);
}

/** The part of the package to scan does not exist; the package itself is fine. */
export class NoSuchPlace extends FolderError {
  constructor(place: string) {
    super('not_found', `This package has no folder ${place}: give a path below the package’s own folder.`);
  }
}

class TreeRegistration {
  readonly #run: RunFolder;
  readonly #folder: string;
  readonly #context: WorkerContext;
  #known: ReadonlyMap<string, KnownFolder> = new Map();
  #layout: Promise<Layout> | null = null;
  #placements: Placements | null = null;
  readonly #fingerprints = new Map<string, string>();
  readonly #hidden: string[] = [];
  readonly #unreadable: Unreadable[] = [];
  /** Files on cards of cameras, unchanged ones too. */
  readonly #onCards: ScannedAsset[] = [];
  /** Files that may differ from their rows, and rows whose files may be elsewhere. */
  readonly #places: ScannedAsset[] = [];
  readonly #rows = new Map<string, KnownAsset>();
  /** Folders whose rows do not match the disk until missing files are marked. */
  readonly #unsettled = new Map<string, string>();
  #waiting: { listing: FolderListing; assets: readonly ScannedAsset[] }[] = [];
  #waitingAssets = 0;
  #files = 0;
  #assets = 0;
  #added = 0;
  #checkedAt = performance.now();

  constructor(run: RunFolder, folder: string, context: WorkerContext) {
    this.#run = run;
    this.#folder = folder;
    this.#context = context;
  }

  /** Placements that this run has made, by path. */
  get placedAs(): ReadonlyMap<string, AssetPlacement> {
    return this.#placements?.placedAs ?? new Map();
  }

  /** Returns true when only rules have placed the files; an interrupted run may have lost the model's answer. */
  async isProvisional(): Promise<boolean> {
    if (this.#placements !== null) return this.#placements.isProvisional;
    return awaitsModel(this.#context.sql, this.#run.packageId, PROVISIONAL);
  }

  async walk(): Promise<void> {
    const { sql, signal, mediaRoots: roots, metrics } = this.#context;
    const { packageId, options } = this.#run;
    this.#known = await knownFolders(sql, packageId);
    const all = this.#isForAll;
    // Runs beside the scan, because the first assets wait for it.
    if (this.#known.size === 0) void this.#readLayout();
    for await (const entry of scanTree(this.#folder, { roots, signal, below: options.below })) {
      await this.#maySlowDown();
      if ('problem' in entry) {
        this.#hidden.push(entry.relativePath);
        this.#unreadable.push(entry);
        continue;
      }
      this.#files += entry.files.length;
      metrics.filesScanned.add(entry.files.length);
      this.#hidden.push(...entry.partial);
      this.#fingerprints.set(entry.path, entry.fingerprint);
      if (mayBeOnCard(entry.files)) for (const asset of assetsOf(entry)) this.#onCards.push(asset);
      if (!all && this.#known.get(entry.path)?.fingerprint === entry.fingerprint) continue;
      // A folder that holds only folders has no row.
      if (entry.files.length === 0 && !this.#known.has(entry.path)) continue;
      const assets = assetsOf(entry);
      this.#waiting.push({ listing: entry, assets });
      this.#waitingAssets += assets.length;
      if (this.#waitingAssets >= (this.#assets === 0 ? FIRST_BATCH : BATCH)) await this.#flush();
    }
    await this.#flush();
    if (options.below !== undefined && !this.#sawAnything(options.below)) throw new NoSuchPlace(options.below);
  }

  /** Returns true when a place within the package is or was on disk. */
  #sawAnything(place: string): boolean {
    if (this.#fingerprints.size > 0 || this.#hidden.length > 0) return true;
    return [...this.#known.keys()].some((path) => path === place || path.startsWith(`${place}/`));
  }

  /** True when this run's options apply to unchanged files too. */
  get #isForAll(): boolean {
    const { force, type, subject } = this.#run.options;
    return force === true || type !== undefined || subject !== undefined;
  }

  /** Checks for a hold even when the walk finds nothing new, so that every run stops promptly. @throws RunHeld */
  async #maySlowDown(): Promise<void> {
    if (performance.now() - this.#checkedAt < HOLD_CHECK_MS) return;
    await checkHold(this.#run, this.#context);
    this.#checkedAt = performance.now();
  }

  #readLayout(): Promise<Layout> {
    this.#layout = readLayout(this.#run, this.#folder, this.#context);
    // The error is thrown where the layout is awaited.
    this.#layout.catch(() => {});
    return this.#layout;
  }

  /** Registers the folders read since the last flush. */
  async #flush(): Promise<void> {
    const { sql } = this.#context;
    const { packageId } = this.#run;
    const folders = this.#waiting;
    if (folders.length === 0) return;
    this.#waiting = [];
    this.#waitingAssets = 0;
    if (this.#known.size === 0) await this.#register(folders.flatMap(({ assets }) => assets));
    else await this.#compare(folders);
    const settled = new Map<string, string>();
    for (const { listing } of folders) {
      if (!this.#unsettled.has(listing.path)) settled.set(listing.path, listing.fingerprint);
    }
    await transaction(sql, (session) => setFingerprints(session, packageId, settled));
  }

  /** Compares the rows of these folders with the files on disk. */
  async #compare(folders: readonly { listing: FolderListing; assets: readonly ScannedAsset[] }[]): Promise<void> {
    const { sql, boss } = this.#context;
    const { packageId, mediaRoot } = this.#run;
    const before = folders.flatMap(({ listing }) => this.#known.get(listing.path)?.number ?? []);
    const rows = await assetsOfFolders(sql, packageId, before);
    const found = folders.flatMap(({ assets }) => assets);
    const { unchanged, places, displaced, gone, candidates } = compareFiles(found, rows);
    for (let start = 0; start < unchanged.length; start += BATCH) {
      const refreshed = unchanged.slice(start, start + BATCH).filter(({ isRefreshed }) => isRefreshed);
      if (refreshed.length === 0) continue;
      await transaction(sql, async (session) => {
        await refreshFiles(session, packageId, refreshed);
        const toVerify = refreshed.filter(({ tryAgain }) => tryAgain).map(({ id }) => id);
        if (toVerify.length > 0) await retryFailed(session, this.#run, toVerify);
        if (mediaRoot !== null) {
          await enqueueAssets(boss, session, { kind: 'fixity', rootId: mediaRoot }, packageId, toVerify);
        }
      });
    }
    if (this.#isForAll) await this.#register(unchanged.map(({ asset }) => asset));

    const isFull = this.#places.length + places.length > MAX_WAITING_FILES;
    const atOnce = isFull ? places.filter(({ relativePath }) => !displaced.has(relativePath)) : [];
    const waiting = isFull ? places.filter(({ relativePath }) => displaced.has(relativePath)) : places;
    await this.#register(atOnce);
    for (const place of waiting) this.#places.push(place);
    const lost = gone.filter(({ relativePath }) => !this.#isHidden(relativePath));
    for (const row of [...displaced.values(), ...lost, ...candidates]) this.#rows.set(row.id, row);
    const open = new Set([...waiting, ...lost].map(({ relativePath }) => folderOf(relativePath)));
    for (const { listing } of folders) {
      if (open.has(listing.path)) this.#unsettled.set(listing.path, listing.fingerprint);
    }
  }

  /** Writes assets in batches, and queues the work on new and changed ones. */
  async #register(
    assets: readonly ScannedAsset[],
    heirs: ReadonlyMap<string, Decisions['heirs']> = new Map(),
  ): Promise<void> {
    const { sql, boss, signal, metrics } = this.#context;
    const { packageId, projectId, options, mediaRoot } = this.#run;
    if (assets.length === 0) return;
    if (this.#placements === null) {
      const layout = await (this.#layout ?? this.#readLayout());
      this.#placements = await preparePlacements(this.#run, this.#folder, layout, this.#context);
      this.#layout = null;
    }
    const placements = this.#placements;
    for (let start = 0, size = this.#assets === 0 ? FIRST_BATCH : BATCH; start < assets.length; start += size) {
      signal.throwIfAborted();
      await checkHold(this.#run, this.#context);
      if (start > 0) size = BATCH;
      const batch = await placements.place(assets.slice(start, start + size));
      await transaction(sql, async (session) => {
        const pending = await registerAssets(session, {
          projectId,
          packageId,
          options,
          placeAnew: placements.placeAnew,
          assets: batch,
        });
        const inherited = batch.flatMap(({ asset: { relativePath } }) => heirs.get(relativePath) ?? []);
        await inheritWork(
          session,
          packageId,
          inherited.map(({ place, from }) => ({ relativePath: place.relativePath, fromId: from.id })),
        );
        const work = pending.map((asset) => ({ ...asset, probed: false }));
        const priority = this.#assets === 0 ? PRIORITY.first : PRIORITY.ordinary;
        if (mediaRoot !== null) await queueAssets(session, work, { packageId, rootId: mediaRoot, priority }, { boss });
        this.#assets += batch.length;
        this.#added += pending.length;
        metrics.assetsRegistered.add(pending.length);
        await setRunFound(session, this.#run.runId, this.#files, this.#assets);
      });
    }
  }

  async finish(): Promise<void> {
    const { sql, boss, log } = this.#context;
    const { packageId, runId, options, mediaRoot } = this.#run;
    const { below } = options;
    const isBelow = (path: string) => below === undefined || path === below || path.startsWith(`${below}/`);
    const vanished = [...this.#known.values()].filter(
      ({ path }) => isBelow(path) && !this.#fingerprints.has(path) && !this.#isHidden(path),
    );
    const rowsOfVanished = await assetsOfFolders(
      sql,
      packageId,
      vanished.map(({ number }) => number),
    );
    for (const row of rowsOfVanished) if (row.missingSince === null) this.#rows.set(row.id, row);

    // Unreadable places may be reported after other files of their folder.
    const rows = [...this.#rows.values()].filter(({ relativePath }) => !this.#isHidden(relativePath));
    const decisions = await lookIntoDoubts(this.#run, this.#folder, { places: this.#places, rows }, this.#context);
    const { assigned, absorbed, added, heirs, lost } = decisions;
    if (lost.length > 0) await checkRoot(this.#run, this.#context);
    if (!options.force) guard(lost.filter(({ deleted }) => !deleted).length, await countPresent(sql, packageId));
    const toVerify = assigned.filter((one) => one.toVerify && one.row.contentHash !== null).map(({ row }) => row.id);
    await transaction(sql, async (session) => {
      await writeDecisions(session, packageId, decisions);
      if (mediaRoot !== null) {
        await enqueueAssets(boss, session, { kind: 'fixity', rootId: mediaRoot }, packageId, toVerify);
      }
    });
    await this.#register(
      [...assigned.filter(({ isSame }) => this.#isForAll || !isSame).map(({ place }) => place), ...added],
      Map.groupBy(heirs, ({ place }) => place.relativePath),
    );
    await transaction(sql, async (session) => {
      const missing = lost.map(({ id }) => id);
      const replaced = assigned.filter(isReplaced).map(({ row }) => row.id);
      const moved = new Set<string>();
      const gone = [...missing, ...replaced];
      // In its former place, a copy is no sign that the other files of its picture were deleted.
      const back = assigned
        .filter(
          ({ row, place }) =>
            row.missingSince !== null && (row.packageId !== packageId || row.relativePath !== place.relativePath),
        )
        .map(({ row }) => row.id);
      if (gone.length > 0 || back.length > 0 || this.#added > 0) {
        await lockPlaces(session, packageId, 'gone');
        const settle = async ({ ids, fresh }: Moved) => {
          for (const id of ids) moved.add(id);
          await queuePendingOf(session, [...ids, ...fresh], { boss });
        };
        await settle(await moveByIdentity(session, packageId, gone));
        // A copy that is back may be all that is left of a picture.
        await settle(await moveByContent(session, packageId, [...gone, ...back, ...moved]));
      }
      await setFingerprints(session, packageId, this.#unsettled);
      // A folder that vanished may return unchanged.
      await setFingerprints(session, packageId, new Map(vanished.map(({ path }) => [path, 'gone'])));
      if (below === undefined && this.#hidden.length === 0) {
        await setPackageFingerprint(session, packageId, treeFingerprint(this.#fingerprints));
      }
      await setRunFound(session, runId, this.#files, this.#assets);
      // A part of a card says nothing about the rest.
      const faults = below === undefined ? brokenCards(this.#onCards) : [];
      const problems = [unreadableProblem(this.#unreadable), ...faults].filter((problem) => problem !== null);
      await setRunProblem(session, runId, problems.join(' ') || null);
      log.info({
        event: 'run registered',
        run: runId,
        files: this.#files,
        registered: this.#assets,
        moved: moved.size + assigned.filter(({ row, place }) => row.relativePath !== place.relativePath).length,
        merged: absorbed.length,
        missing: missing.length - missing.filter((id) => moved.has(id)).length,
        back: assigned.filter(({ row }) => row.missingSince !== null).length,
        unreadable: this.#hidden.length,
      });
    });
  }

  /** Returns true for a path below an unreadable folder, which counts as neither present nor gone. */
  #isHidden(path: string): boolean {
    return this.#hidden.some((place) => place === '' || path === place || path.startsWith(`${place}/`));
  }
}

/** @throws FolderError */
function guard(missing: number, present: number): void {
  if (present < GUARDED_ASSETS || missing <= present * MAX_MISSING_SHARE) return;
  throw new FolderError(
    'invalid_arguments',
    `${missing} of the ${present} files of this package are gone, which looks like a drive that is not mounted. No file was marked as missing. If they were deleted on purpose, ingest the folder again with --force.`,
  );
}

function folderOf(relativePath: string): string {
  return relativePath.slice(0, Math.max(0, relativePath.lastIndexOf('/')));
}
