/**
 * Creates a delivery of odd media: samples, every container and codec, odd stills and names, and damaged files of each
 * kind.
 */
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeOddMedia } from '@ingesthub/fixtures/odd-media/odd-media.ts';
import { makeMutatedMedia } from './mutated-media.ts';
import { makeOddNames } from './odd-names.ts';
import { makeOddStills } from './odd-stills.ts';
import { makeRareFormats } from './rare-formats.ts';
import { makeRareStills } from './rare-stills.ts';

export interface MediaDelivery {
  readonly seed: number;
  readonly mutations: number;
  /** A folder of sample media; null when there is none. */
  readonly samples: string | null;
  readonly signal: AbortSignal;
}

/** @param folder is created; its path must not contain spaces. */
export async function makeMediaDelivery(folder: string, options: MediaDelivery): Promise<void> {
  const { seed, mutations, samples, signal } = options;
  await mkdir(folder, { recursive: true });
  if (samples !== null) await cp(samples, path.join(folder, 'samples'), { recursive: true });
  await writeOddMedia(path.join(folder, 'odd-media'), undefined, signal);
  await makeRareFormats(path.join(folder, 'rare-formats'));
  await makeOddStills(path.join(folder, 'odd-stills'));
  await makeRareStills(path.join(folder, 'rare-stills'));
  await makeMutatedMedia(folder, { seed, count: mutations, signal });
  await makeOddNames(folder);
}

/** Returns the kind of input that a file of the delivery is. @param relativePath within the delivery. */
export function kindOf(relativePath: string): string {
  const [top = '', next = ''] = relativePath.split('/');
  return top === 'mutated' ? `mutated: ${next}` : top;
}
