import { expect, test } from 'vitest';
import { channelGroups, metadataSections } from './metadata-sections.ts';

test('metadataSections: shows the windows and channels of an EXR', () => {
  const sections = metadataSections({
    frame: {
      format: 'openexr',
      compression: 'zip',
      channels: ['R', 'G', 'B', 'diffuse.R', 'diffuse.G'],
      data_window: [-8, 0, 1928, 1080],
      display_window: [0, 0, 1920, 1080],
    },
  });
  expect(sections).toHaveLength(1);
  expect(sections[0]?.title).toBe('EXR');
  const facts = new Map(sections[0]?.facts.map(({ name, value }) => [name, value]));
  expect(facts.get('Data window')).toBe('1936 × 1080 at -8, 0');
  expect(facts.get('Channels')).toBe('R G B\ndiffuse: R G');
});

test('metadataSections: leaves out what is not known, and keeps zero', () => {
  const sections = metadataSections({
    place: { latitude: 0, longitude: 13.4 },
    camera: { make: '', iso: 800, shutter_seconds: 0.02 },
  });
  expect(sections).toEqual([
    {
      title: 'Camera',
      facts: [
        { name: 'ISO', value: '800' },
        { name: 'Shutter', value: '1/50 s' },
      ],
    },
    {
      title: 'Place',
      facts: [
        { name: 'Latitude', value: '0°' },
        { name: 'Longitude', value: '13.4°' },
      ],
    },
  ]);
  expect(metadataSections({})).toEqual([]);
  expect(metadataSections({ face: { carrier: 'fcWp' } })).toEqual([]);
});

test('channelGroups: keeps the layers of layers whole', () => {
  expect(channelGroups(['Z', 'left.spec.R', 'left.spec.G'])).toEqual(['Z', 'left.spec: R G']);
});
