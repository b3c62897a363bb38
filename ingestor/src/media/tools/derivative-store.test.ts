import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { derivativeKey } from '@ingesthub/schema/library/derivatives.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DerivativeStore } from './derivative-store.ts';

const key = derivativeKey('waveform', { hash: 'ab'.repeat(32), extension: 'wav' });
let folder: string;
let store: DerivativeStore;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-store-'));
  store = new DerivativeStore(folder, 'here');
  await mkdir(path.dirname(store.pathOf(key)), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const make = (text: string) => store.make(key, (draft) => writeFile(draft, text));

test('DerivativeStore makes a derivative once', async () => {
  await make('first');
  await make('second');
  expect(await readFile(store.pathOf(key), 'utf8')).toBe('first');
});

test('DerivativeStore remakes a derivative that a power cut left empty', async () => {
  await writeFile(store.pathOf(key), '');
  expect(await store.has(key)).toBe(false);
  await make('whole');
  expect(await readFile(store.pathOf(key), 'utf8')).toBe('whole');
});
