/** Reads and writes `replica-fingerprint.json`, the last recorded number and fingerprint of the replica. Node only. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** Written by `npm run fingerprint`. */
const fingerprintRecord = z.object({ number: z.int(), fingerprint: z.string() });
export type FingerprintRecord = z.infer<typeof fingerprintRecord>;

const FILE = new URL('./replica-fingerprint.json', import.meta.url);
const VERSION_FILE = new URL('./replica-version.ts', import.meta.url);

export async function readFingerprintRecord(): Promise<FingerprintRecord> {
  return fingerprintRecord.parse(JSON.parse(await readFile(FILE, 'utf8')));
}

export async function writeFingerprintRecord(record: FingerprintRecord): Promise<void> {
  await writeFile(FILE, `${JSON.stringify(record, null, 2)}\n`);
}

/** Writes the replica's number into `replica-version.ts`. */
export async function writeReplicaNumber(number: number): Promise<void> {
  const text = await readFile(VERSION_FILE, 'utf8');
  await writeFile(VERSION_FILE, text.replace(/^(export const REPLICA_VERSION = )\d+;$/m, `$1${number};`));
}

/**
 * Returns one sentence on why the number must change; null when it need not.
 *
 * @param now the number and the fingerprint of this source tree.
 */
export function numberProblem(now: FingerprintRecord, recorded: FingerprintRecord): string | null {
  const next = recorded.number + (now.fingerprint === recorded.fingerprint ? 0 : 1);
  if (now.number === next || now.number === recorded.number + 1) return null;
  return now.number === recorded.number
    ? `The replica’s sources have changed: set REPLICA_VERSION in web/src/replica/open/replica-version.ts to ${next}, then run: npm run fingerprint`
    : `The recorded replica has the number ${recorded.number}: set REPLICA_VERSION in web/src/replica/open/replica-version.ts to ${next}, then run: npm run fingerprint`;
}

/** Returns one sentence on what to do about the number or the record; null when nothing is needed. */
export function versionProblem(now: FingerprintRecord, recorded: FingerprintRecord): string | null {
  const problem = numberProblem(now, recorded);
  if (problem !== null) return problem;
  const isRecorded = now.number === recorded.number && now.fingerprint === recorded.fingerprint;
  return isRecorded ? null : 'The recorded number or fingerprint is out of date. Run: npm run fingerprint';
}
