/** For tests: the server as a process of its own, with a database and a data folder that end with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativeKey, derivativePath } from '@ingesthub/schema/library/derivatives.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export class ServerProcess implements AsyncDisposable {
  readonly database: TestDatabase;
  /** Holds the server's data, its derivatives and whatever the test puts there. */
  readonly folder: string;
  #port = 0;
  #child: ChildProcess | null = null;

  private constructor(database: TestDatabase, folder: string) {
    this.database = database;
    this.folder = folder;
  }

  /** Makes the database and the folder; {@link start} starts the server. */
  static async prepare(): Promise<ServerProcess> {
    return new ServerProcess(await createTestDatabase(), await mkdtemp(path.join(tmpdir(), 'ihub-server-')));
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts the server and waits until it is ready. */
  async start(env: Readonly<Record<string, string>>): Promise<void> {
    this.#port = await freePort();
    const child = spawn(process.execPath, ['sync/src/main.ts'], {
      cwd: ROOT,
      env: {
        ...process.env,
        DATABASE_URL: this.database.url,
        IHUB_PORT: String(this.#port),
        IHUB_DATA_DIR: path.join(this.folder, 'data'),
        PROXY_DIR: path.join(this.folder, 'derivatives'),
        ...env,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    await new Promise((resolve) => child.once('message', resolve));
  }

  async addThumbnail(assetId: string, content: string | Uint8Array): Promise<void> {
    const key = derivativeKey('thumbnail', { hash: 'ab'.repeat(32), extension: 'png' });
    await this.database.sql`UPDATE assets SET thumbnail_key = ${key} WHERE id = ${assetId}`;
    const file = path.join(this.folder, 'derivatives', derivativePath(key));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }

  /** Ends the server at once. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    this.#child = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.database[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }
}
