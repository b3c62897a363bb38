import { expect, test } from 'vitest';
import { isNetwork, mountOf, parseMounts } from './mounts.ts';

const text = [
  '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
  String.raw`36 22 0:44 / /mnt/client\040media ro,relatime - nfs4 nas:/export ro,vers=4.2`,
  '37 22 0:45 / /mnt rw - tmpfs tmpfs rw',
  '',
].join('\n');

test('parseMounts reads mount points with spaces, types and the read-only flag', () => {
  expect(parseMounts(text)).toEqual([
    { point: '/', type: 'ext4', source: '/dev/sda1', isReadOnly: false },
    { point: '/mnt/client media', type: 'nfs4', source: 'nas:/export', isReadOnly: true },
    { point: '/mnt', type: 'tmpfs', source: 'tmpfs', isReadOnly: false },
  ]);
});

test('mountOf finds the innermost mount by whole path components', () => {
  const mounts = parseMounts(text);
  expect(mountOf(mounts, '/mnt/client media/day')?.type).toBe('nfs4');
  expect(mountOf(mounts, '/mnt/client mediation')?.type).toBe('tmpfs');
  expect(mountOf(mounts, '/home')?.type).toBe('ext4');
  expect(mountOf([], '/home')).toBeNull();
});

test('isNetwork', () => {
  expect(parseMounts(text).map(isNetwork)).toEqual([false, true, false]);
});
