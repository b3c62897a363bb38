import { expect, test } from 'vitest';
import { numberProblem, readFingerprintRecord, versionProblem } from './fingerprint-record.ts';
import { readReplicaSql } from './read-replica-sql.ts';
import { bareSql, replicaFingerprint } from './replica-fingerprint.ts';
import { compareVersions, formatReplicaVersion, REPLICA_VERSION, UNBUILT_VERSION } from './replica-version.ts';

test('compareVersions: compares only the numbers; a version without a number is older', () => {
  const own = formatReplicaVersion(20, 'aaaa');
  expect(compareVersions(own, own)).toBe('same');
  expect(compareVersions(formatReplicaVersion(20, 'bbbb'), own)).toBe('same');
  expect(compareVersions(formatReplicaVersion(21, 'aaaa'), own)).toBe('newer');
  expect(compareVersions(formatReplicaVersion(9, 'zzzz'), own)).toBe('older');
  // Earlier builds named a replica by a hash, which may begin with digits.
  const former = '99f3c41d29a8b7e65aa0c41d29a8b7e65';
  for (const unnumbered of [UNBUILT_VERSION, '', former]) expect(compareVersions(unnumbered, own)).toBe('older');
});

test('REPLICA_VERSION: is raised and recorded when the replica’s sources change', async () => {
  const fingerprint = await replicaFingerprint(await readReplicaSql());
  // When this fails, the message explains what to do.
  expect(versionProblem({ number: REPLICA_VERSION, fingerprint }, await readFingerprintRecord())).toBeNull();
});

test.each([
  [20, 'old', null, null],
  // The messages between tabs have changed.
  [21, 'old', null, 'npm run fingerprint'],
  [20, 'new', 'to 21, then run: npm run fingerprint', 'to 21'],
  [21, 'new', null, 'npm run fingerprint'],
  [22, 'new', 'to 21', 'to 21'],
  [19, 'old', 'to 20', 'to 20'],
  [19, 'new', 'to 21', 'to 21'],
])(
  'versionProblem: number %i with fingerprint %j, where 20 with "old" is recorded',
  (number, fingerprint, raise, all) => {
    const recorded = { number: 20, fingerprint: 'old' };
    const now = { number, fingerprint };
    const says = (problem: string | null) =>
      problem === null ? expect.toBeOneOf([null]) : expect.stringContaining(problem);
    expect(numberProblem(now, recorded)).toEqual(says(raise));
    expect(versionProblem(now, recorded)).toEqual(says(all));
    if (raise === null) expect(versionProblem(now, now)).toBeNull();
  },
);

test('replicaFingerprint: changes with the replica’s sources, but not with a comment', async () => {
  const sql = await readReplicaSql();
  const now = await replicaFingerprint(sql);
  expect(await replicaFingerprint({ ...sql, own: `-- Another comment.\n${sql.own.replaceAll('\n', '\n  ')}` })).toBe(
    now,
  );
  expect(await replicaFingerprint({ ...sql, own: `${sql.own}CREATE TABLE replica.more ();` })).not.toBe(now);
  const more = [...sql.migrations, { name: '9999_more.replica.sql', sql: 'CREATE TABLE more ()' }];
  expect(await replicaFingerprint({ ...sql, migrations: more })).not.toBe(now);
  const server = [...sql.migrations, { name: '9999_more.server.sql', sql: 'CREATE TABLE more ()' }];
  expect(await replicaFingerprint({ ...sql, migrations: server })).toBe(now);
});

test('bareSql: removes comments and layout, and keeps quoted text', () => {
  expect(bareSql("SELECT\n  '-- no  comment, it''s', 1 -- a comment\n\n;")).toBe("SELECT '-- no  comment, it''s', 1 ;");
});
