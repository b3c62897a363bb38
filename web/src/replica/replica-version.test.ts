import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readReplicaSql } from './read-replica-sql.ts';
import { compareVersions, formatReplicaVersion, OTHER_CHANGES, UNBUILT_VERSION } from './replica-version.ts';
import { baseTablesSql } from './replicated-tables.ts';

test('compareVersions: by the number, which grows with migrations; what has no number is older', () => {
  const own = formatReplicaVersion(9, 'aaaa');
  expect(compareVersions(own, own)).toBe('same');
  expect(compareVersions(formatReplicaVersion(10, 'aaaa'), own)).toBe('newer');
  expect(compareVersions(formatReplicaVersion(8, 'zzzz'), own)).toBe('older');
  expect([compareVersions(UNBUILT_VERSION, own), compareVersions('', own)]).toEqual(['older', 'older']);
});

test('OTHER_CHANGES: is raised when what a replica is made of beside the migrations has changed since the last release', async () => {
  const { dependencies } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const { own } = await readReplicaSql();
  const parts = JSON.stringify([dependencies['@electric-sql/pglite'], own, baseTablesSql]);
  const name = createHash('sha256').update(parts).digest('hex').slice(0, 8);
  // When this fails: raise the number, once for each release, and write the name that it belongs to here.
  expect([OTHER_CHANGES, name]).toEqual([2, 'a1faddd2']);
});
