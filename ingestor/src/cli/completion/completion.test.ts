import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../spec/commands.ts';
import { completionScript } from './completion-script.ts';

const run = promisify(execFile);
let folder: string;
let script: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-completion-'));
  script = path.join(folder, 'ihub.bash');
  await writeFile(script, completionScript('bash'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Returns what bash offers for a line whose last word is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const line = ['ihub', ...words];
  const ask = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ihub; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run('bash', ['-c', ask, 'bash', script, ...line], { cwd: folder });
  return stdout.split('\n').filter(Boolean);
}

describe('completionScript', () => {
  test('writes a script that bash can parse', async () => {
    await expect(run('bash', ['-n', script])).resolves.toMatchObject({ stderr: '' });
  });

  test('offers every command, or those that start with the typed letters', async () => {
    expect(await offered('')).toEqual([...Object.keys(COMMANDS), '--help', '--version']);
    expect(await offered('re')).toEqual(['rescan', 'retry', 'resume']);
  });

  test('offers a command’s options, their values, and the values of its argument', async () => {
    expect(await offered('ingest', '/in', '--sk')).toEqual(['--skip-proxies', '--skip-links']);
    expect(await offered('ingest', '/in', '--type', '')).toEqual(['vfx', 'atman']);
    expect(await offered('list', 'p')).toEqual(['projects', 'packages']);
  });

  test.each(['zsh', 'fish'] as const)('includes every command and option for %s', (shell) => {
    const text = completionScript(shell);
    for (const [name, { options }] of Object.entries(COMMANDS)) {
      expect(text).toContain(name);
      for (const option of Object.keys(options)) expect(text).toContain(option);
    }
  });

  test('escapes quotes in descriptions', () => {
    expect(completionScript('fish')).toContain(String.raw`folder\'s`);
    expect(completionScript('zsh')).toContain(String.raw`folder'\''s`);
  });
});
