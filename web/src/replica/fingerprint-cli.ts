/**
 * `npm run fingerprint`: writes down what the replica is made of now, and says whether REPLICA_VERSION is to be
 * raised. With `--release`, what is made now is the latest release.
 */
import { parseArgs } from 'node:util';
import { readFingerprintRecord, versionProblem, writeFingerprintRecord } from './fingerprint-record.ts';
import { readReplicaSql } from './read-replica-sql.ts';
import { replicaFingerprint } from './replica-fingerprint.ts';
import { REPLICA_VERSION } from './replica-version.ts';

const { release } = parseArgs({ options: { release: { type: 'boolean', default: false } } }).values;
const current = await replicaFingerprint(await readReplicaSql());
const record = { ...(await readFingerprintRecord()), current };
const problem = versionProblem(REPLICA_VERSION, current, record);
if (problem === null && release) record.released = { number: REPLICA_VERSION, fingerprint: current };
await writeFingerprintRecord(record);
console.log(`The replica is ${REPLICA_VERSION}-${current}; the latest release is ${record.released.number}.`);
if (problem !== null) {
  console.error(problem);
  process.exitCode = 1;
}
