import { expect, test, vi } from 'vitest';

// The preference reads the browser's storage when its module is loaded.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
vi.stubGlobal('window', { addEventListener: () => {} });
const { mapPath, mappingProblem } = await import('./map-path.ts');

test('mapPath: replaces the folder on the server, and only whole names', () => {
  const mappings = [{ server: '/mnt/nas', here: '/Volumes/nas/' }];
  expect(mapPath('/mnt/nas/a/b.mov', mappings)).toBe('/Volumes/nas/a/b.mov');
  expect(mapPath('/mnt/nas', mappings)).toBe('/Volumes/nas');
  expect(mapPath('/mnt/nas2/b.mov', mappings)).toBe('/mnt/nas2/b.mov');
});

test('mapPath: takes the longest folder that covers the path', () => {
  const mappings = [
    { server: '/', here: '/net/server' },
    { server: '/mnt/nas/show/', here: '/show' },
    { server: '/mnt/nas', here: '/nas' },
  ];
  expect(mapPath('/mnt/nas/show/a.mov', mappings)).toBe('/show/a.mov');
  expect(mapPath('/mnt/nas/other/a.mov', mappings)).toBe('/nas/other/a.mov');
  expect(mapPath('/srv/a.mov', mappings)).toBe('/net/server/srv/a.mov');
});

test('mapPath: writes backslashes for a drive and for a share of Windows', () => {
  expect(mapPath('/mnt/nas/a/b.mov', [{ server: '/mnt/nas', here: 'Z:\\' }])).toBe('Z:\\a\\b.mov');
  expect(mapPath('/mnt/nas/a/b.mov', [{ server: '/mnt/nas', here: '\\\\nas\\media' }])).toBe(
    '\\\\nas\\media\\a\\b.mov',
  );
});

test('mapPath: keeps a path that no mapping covers', () => {
  expect(mapPath('/mnt/a.mov', [])).toBe('/mnt/a.mov');
});

test('mappingProblem: names the side that is not a whole path', () => {
  expect(mappingProblem({ server: 'mnt', here: '/x' })).toContain('server');
  expect(mappingProblem({ server: '/mnt', here: 'x' })).toContain('here');
  expect(mappingProblem({ server: '/mnt', here: 'Z:' })).toBeNull();
  expect(mappingProblem({ server: '/mnt', here: '\\\\nas\\x' })).toBeNull();
});
