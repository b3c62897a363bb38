/** `npm run fingerprint`: records the replica's fingerprint under its raised number, or explains why it cannot. */
import { numberProblem, readFingerprintRecord, writeFingerprintRecord } from './fingerprint-record.ts';
import { readReplicaSql } from './read-replica-sql.ts';
import { replicaFingerprint } from './replica-fingerprint.ts';
import { REPLICA_VERSION } from './replica-version.ts';

const now = { number: REPLICA_VERSION, fingerprint: await replicaFingerprint(await readReplicaSql()) };
const problem = numberProblem(now, await readFingerprintRecord());
if (problem === null) {
  await writeFingerprintRecord(now);
  console.log(`The replica is ${now.number}-${now.fingerprint}.`);
} else {
  console.error(problem);
  process.exitCode = 1;
}
