import { expect, test } from 'vitest';
import { readFingerprintRecord, versionProblem } from './fingerprint-record.ts';
import { readReplicaSql } from './read-replica-sql.ts';
import { bareSql, replicaFingerprint } from './replica-fingerprint.ts';
import { compareVersions, formatReplicaVersion, REPLICA_VERSION, UNBUILT_VERSION } from './replica-version.ts';

test('compareVersions: goes by the number only, and what has none is older', () => {
  const own = formatReplicaVersion(20, 'aaaa');
  expect(compareVersions(own, own)).toBe('same');
  expect(compareVersions(formatReplicaVersion(20, 'bbbb'), own)).toBe('same');
  expect(compareVersions(formatReplicaVersion(21, 'aaaa'), own)).toBe('newer');
  expect(compareVersions(formatReplicaVersion(9, 'zzzz'), own)).toBe('older');
  // Former builds named a replica by a hash, which may begin with digits.
  const former = '99f3c41d29a8b7e65aa0c41d29a8b7e65';
  for (const unnumbered of [UNBUILT_VERSION, '', former]) expect(compareVersions(unnumbered, own)).toBe('older');
});

test('REPLICA_VERSION: is raised when the replica is no longer that of the latest release', async () => {
  const fingerprint = await replicaFingerprint(await readReplicaSql());
  // When this fails, its message says what to run.
  expect(versionProblem(REPLICA_VERSION, fingerprint, await readFingerprintRecord())).toBeNull();
});

test('versionProblem: asks for one raise for each release, and for the fingerprint after each change', () => {
  const record = (current: string) => ({ current, released: { number: 20, fingerprint: 'old' } });
  expect(versionProblem(20, 'old', record('old'))).toBeNull();
  expect(versionProblem(20, 'new', record('old'))).toContain(
    'REPLICA_VERSION in web/src/replica/replica-version.ts to 21',
  );
  expect(versionProblem(20, 'new', record('new'))).toContain('to 21');
  expect(versionProblem(21, 'new', record('old'))).toContain('npm run fingerprint');
  expect(versionProblem(21, 'new', record('new'))).toBeNull();
  expect(versionProblem(21, 'newer still', record('new'))).toContain('npm run fingerprint');
  expect(versionProblem(21, 'newer still', record('newer still'))).toBeNull();
  expect(versionProblem(22, 'newer still', record('newer still'))).toContain('to 21');
  expect(versionProblem(19, 'old', record('old'))).toContain('to 21');
});

test('replicaFingerprint: changes with what the replica is made of, and not with a comment', async () => {
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

test('bareSql: leaves out comments and layout, and keeps what stands in quotes', () => {
  expect(bareSql("SELECT\n  '-- no  comment, it''s', 1 -- a comment\n\n;")).toBe("SELECT '-- no  comment, it''s', 1 ;");
});
