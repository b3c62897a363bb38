/** `npm run fingerprint`: raises the replica's number when its sources have changed, and records both. */
import {
  numberProblem,
  readFingerprintRecord,
  writeFingerprintRecord,
  writeReplicaNumber,
} from './fingerprint-record.ts';
import { readReplicaSql } from './read-replica-sql.ts';
import { replicaFingerprint } from './replica-fingerprint.ts';
import { REPLICA_VERSION } from './replica-version.ts';

const recorded = await readFingerprintRecord();
const fingerprint = await replicaFingerprint(await readReplicaSql());
const isRaised = fingerprint !== recorded.fingerprint && REPLICA_VERSION === recorded.number;
const now = { number: REPLICA_VERSION + (isRaised ? 1 : 0), fingerprint };
const problem = numberProblem(now, recorded);
if (problem === null) {
  if (isRaised) await writeReplicaNumber(now.number);
  await writeFingerprintRecord(now);
  console.log(`The replica is ${now.number}-${now.fingerprint}.`);
} else {
  console.error(problem);
  process.exitCode = 1;
}
