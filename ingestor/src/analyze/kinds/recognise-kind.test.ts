import { describe, expect, test } from 'vitest';
import { isFaceCropName } from '../../scan/names/face-crop.ts';
import type { PackageFacts } from '../rules/listing.ts';
import { recogniseKind } from './recognise-kind.ts';

const crops = Array.from({ length: 20 }, (_, index) => `A001_${String(index).padStart(4, '0')}_0.png`);
const plain: PackageFacts = { folderName: 'delivery', hasConfig: false, subfolderNames: [], fileNames: ['a.mov'] };

describe('recogniseKind', () => {
  test.each<[string, Partial<PackageFacts>, 'vfx' | 'atman', number]>([
    ['no signal', {}, 'atman', 0],
    ['a config.json alone', { hasConfig: true }, 'atman', 1],
    ['a plate folder alone', { subfolderNames: ['Plate'] }, 'atman', 1],
    ['a folder named plates, which does not count', { subfolderNames: ['plates'] }, 'atman', 0],
    ['a config.json and the folder itself named aligned', { hasConfig: true, folderName: 'aligned' }, 'vfx', 2],
    ['PNGs that are not crops', { fileNames: ['a.png', 'b.png'] }, 'atman', 1],
    ['face crops', { fileNames: crops }, 'vfx', 2],
    ['all four', { hasConfig: true, subfolderNames: ['visuals'], fileNames: crops }, 'vfx', 4],
    ['9 PNG of 10', { hasConfig: true, fileNames: [...crops.slice(0, 9), 'x.mov'] }, 'vfx', 3],
    ['8 PNG of 10', { fileNames: [...crops.slice(0, 8), 'x.mov', 'y.mov'] }, 'atman', 1],
    ['4 of 5 PNG are crops', { fileNames: [...crops.slice(0, 4), 'a.png'] }, 'vfx', 2],
    ['3 of 4 PNG are crops', { fileNames: [...crops.slice(0, 3), 'a.png'] }, 'atman', 1],
    ['crops after the first 200 files', { fileNames: [...Array(200).fill('a.mov'), ...crops] }, 'atman', 0],
    ['a face set of JPEGs', { subfolderNames: ['aligned', 'aligned_debug'], fileNames: ['1.jpg'] }, 'vfx', 2],
    ['a faceset.json alone', { fileNames: ['faceset.json', 'a.mov'] }, 'atman', 1],
    ['no files', { fileNames: [] }, 'atman', 0],
  ])('recogniseKind: %s', (_, facts, type, held) => {
    const finding = recogniseKind({ ...plain, ...facts });
    expect(finding.kind.name).toBe(type);
    expect(Object.values(finding.signals).filter(Boolean)).toHaveLength(held);
  });
});

test.each([
  ['A001_0001_0.png', true],
  ['00001_0.png', true],
  ['b-roll.take-2_00017_12.png', true],
  ['A001_0001_0.PNG', true],
  ['plate_0001.png', false],
  ['A001_0001_01.png', false],
  ['A001_0001_0.exr', false],
  ['0.png', false],
])('isFaceCropName(%s) is %s', (name, expected) => expect(isFaceCropName(name)).toBe(expected));
