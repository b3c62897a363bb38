/** Runs commands and reports how long each took. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const BIN = path.join(ROOT, 'node_modules/.bin');

export interface Step {
  readonly name: string;
  /** A program in node_modules/.bin (or `node`) and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
}

/** The unit tests mostly wait for processes and databases, and leave time for the other checks. */
export const CHECKS: readonly (readonly Step[])[] = [
  [
    { name: 'format and lint', command: ['biome', 'ci', '--error-on-warnings'] },
    {
      name: 'types',
      command: ['tsc', '-p', '.', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/ingesthub/tsc.json'],
    },
    { name: 'imports', command: ['node', 'scripts/import-layers.ts'] },
    { name: 'unused code and dependencies', command: ['knip'] },
  ],
  [
    { name: 'web app', command: ['node', 'launch/src/web-build.ts'] },
    { name: 'first load', command: ['node', 'scripts/first-load.ts'] },
  ],
  [{ name: 'unit tests', command: ['vitest', 'run', '--project', 'unit'] }],
];

/**
 * Runs sequences of steps at the same time; when there are several, a step's output is printed when it ends. A
 * failure ends its sequence; the others run on, so that they leave no process behind. Ends this process when any
 * step has failed.
 */
export async function runTogether(sequences: readonly (readonly Step[])[]): Promise<void> {
  const stdio = sequences.length > 1 ? 'pipe' : 'inherit';
  const passed = await Promise.all(
    sequences.map(async (steps) => {
      for (const step of steps) if (!(await runStep(step, stdio))) return false;
      return true;
    }),
  );
  if (passed.includes(false)) process.exit(1);
}

/** Runs a step. @returns whether it succeeded. */
async function runStep({ name, command: [program, ...args] }: Step, stdio: 'pipe' | 'inherit'): Promise<boolean> {
  const started = performance.now();
  // Node 24 comes first in PATH, so the tools' own child processes use it too.
  const env = {
    ...(process.stderr.isTTY && { FORCE_COLOR: '1' }),
    ...process.env,
    PATH: [path.dirname(process.execPath), BIN, process.env['PATH']].join(path.delimiter),
  };
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ['inherit', stdio, stdio] });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk));
  const status = await once(child, 'close').then(
    ([code]) => code as number | null,
    (error: Error) => {
      output.push(Buffer.from(`${error.message}\n`));
      return null;
    },
  );
  process.stderr.write(Buffer.concat(output));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
  return status === 0;
}
