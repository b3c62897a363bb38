/** Scans folders without a daemon: each call returns when the scan and all work that follows from it are done. */
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import type { RunOptions } from '@ingesthub/schema/library/run-options.ts';
import type { PgBoss } from 'pg-boss';
import sharp from 'sharp';
import { v7 as uuid } from 'uuid';
import { DerivativeQuota } from '../derivatives/derivative-quota.ts';
import { workOnAssets } from '../jobs/assets/asset-jobs.ts';
import { hashWhole } from '../jobs/assets/fixity-work.ts';
import { probeAsset } from '../jobs/assets/probe-work.ts';
import { makeStill } from '../jobs/assets/still-work.ts';
import { makeVideo } from '../jobs/assets/video-work.ts';
import { endRuns } from '../jobs/queue/end-runs.ts';
import { HostHealth } from '../jobs/queue/host-health.ts';
import { assetJob } from '../jobs/queue/job-kinds.ts';
import { openQueues, queueName } from '../jobs/queue/job-queues.ts';
import { WorkInProgress } from '../jobs/queue/work-in-progress.ts';
import type { WorkerContext } from '../jobs/queue/worker-context.ts';
import { ingestRun } from '../jobs/register/ingest-run.ts';
import { createLog } from '../log/create-log.ts';
import { DerivativeStore } from '../media/tools/derivative-store.ts';
import { findTools } from '../media/tools/installed-tools.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { RootProcess } from '../roots/root-process.ts';
import { RootPulse, RootPulses } from '../roots/root-pulse.ts';
import { connect, type Sql, transaction } from '../sql/client.ts';
import { createRun } from '../sql/runs.ts';

export interface ScannedRow {
  readonly id: string;
  readonly package: string;
  readonly path: string;
  readonly missing: boolean;
  readonly review: string;
  readonly tags: readonly string[];
  readonly probe: string;
  readonly thumbnail: string;
}

const ROOT = 'root';

export class Scanner implements AsyncDisposable {
  readonly base: string;
  readonly database: TestDatabase;
  readonly sql: Sql;
  readonly projectId = uuid();
  readonly #context: WorkerContext;
  readonly #packages = new Map<string, string>();

  static async make(): Promise<Scanner> {
    const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-scanner-')));
    const media = path.join(base, 'media');
    await mkdir(media);
    const database = await createTestDatabase();
    const sql = connect(database.url, { max: 4 });
    const { signal } = new AbortController();
    const boss = await openQueues(database.url, [ROOT], () => {});
    const folder = path.join(base, 'derivatives');
    const looker = new RootProcess(media);
    const context: WorkerContext = {
      host: 'test',
      machine: 'test',
      datasetsRoot: null,
      metrics: createMetrics(),
      roots: [{ id: ROOT, path: media }],
      pulses: new RootPulses(
        new Map([[ROOT, new RootPulse(looker, { patienceMs: 60_000, signal, onChange: () => {} })]]),
      ),
      mediaRoots: [media],
      tools: await findTools(signal),
      store: new DerivativeStore(folder, 'test', null),
      signal,
      sql,
      boss,
      log: createLog({ level: 'silent', host: 'test' }),
      progress: { touch: () => {} },
      health: new HostHealth({ folder, reserve: 0, signal, onChange: () => {} }),
      inProgress: new WorkInProgress(),
      quota: new DerivativeQuota({ folder, quota: null }),
      analysis: { model: { unavailable: 'no model', isMistake: false, cache: null }, autoAccept: [] },
    };
    const scanner = new Scanner(base, database, context);
    await scanner.clear();
    return scanner;
  }

  private constructor(base: string, database: TestDatabase, context: WorkerContext) {
    this.base = base;
    this.database = database;
    this.sql = context.sql;
    this.#context = context;
  }

  /** Removes all files and packages. */
  async clear(): Promise<void> {
    await rm(this.at(), { recursive: true, force: true });
    await mkdir(this.at());
    this.#packages.clear();
    await this.sql`DELETE FROM projects`;
    await this.sql`DELETE FROM merged_assets`;
    await this.sql`INSERT INTO projects (id, name, type) VALUES (${this.projectId}, 'Scanned', 'vfx')`;
  }

  /** Returns a path below the media root. */
  at(...parts: string[]): string {
    return path.join(this.base, 'media', ...parts);
  }

  /** Makes an uncompressed picture, which takes the same number of bytes for every seed. */
  async picture(file: string, seed: number): Promise<void> {
    await mkdir(path.dirname(this.at(file)), { recursive: true });
    const background = { r: seed % 256, g: (seed * 7) % 256, b: Math.floor(seed / 256) };
    await sharp({ create: { width: 16, height: 12, channels: 3, background } })
      .tiff({ compression: 'none' })
      .toFile(this.at(file));
  }

  packageId(name: string): string {
    return this.#packages.get(name) ?? '';
  }

  /** Scans a folder, which is a package of its own, and does all resulting work. */
  async scan(name: string, options: RunOptions = { unattended: true, skip_proxies: true }): Promise<void> {
    let packageId = this.#packages.get(name);
    if (packageId === undefined) {
      packageId = uuid();
      this.#packages.set(name, packageId);
      await mkdir(this.at(name), { recursive: true });
      await this.sql`
        INSERT INTO packages (id, project_id, name, type, source_path, media_root)
        VALUES (${packageId}, ${this.projectId}, ${name}, 'vfx', ${this.at(name)}, ${ROOT})`;
    }
    const id = packageId;
    const runId = await transaction(this.sql, (session) => createRun(session, this.projectId, id, options));
    await ingestRun({ runId }, this.#context);
    const [run] = await this.sql`SELECT status, problem FROM runs WHERE id = ${runId}`;
    if (run?.['status'] === 'failed') throw new Error(run['problem']);
    await this.work();
    await transaction(this.sql, (session) => endRuns(session, this.#context.boss, id));
  }

  /** Does all waiting jobs. */
  async work(): Promise<void> {
    const context = this.#context;
    const boss: PgBoss = context.boss;
    for (let count = 1; count > 0; ) {
      count = 0;
      for (const kind of ['still', 'probe', 'video', 'fixity'] as const) {
        const queue = queueName(kind, ROOT);
        for (const { id, data } of await boss.fetch(queue, { batchSize: 100 })) {
          count += 1;
          const job = assetJob.parse(data);
          if (kind === 'fixity') await hashWhole(job, context);
          else await workOnAssets(kind, job, { still: makeStill, probe: probeAsset, video: makeVideo }[kind], context);
          await boss.complete(queue, id);
        }
      }
    }
  }

  /** Returns all assets, with those that are not on disk last. */
  async rows(): Promise<ScannedRow[]> {
    return this.sql<ScannedRow[]>`
      SELECT
        assets.id, packages.name AS package, relative_path AS path, missing_since IS NOT NULL AS missing,
        review_status AS review,
        ARRAY(SELECT tag FROM asset_tags WHERE asset_id = assets.id ORDER BY tag) AS tags,
        probe_status AS probe, thumbnail_status AS thumbnail
      FROM assets JOIN packages ON packages.id = assets.package_id
      ORDER BY missing, package, relative_path COLLATE "C"`;
  }

  /** Returns lines of `package/path: tags`, with ` (missing)` where it applies. */
  async lines(): Promise<string[]> {
    return (await this.rows()).map(
      (row) => `${row.package}/${row.path}: ${row.tags.join(' ')}${row.missing ? ' (missing)' : ''}`,
    );
  }

  async tag(assetId: string, tag: string): Promise<void> {
    await this.sql`
      INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
      SELECT id, ${tag}, package_id, project_id FROM assets WHERE id = ${assetId}`;
  }

  /** Gives each asset the tag that `name` derives from its path. */
  async tagAll(name: (path: string) => string): Promise<void> {
    for (const { id, path: at } of await this.rows()) await this.tag(id, name(at));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.boss.stop({ graceful: false });
    await this.sql.end({ timeout: 1 });
    await this.database[Symbol.asyncDispose]();
    await rm(this.base, { recursive: true, force: true });
  }
}
