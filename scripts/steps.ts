/** Runs commands one after another, reports how long each took and stops at the first failure. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const BIN = path.join(ROOT, 'node_modules/.bin');

export interface Step {
  readonly name: string;
  /** A program in node_modules/.bin (or `node`) and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
}

export const CHECKS: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'ci', '--error-on-warnings'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'imports', command: ['node', 'scripts/import-layers.ts'] },
  { name: 'unused code and dependencies', command: ['knip'] },
  { name: 'unit tests', command: ['vitest', 'run', '--project', 'unit'] },
];

export function runSteps(steps: readonly Step[]): void {
  for (const { name, command } of steps) {
    const [program, ...args] = command;
    const started = performance.now();
    // Node 24 comes first in PATH, so the tools' own child processes use it too.
    const env = {
      ...process.env,
      PATH: [path.dirname(process.execPath), BIN, process.env['PATH']].join(path.delimiter),
    };
    const { status, error } = spawnSync(program, args, { cwd: ROOT, env, stdio: 'inherit' });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stderr.write(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
    if (status !== 0) {
      if (error) process.stderr.write(`${error.message}\n`);
      process.exit(status ?? 1);
    }
  }
}
