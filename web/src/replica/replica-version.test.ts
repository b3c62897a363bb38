import { expect, test } from 'vitest';
import { compareVersions, formatReplicaVersion, UNBUILT_VERSION } from './replica-version.ts';

test('compareVersions: by the number, which grows with migrations; what has no number is older', () => {
  const own = formatReplicaVersion(9, 'aaaa');
  expect(compareVersions(own, own)).toBe('same');
  expect(compareVersions(formatReplicaVersion(10, 'aaaa'), own)).toBe('newer');
  expect(compareVersions(formatReplicaVersion(8, 'zzzz'), own)).toBe('older');
  expect([compareVersions(UNBUILT_VERSION, own), compareVersions('', own)]).toEqual(['older', 'older']);
});
