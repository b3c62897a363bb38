/** `replica-fingerprint.json`: the number and the fingerprint of the replica, as they were last recorded. For Node. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** `npm run fingerprint` writes it. */
const fingerprintRecord = z.object({ number: z.int(), fingerprint: z.string() });
export type FingerprintRecord = z.infer<typeof fingerprintRecord>;

const FILE = new URL('replica-fingerprint.json', import.meta.url);

export async function readFingerprintRecord(): Promise<FingerprintRecord> {
  return fingerprintRecord.parse(JSON.parse(await readFile(FILE, 'utf8')));
}

export async function writeFingerprintRecord(record: FingerprintRecord): Promise<void> {
  await writeFile(FILE, `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * Says in one sentence why the number cannot stay as it is; null: it can.
 *
 * @param now the number and the fingerprint of this source tree.
 */
export function numberProblem(now: FingerprintRecord, recorded: FingerprintRecord): string | null {
  const next = recorded.number + (now.fingerprint === recorded.fingerprint ? 0 : 1);
  if (now.number === next || now.number === recorded.number + 1) return null;
  return now.number === recorded.number
    ? `What the replica is made of has changed: set REPLICA_VERSION in web/src/replica/replica-version.ts to ${next}, then run: npm run fingerprint`
    : `The recorded replica has the number ${recorded.number}: set REPLICA_VERSION in web/src/replica/replica-version.ts to ${next}, then run: npm run fingerprint`;
}

/** Says in one sentence what is to be done about the number or the record; null: nothing. */
export function versionProblem(now: FingerprintRecord, recorded: FingerprintRecord): string | null {
  const problem = numberProblem(now, recorded);
  if (problem !== null) return problem;
  const isRecorded = now.number === recorded.number && now.fingerprint === recorded.fingerprint;
  return isRecorded ? null : 'The number or what the replica is made of has changed: run: npm run fingerprint';
}
