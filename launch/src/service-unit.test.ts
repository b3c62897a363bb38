import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from './config.ts';

const run = promisify(execFile);
const DEPLOY = path.join(ROOT, 'deploy');

type Unit = Map<string, Map<string, string[]>>;

/** Parses sections with their keys; a key may occur more than once. */
function parseUnit(text: string): Unit {
  const unit: Unit = new Map();
  let section = new Map<string, string[]>();
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const name = /^\[(\w+)\]$/.exec(line)?.[1];
    if (name !== undefined) {
      section = new Map();
      unit.set(name, section);
      continue;
    }
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) throw new Error(`not a line of a unit: ${line}`);
    section.set(key, [...(section.get(key) ?? []), value]);
  }
  return unit;
}

test('ihub-ingestor.service starts an existing script as an unprivileged user and restarts it on failure', async () => {
  const unit = parseUnit(await readFile(path.join(DEPLOY, 'ihub-ingestor.service'), 'utf8'));
  const service = unit.get('Service');
  const [node, script = '', command] = service?.get('ExecStart')?.[0]?.split(' ') ?? [];
  expect([node, command]).toEqual(['/opt/ingesthub/node_modules/node/bin/node', 'daemon']);
  await expect(access(path.join(ROOT, script))).resolves.toBeUndefined();
  expect(Object.fromEntries(service ?? [])).toMatchObject({
    User: ['ihub'],
    Restart: ['on-failure'],
    TimeoutStopSec: ['15'],
    NoNewPrivileges: ['yes'],
    ProtectSystem: ['strict'],
    CapabilityBoundingSet: [''],
  });
  // V8 runs the code that it compiles into memory.
  expect(service?.has('MemoryDenyWriteExecute')).toBe(false);
});

test('ihub-ingestor.service.d/media.conf makes media read-only', async () => {
  const drop = parseUnit(await readFile(path.join(DEPLOY, 'ihub-ingestor.service.d/media.conf'), 'utf8'));
  expect([...drop.keys()]).toEqual(['Service']);
  const [media] = drop.get('Service')?.get('ReadOnlyPaths') ?? [];
  expect(media).toMatch(/^-\//);
  expect(drop.get('Service')?.get('ReadWritePaths')).not.toContain(media);
});

const hasSystemd = await run('systemd-analyze', ['--version']).then(
  () => true,
  () => false,
);

test.skipIf(!hasSystemd)('ihub-ingestor.service contains only settings that systemd knows', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-unit-'));
  try {
    // Substitutes a program and an account that exist here, because systemd-analyze looks for them.
    const text = (await readFile(path.join(DEPLOY, 'ihub-ingestor.service'), 'utf8'))
      .replace('/opt/ingesthub/node_modules/node/bin/node', process.execPath)
      .replaceAll(/=ihub$/gm, '=root');
    const file = path.join(folder, 'ihub-ingestor.service');
    await writeFile(file, text);
    const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', '--recursive-errors=no', file]);
    expect(`${stdout}${stderr}`).not.toMatch(/ihub-ingestor\.service:\d+/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
