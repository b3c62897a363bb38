/** `replica-fingerprint.json`: what the replica was made of at the latest release, and is made of now. For Node. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const fingerprintRecord = z.object({
  /** Of this source tree. `npm run fingerprint` writes it. */
  current: z.string(),
  /** Of the latest release. `npm run fingerprint -- --release` writes it. */
  released: z.object({ number: z.int(), fingerprint: z.string() }),
});
export type FingerprintRecord = z.infer<typeof fingerprintRecord>;

const FILE = new URL('replica-fingerprint.json', import.meta.url);

export async function readFingerprintRecord(): Promise<FingerprintRecord> {
  return fingerprintRecord.parse(JSON.parse(await readFile(FILE, 'utf8')));
}

export async function writeFingerprintRecord(record: FingerprintRecord): Promise<void> {
  await writeFile(FILE, `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * What is to be done about the number or the record, in one sentence; null: nothing.
 *
 * @param number REPLICA_VERSION.
 * @param fingerprint of this source tree.
 */
export function versionProblem(number: number, fingerprint: string, record: FingerprintRecord): string | null {
  const { released } = record;
  const isReleased = fingerprint === released.fingerprint;
  if (number < released.number || (!isReleased && number === released.number)) {
    return `The replica is no longer what release ${released.number} had: set REPLICA_VERSION in web/src/replica/replica-version.ts to ${released.number + 1}, then run: npm run fingerprint`;
  }
  if (number > released.number + 1) {
    return `The latest release had the number ${released.number}: set REPLICA_VERSION in web/src/replica/replica-version.ts to ${released.number + 1}.`;
  }
  if (fingerprint !== record.current) return 'What the replica is made of has changed: run: npm run fingerprint';
  return null;
}
