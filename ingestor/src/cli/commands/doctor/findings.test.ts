import { describe, expect, test } from 'vitest';
import { type DatabaseFacts, databaseFindings } from './database-check.ts';
import { findingLines } from './doctor-command.ts';
import type { Finding } from './finding.ts';
import { datasetFindings, derivativeFindings, type FolderFacts } from './folders-check.ts';
import { ingestorFindings } from './ingestors-check.ts';
import { limitFindings } from './limits-check.ts';
import { modelFindings } from './model-check.ts';
import { type RootFacts, rootFindings } from './roots-check.ts';
import { namesInList, type ToolFacts, toolFindings } from './tools-check.ts';

/** Returns the findings that are not ok, as 'failed: message'. */
function bad(findings: readonly Finding[]): string[] {
  return findings.filter(({ status }) => status !== 'ok').map(({ status, message }) => `${status}: ${message}`);
}

describe('toolFindings', () => {
  const whole: ToolFacts = {
    tools: { ffmpeg: '7.1', ffprobe: '7.1', oiiotool: '3.0' },
    encoders: new Set(['libx264', 'aac']),
    decoders: new Set(['h264', 'hevc', 'prores', 'dnxhd', 'mjpeg', 'exr', 'dpx', 'pcm_s24le']),
    pictures: { version: '0.35', formats: ['png', 'jpeg', 'webp', 'tiff'] },
  };

  test('finds nothing wrong when every tool is there', () => expect(bad(toolFindings(whole))).toEqual([]));

  test('fails without ffmpeg, and advises how to install it', () => {
    const findings = toolFindings({
      ...whole,
      tools: { ...whole.tools, ffmpeg: null },
      encoders: null,
      decoders: null,
    });
    expect(bad(findings)).toEqual([expect.stringMatching(/^failed: ffmpeg is not installed/)]);
    expect(findings.find(({ status }) => status === 'failed')?.advice).toBe('sudo apt-get install ffmpeg');
  });

  test('fails when no proxy can be written, and warns when a format cannot be read', () => {
    const findings = toolFindings({ ...whole, encoders: new Set(['aac']), decoders: new Set(['h264']) });
    expect(bad(findings)).toEqual([
      expect.stringMatching(/^failed: ffmpeg cannot write libx264/),
      expect.stringMatching(/^warning: ffmpeg cannot read hevc, prores/),
    ]);
  });

  test('reads the names in ffmpeg’s lists', () => {
    const list =
      'Encoders:\n V..... = Video\n ------\n V....D libx264              H.264\n A....D aac                  AAC\n';
    expect([...namesInList(list)]).toEqual(['libx264', 'aac']);
  });
});

describe('rootFindings', () => {
  const root: RootFacts = {
    path: '/mnt/nas',
    real: '/mnt/nas',
    state: 'folder',
    isEmpty: false,
    hasSentinel: false,
    hadSentinel: null,
    isWritable: false,
    mount: { point: '/mnt/nas', type: 'ext4', source: '/dev/sda1', isReadOnly: true },
  };
  const nfs = { point: '/mnt/nas', type: 'nfs4', source: 'nas:/export', isReadOnly: true };

  test.each<[string, Partial<RootFacts>, RegExp[]]>([
    ['passes when the root is read-only', {}, []],
    ['passes when the root is writable, since nothing is written there', { isWritable: true }, []],
    ['fails when the root is missing', { state: 'missing' }, [/^failed: .* does not exist/]],
    ['fails when the root cannot be read', { state: 'unreadable' }, [/^failed: .* cannot be read/]],
    ['fails when the sentinel is gone', { hadSentinel: true, isEmpty: true }, [/^failed: .*not mounted/]],
    ['warns when the root is empty', { isEmpty: true }, [/^warning: .* is empty/]],
    ['warns about a network drive without a sentinel', { mount: nfs }, [/^warning: .*network drive without/]],
    ['passes on a network drive with a sentinel', { mount: nfs, hasSentinel: true, hadSentinel: true }, []],
  ])('%s', (_, change, expected) => {
    expect(bad(rootFindings([{ ...root, ...change }]))).toEqual(expected.map((text) => expect.stringMatching(text)));
  });

  test('warns when no root is set', () => expect(bad(rootFindings([]))).toHaveLength(1));
});

describe('derivativeFindings and datasetFindings', () => {
  const folder: FolderFacts = {
    path: '/var/ihub',
    problem: null,
    freeBytes: 500 * 1024 ** 3,
    totalBytes: 1000 * 1024 ** 3,
    isInMediaRoot: false,
    mount: null,
  };

  test.each<[string, Partial<FolderFacts>, RegExp[]]>([
    ['plenty of space', {}, []],
    ['little space', { freeBytes: 5 * 1024 ** 3 }, [/^warning: .*nearly full/]],
    ['no space', { freeBytes: 1024 }, [/^failed: .*less than the 1\.0 GiB to keep free/]],
    ['an exhausted quota', { problem: 'EDQUOT' }, [/^failed: .*quota/]],
    ['a folder in a media root', { isInMediaRoot: true }, [/^failed: .*is inside a media root/]],
  ])('derivatives: %s', (_, change, expected) => {
    const findings = derivativeFindings({ ...folder, ...change }, { minFree: 1024 ** 3, quota: null, used: null });
    expect(bad(findings)).toEqual(expected.map((text) => expect.stringMatching(text)));
  });

  test('derivatives: passes below the quota, warns near it, fails above it', () => {
    const of = (used: number) => bad(derivativeFindings(folder, { minFree: 0, quota: 100, used }));
    expect([of(50), of(95).length, of(100)]).toEqual([[], 1, [expect.stringMatching(/^failed: Derivatives take/)]]);
  });

  test('links: passes when unset, fails without symlinks or the folder', () => {
    expect(bad(datasetFindings(null))).toEqual([]);
    expect(bad(datasetFindings({ ...folder, problem: 'EPERM' }))).toEqual([
      expect.stringContaining('does not support symlinks'),
    ]);
    expect(bad(datasetFindings({ ...folder, problem: 'ENOENT' }))).toEqual([
      expect.stringContaining('it does not exist'),
    ]);
  });
});

describe('databaseFindings', () => {
  const facts: DatabaseFacts = {
    now: new Date(),
    version: '18.1',
    versionNumber: 180_001,
    walLevel: 'logical',
    migrations: ['0001.sql'],
    pendingMigrations: [],
    unknownMigrations: [],
    clockAhead: 0.01,
  };

  test.each<[string, Partial<DatabaseFacts>, RegExp[]]>([
    ['current settings', {}, []],
    ['an old Postgres', { version: '14.2', versionNumber: 140_002 }, [/^failed: .*too old/]],
    ['no logical replication', { walLevel: 'replica' }, [/^failed: wal_level is replica/]],
    ['pending migrations', { pendingMigrations: ['0002.sql'] }, [/^warning: 1 migrations are pending/]],
    ['a newer library', { unknownMigrations: ['0099.sql'] }, [/^failed: .*newer version: 0099/]],
    ['a clock that is slightly off', { clockAhead: -5 }, [/^warning: .*5\.0 s behind/]],
    ['a clock that is far off', { clockAhead: 90 }, [/^failed: .*90\.0 s ahead/]],
  ])('%s', (_, change, expected) => {
    const findings = databaseFindings({ ...facts, ...change });
    expect(bad(findings)).toEqual(expected.map((text) => expect.stringMatching(text)));
  });
});

test('ingestorFindings passes when another host’s ingestor is alive, warns about this host’s own, fails without any', () => {
  const here = { host: 'nas', version: '1' };
  const other = { host: 'b', alive: true, version: '1', problem: null };
  expect(bad(ingestorFindings([], here))).toEqual([expect.stringMatching(/^warning/)]);
  expect(bad(ingestorFindings([other, { ...other, host: 'old', alive: false }], here))).toEqual([]);
  expect(bad(ingestorFindings([other, { ...other, host: 'nas', alive: false }], here))).toHaveLength(1);
  expect(bad(ingestorFindings([{ ...other, alive: false }], here)).at(-1)).toMatch(/^failed: No ingestor is alive/);
  expect(bad(ingestorFindings([{ ...other, version: '2' }], here))).toEqual([expect.stringContaining('version 2')]);
  expect(bad(ingestorFindings([{ ...other, problem: 'The disk is full.' }], here))).toHaveLength(1);
});

test('modelFindings distinguishes an unset model from a mistake, and reports what the API answered', () => {
  const prices = { input: null, output: null };
  const settings = { model: 'm', apiKey: 'k', baseUrl: null, prices, pseudonyms: true };
  const findings = (api: 'gemini' | 'chat', answer: Parameters<typeof modelFindings>[0]['answer']) =>
    modelFindings({ model: { settings: { ...settings, api } }, answer });
  const answers = [null, { status: 200 }, { status: 404 }, { status: 403 }, { status: 503 }, { unreachable: 'x' }];
  for (const api of ['gemini', 'chat'] as const) {
    const statuses = answers.map((answer) => findings(api, answer)[0]?.status);
    expect(statuses).toEqual(['ok', 'ok', 'failed', 'failed', 'warning', 'failed']);
  }
  expect(JSON.stringify(findings('chat', { status: 404 }))).toContain('IHUB_MODEL_NAME');
  expect(JSON.stringify(findings('gemini', null))).toContain('pseudonyms');
  const without = (isMistake: boolean) => modelFindings({ model: { unavailable: 'U.', isMistake }, answer: null });
  expect(without(true)[0]?.status).toBe('warning');
  expect(without(false)[0]?.status).toBe('ok');
});

test('limitFindings warns about limits that a large library reaches, and skips unknown limits', () => {
  expect(bad(limitFindings({ openFiles: 1024, inotifyWatches: 8192, inotifyInstances: 16 }))).toHaveLength(3);
  expect(limitFindings({ openFiles: null, inotifyWatches: null, inotifyInstances: null })).toEqual([]);
});

test('findingLines puts advice below each problem, and the counts last', () => {
  const findings: Finding[] = [
    { check: 'a', status: 'ok', message: 'fine', advice: null },
    { check: 'b', status: 'failed', message: 'Broken.', advice: 'mend it' },
  ];
  expect(findingLines(findings)).toEqual([
    'ok       a: fine',
    'failed   b: Broken.',
    '         → mend it',
    '',
    '1 ok, 0 to review, 1 failed',
  ]);
});
