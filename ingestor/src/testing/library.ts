/** Sets up a media root, a database and daemons that poll often, for tests of how the library follows files. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { expect } from 'vitest';
import { type DaemonProcess, type ProcessEnvironment, runIhub, startDaemon } from './ihub-process.ts';
import { makePicture } from './media-files.ts';
import { until } from './until.ts';

export interface LibraryAsset {
  readonly id: string;
  readonly path: string;
  readonly probe: string;
  readonly thumbnail: string;
  readonly missing: boolean;
  readonly review: string;
  readonly tags: readonly string[];
}

export class TestLibrary implements AsyncDisposable {
  readonly base: string;
  readonly database: TestDatabase;
  readonly env: ProcessEnvironment;
  readonly #daemons: DaemonProcess[] = [];
  #seed = 0;

  static async make(env: ProcessEnvironment = {}): Promise<TestLibrary> {
    const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-library-')));
    await mkdir(path.join(base, 'media'));
    return new TestLibrary(base, await createTestDatabase(), env);
  }

  private constructor(base: string, database: TestDatabase, env: ProcessEnvironment) {
    this.base = base;
    this.database = database;
    this.env = {
      DATABASE_URL: database.url,
      MEDIA_ROOT_PATHS: this.root,
      PROXY_DIR: path.join(base, 'derivatives'),
      IHUB_DATA_DIR: path.join(base, 'data'),
      INIT_CWD: this.root,
      IHUB_POLL_SECONDS: '0.2',
      IHUB_SETTLE_SECONDS: '0.5',
      IHUB_RESCAN_SECONDS: '0.5',
      ...env,
    };
  }

  get root(): string {
    return path.join(this.base, 'media');
  }

  get sql() {
    return this.database.sql;
  }

  /** Returns a path below the media root. */
  at(...parts: string[]): string {
    return path.join(this.root, ...parts);
  }

  async start(env: ProcessEnvironment = {}): Promise<DaemonProcess> {
    const daemon = startDaemon({ ...this.env, ...env });
    this.#daemons.push(daemon);
    await daemon.ready;
    return daemon;
  }

  /** Makes pictures that all differ. */
  async pictures(folder: string, ...names: string[]): Promise<void> {
    for (const name of names) {
      this.#seed += 1;
      await makePicture(this.at(folder, name), this.#seed);
    }
  }

  async write(file: string, text: string): Promise<void> {
    await mkdir(path.dirname(this.at(file)), { recursive: true });
    await writeFile(this.at(file), text);
  }

  /** Returns the document of a command that succeeds. */
  async ihub(...args: string[]) {
    const { code, stdout, stderr } = await runIhub([...args, '--json'], this.env);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    return JSON.parse(stdout);
  }

  /** Runs a command that fails. @returns its output. */
  async refused(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await runIhub(args, this.env);
    expect(code).toBe(1);
    return stdout + stderr;
  }

  /** @returns the package's id. */
  async ingest(folder: string, ...options: string[]): Promise<string> {
    const { package: made } = await this.ihub('ingest', folder, '--project', 'Demo', ...options);
    return made.id;
  }

  async assets(packageId: string): Promise<LibraryAsset[]> {
    return this.sql<LibraryAsset[]>`
      SELECT
        id, relative_path AS path, probe_status AS probe, thumbnail_status AS thumbnail,
        missing_since IS NOT NULL AS missing, review_status AS review,
        ARRAY(SELECT tag FROM asset_tags WHERE asset_id = assets.id ORDER BY tag) AS tags
      FROM assets
      WHERE package_id = ${packageId} AND deleted_at IS NULL
      ORDER BY relative_path COLLATE "C"`;
  }

  /** Tags each asset with its path, and approves it. @returns the assets' ids by path. */
  async touchAll(packageId: string): Promise<Map<string, string>> {
    await this.sql`
      INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
      SELECT id, relative_path, package_id, project_id FROM assets WHERE package_id = ${packageId}`;
    await this.sql`UPDATE assets SET review_status = 'approved' WHERE package_id = ${packageId}`;
    return new Map((await this.assets(packageId)).map(({ id, path: at }) => [at, id]));
  }

  /** Waits until the assets of a package, described by `describe`, equal these lines. */
  async become(packageId: string, lines: readonly string[], describe: (asset: LibraryAsset) => string): Promise<void> {
    let seen: string[] = [];
    await until(async () => {
      seen = (await this.assets(packageId)).map(describe);
      return seen.join('\n') === lines.join('\n');
    }).catch(() => {});
    expect(seen).toEqual(lines);
  }

  /** Returns the row of an incoming folder once it has a status. */
  async incoming(folder: string, status: string, also: (row: Record<string, unknown>) => boolean = () => true) {
    let seen: Record<string, unknown> | undefined;
    await until(async () => {
      [seen] = await this.sql`SELECT * FROM incoming WHERE source_path = ${this.at(folder)}`;
      return seen?.['status'] === status && also(seen);
    }).catch(() => {});
    expect(seen).toMatchObject({ source_path: this.at(folder), status });
    return seen as Record<string, never>;
  }

  async package(id: string) {
    const [row] = await this.sql`SELECT * FROM packages WHERE id = ${id}`;
    return row as Record<string, never>;
  }

  /** Waits until no run of a package is in progress, and at least this many have existed. */
  async atRest(packageId: string, runs = 1): Promise<void> {
    await until(async () => {
      const [row] = await this.sql`
        SELECT count(*) FILTER (WHERE status IN ('queued', 'scanning', 'processing'))::integer AS active,
          count(*)::integer AS all
        FROM runs WHERE package_id = ${packageId}`;
      return row?.['active'] === 0 && row['all'] >= runs;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#daemons.map((daemon) => daemon[Symbol.asyncDispose]()));
    await this.database[Symbol.asyncDispose]();
    await rm(this.base, { recursive: true, force: true });
  }
}
