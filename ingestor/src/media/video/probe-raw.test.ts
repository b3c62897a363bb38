import { mkdtempDisposable, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { r3dFile } from '../raw/testing/r3d-file.ts';
import { probeRaw, withSidecar } from './probe-raw.ts';

const XML = '<Duration value="50"/><VideoFrame formatFps="25p"/><VideoLayout pixel="6048" numOfVerticalLine="4032"/>';
const found = { facts: { ...UNKNOWN_FACTS, width: 100 }, details: { reel: 'A7' } };

test('withSidecar adds what the file beside says, and keeps what the file itself says', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'ihub-raw-'));
  await writeFile(path.join(folder.path, 'A7C1M01.XML'), XML);
  expect(await withSidecar(found, path.join(folder.path, 'A7C1.MXF'))).toEqual({
    facts: {
      ...UNKNOWN_FACTS,
      width: 100,
      height: 4032,
      duration_seconds: 2,
      frame_rate_numerator: 25,
      frame_rate_denominator: 1,
    },
    details: { reel: 'A7' },
  });
});

test('withSidecar needs no sidecar, and follows no link', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'ihub-raw-'));
  const file = path.join(folder.path, 'A7C1.MXF');
  expect(await withSidecar(found, file)).toEqual(found);
  await writeFile(path.join(folder.path, 'other.xml'), XML);
  await symlink('other.xml', path.join(folder.path, 'A7C1M01.XML'));
  expect(await withSidecar(found, file)).toEqual(found);
});

test('probeRaw reads the header of a RED file, and knows nothing of one that is cut off', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'ihub-raw-'));
  const file = path.join(folder.path, 'A_001.R3D');
  await writeFile(file, r3dFile('RED2'));
  const { signal } = new AbortController();
  expect(await probeRaw(file, signal)).toMatchObject({ facts: { width: 4096 }, details: { reel: 'A011' } });
  await writeFile(file, 'RED2');
  expect(await probeRaw(file, signal)).toEqual({ facts: UNKNOWN_FACTS, details: {} });
});
