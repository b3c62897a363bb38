/**
 * Makes a package's rows say what its folder holds: registers what is new or changed as it is found, and at the end
 * marks what is gone. Adding is never wrong; that much is gone may be a drive that is not mounted.
 */
import { assetsOf, type ScannedAsset } from '../scan/assets-of.ts';
import { FolderError } from '../scan/check-folder.ts';
import { type FolderListing, scanTree } from '../scan/scan-tree.ts';
import { transaction } from '../sql/client.ts';
import { lockPlaces, moveByContent, moveByIdentity } from '../sql/moved-assets.ts';
import { awaitsModel, setPackageFingerprint } from '../sql/packages.ts';
import {
  assetsOfFolders,
  countPresent,
  type KnownAsset,
  type KnownFolder,
  knownFolders,
  markMissing,
  registerAssets,
  setFingerprints,
} from '../sql/register-assets.ts';
import { type RunFolder, setRunFound } from '../sql/runs.ts';
import { checkHold, checkRoot } from './ingest-run.ts';
import { PRIORITY } from './job-kinds.ts';
import { type Layout, type Placements, PROVISIONAL, preparePlacements, readLayout } from './prepare-placements.ts';
import { queueAssets } from './queue-pending.ts';
import { refinePlacements } from './refine-placements.ts';
import { treeFingerprint } from './tree-fingerprint.ts';
import type { WorkerContext } from './worker-context.ts';

/** Assets to one transaction: the first soon, then as many as hold up nobody. */
const FIRST_BATCH = 500;
const BATCH = 2000;
/** A smaller package may lose most of its files on purpose. */
const GUARDED_ASSETS = 10;
const MAX_MISSING_SHARE = 0.5;
const HOLD_CHECK_MS = 500;

/**
 * @param folder absolute, symlinks resolved.
 * @throws FolderError when so much is gone that a mount is the likelier reason, or the root is; RunHeld.
 */
export async function registerTree(run: RunFolder, folder: string, context: WorkerContext): Promise<void> {
  const registration = new TreeRegistration(run, folder, context);
  await registration.walk();
  await registration.finish();
  if (await registration.isProvisional()) await refinePlacements(run, folder, context);
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
  readonly #gone: KnownAsset[] = [];
  readonly #back: KnownAsset[] = [];
  /** Folders whose rows are not as the disk is until the missing are marked. */
  readonly #unsettled = new Map<string, string>();
  #waiting: { listing: FolderListing; assets: readonly ScannedAsset[] }[] = [];
  #waitingAssets = 0;
  #files = 0;
  #assets = 0;
  #checkedAt = performance.now();

  constructor(run: RunFolder, folder: string, context: WorkerContext) {
    this.#run = run;
    this.#folder = folder;
    this.#context = context;
  }

  /** Whether rules alone have said where its files belong; a run that was lost may have asked the model in vain. */
  async isProvisional(): Promise<boolean> {
    if (this.#placements !== null) return this.#placements.isProvisional;
    return awaitsModel(this.#context.sql, this.#run.packageId, PROVISIONAL);
  }

  async walk(): Promise<void> {
    const { sql, signal, mediaRoots: roots, metrics } = this.#context;
    const { packageId, options } = this.#run;
    this.#known = await knownFolders(sql, packageId);
    // What a person says now goes for unchanged files too.
    const all = options.force || options.type !== undefined || options.subject !== undefined;
    // Beside the scan, since its first assets wait for it.
    if (this.#known.size === 0) void this.#readLayout();
    for await (const entry of scanTree(this.#folder, { roots, signal, below: options.below })) {
      await this.#maySlowDown();
      if ('problem' in entry) {
        this.#hidden.push(entry.relativePath);
        continue;
      }
      this.#files += entry.files.length;
      metrics.filesScanned.add(entry.files.length);
      this.#hidden.push(...entry.partial);
      this.#fingerprints.set(entry.path, entry.fingerprint);
      if (!all && this.#known.get(entry.path)?.fingerprint === entry.fingerprint) continue;
      // A folder of folders has no row.
      if (entry.files.length === 0 && !this.#known.has(entry.path)) continue;
      const assets = assetsOf(entry);
      this.#waiting.push({ listing: entry, assets });
      this.#waitingAssets += assets.length;
      if (this.#waitingAssets >= (this.#assets === 0 ? FIRST_BATCH : BATCH)) await this.#flush();
    }
    await this.#flush();
  }

  /** A walk that finds nothing new is held as soon as one that does. @throws RunHeld */
  async #maySlowDown(): Promise<void> {
    if (performance.now() - this.#checkedAt < HOLD_CHECK_MS) return;
    await checkHold(this.#run, this.#context);
    this.#checkedAt = performance.now();
  }

  #readLayout(): Promise<Layout> {
    this.#layout = readLayout(this.#run, this.#folder, this.#context);
    // Thrown where it is waited for.
    this.#layout.catch(() => {});
    return this.#layout;
  }

  /** Registers the folders that were read since the last time, in batches. */
  async #flush(): Promise<void> {
    const { sql, boss, signal, metrics } = this.#context;
    const { packageId, projectId, options, mediaRoot } = this.#run;
    const folders = this.#waiting;
    if (folders.length === 0) return;
    this.#waiting = [];
    this.#waitingAssets = 0;
    const assets = folders.flatMap((each) => each.assets);
    if (assets.length > 0 && this.#placements === null) {
      const layout = await (this.#layout ?? this.#readLayout());
      this.#placements = await preparePlacements(this.#run, this.#folder, layout, this.#context);
      this.#layout = null;
    }
    const placements = this.#placements;
    for (
      let start = 0, size = this.#assets === 0 ? FIRST_BATCH : BATCH;
      placements !== null && start < assets.length;
      start += size
    ) {
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
        const work = pending.map((asset) => ({ ...asset, probed: false }));
        const priority = this.#assets === 0 ? PRIORITY.first : PRIORITY.ordinary;
        if (mediaRoot !== null) await queueAssets(session, work, { packageId, rootId: mediaRoot, priority }, { boss });
        this.#assets += batch.length;
        metrics.assetsRegistered.add(pending.length);
        await setRunFound(session, this.#run.runId, this.#files, this.#assets);
      });
    }
    await this.#settle(folders);
  }

  /** Compares what the rows of these folders say with what is there. */
  async #settle(folders: readonly { listing: FolderListing; assets: readonly ScannedAsset[] }[]): Promise<void> {
    const { sql } = this.#context;
    const { packageId } = this.#run;
    const before = folders.flatMap(({ listing }) => this.#known.get(listing.path)?.number ?? []);
    const found = new Set(folders.flatMap(({ assets }) => assets.map(({ relativePath }) => relativePath)));
    const changed = new Set<string>();
    for (const asset of await assetsOfFolders(sql, packageId, before)) {
      const there = found.has(asset.relativePath);
      if (there !== asset.missing || this.#isHidden(asset.relativePath)) continue;
      (there ? this.#back : this.#gone).push(asset);
      changed.add(asset.relativePath.slice(0, Math.max(0, asset.relativePath.lastIndexOf('/'))));
    }
    const settled = new Map<string, string>();
    for (const { listing } of folders) {
      (changed.has(listing.path) ? this.#unsettled : settled).set(listing.path, listing.fingerprint);
    }
    await transaction(sql, (session) => setFingerprints(session, packageId, settled));
  }

  async finish(): Promise<void> {
    const { sql, log } = this.#context;
    const { packageId, runId, options, createdAt } = this.#run;
    const { below } = options;
    const isBelow = (path: string) => below === undefined || path === below || path.startsWith(`${below}/`);
    const vanished = [...this.#known.values()].filter(
      ({ path }) => isBelow(path) && !this.#fingerprints.has(path) && !this.#isHidden(path),
    );
    const lost = await assetsOfFolders(
      sql,
      packageId,
      vanished.map(({ number }) => number),
    );
    this.#gone.push(...lost.filter(({ missing, relativePath }) => !missing && !this.#isHidden(relativePath)));

    // What could not be looked at in a folder is told after it.
    const gone = this.#gone.filter(({ relativePath }) => !this.#isHidden(relativePath));
    if (gone.length > 0) await checkRoot(this.#run, this.#context);
    const goneIds = gone.map(({ id }) => id);
    const moved = await transaction(sql, (session) => moveByIdentity(session, goneIds, createdAt));
    const lostNow = gone.filter(({ id }) => !moved.has(id));
    const missing = lostNow.map(({ id }) => id);
    const present = await countPresent(sql, packageId);
    if (!options.force) guard(lostNow.filter(({ deleted }) => !deleted).length, present);
    await transaction(sql, async (session) => {
      if (missing.length > 0) await lockPlaces(session, packageId, 'gone');
      await markMissing(
        session,
        missing,
        this.#back.map(({ id }) => id),
      );
      await moveByContent(session, missing);
      await setFingerprints(session, packageId, this.#unsettled);
      // A folder that vanished may come back as it was.
      await setFingerprints(session, packageId, new Map(vanished.map(({ path }) => [path, 'gone'])));
      if (below === undefined && this.#hidden.length === 0) {
        await setPackageFingerprint(session, packageId, treeFingerprint(this.#fingerprints));
      }
      await setRunFound(session, runId, this.#files, this.#assets);
      log.info({
        event: 'run registered',
        run: runId,
        files: this.#files,
        registered: this.#assets,
        moved: moved.size,
        missing: missing.length,
        back: this.#back.length,
        unreadable: this.#hidden.length,
      });
    });
  }

  /** What lies below a folder that cannot be read is neither there nor gone. */
  #isHidden(path: string): boolean {
    return this.#hidden.some((place) => place === '' || path === place || path.startsWith(`${place}/`));
  }
}

/** @throws FolderError */
function guard(missing: number, present: number): void {
  if (present < GUARDED_ASSETS || missing <= present * MAX_MISSING_SHARE) return;
  throw new FolderError(
    'invalid_arguments',
    `${missing} of the ${present} files of this package are gone, which looks like a drive that is not mounted: none was marked as missing. If they were deleted on purpose, ingest the folder again with --force.`,
  );
}
