/** Builds the web app when its sources have changed since the last build. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './config.ts';

const WEB = path.join(ROOT, 'web');
const STAMP = path.join(WEB, 'dist', '.built-from');
const SOURCES = [
  'web/{src,public,scripts}/**/*',
  'web/*.{ts,html,json}',
  'schema/src/**/*.ts',
  'schema/migrations/*.sql',
  'pnpm-lock.yaml',
];

/** @returns whether a build was needed. */
export async function buildWeb(options: { onBuild?: () => void; signal?: AbortSignal } = {}): Promise<boolean> {
  const wanted = await fingerprint();
  if ((await readFile(STAMP, 'utf8').catch(() => '')) === wanted) return false;
  options.onBuild?.();
  await vite(options.signal);
  await writeFile(STAMP, wanted);
  return true;
}

async function fingerprint(): Promise<string> {
  const files = [];
  for await (const entry of glob(SOURCES, { cwd: ROOT, withFileTypes: true })) {
    if (entry.isFile() && !entry.name.includes('.test.')) files.push(path.join(entry.parentPath, entry.name));
  }
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(path.relative(ROOT, file)).update(await readFile(file));
  return hash.digest('hex');
}

function vite(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
      cwd: WEB,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The web app failed to build:\n${output}`));
    });
  });
}

if (import.meta.main) await buildWeb();
