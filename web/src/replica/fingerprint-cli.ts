/** `npm run fingerprint`: records what the replica is made of now, under a number that was raised; else says so. */
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
