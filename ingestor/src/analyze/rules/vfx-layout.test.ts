import { describe, expect, test } from 'vitest';
import { fileTypeOf } from '../../scan/names/file-types.ts';
import { vfxLayout } from './vfx-layout.ts';

function place(paths: readonly string[], sourcePath: string, configSubject: string | null = null) {
  const files = paths.map((relativePath) => ({ relativePath, fileType: fileTypeOf(relativePath) }));
  return vfxLayout(files, { sourcePath, belowRoot: sourcePath.split('/').slice(2), configSubject }).placements;
}

describe('vfxLayout', () => {
  test.each([
    ['the component after /datasets/', '/mnt/datasets/jane/media/aligned', 'jane'],
    ['the part after __ in that component', '/mnt/datasets/job12__jane_v03/aligned', 'jane'],
    ['the first folder that is not generic', '/mnt/from_client/JANE/plate', 'JANE'],
    ['the part after __ of the package, without its version', '/mnt/show__maria_v02', 'maria'],
    ['the part after __ without a form of address and words of a set', '/mnt/job__Dr_Jane_Doe__train_v05', 'Jane_Doe'],
    ['the folder without the word for a face set', '/mnt/faceset_jane_doe', 'jane_doe'],
    ['the folder itself when all are generic', '/mnt/aligned', 'aligned'],
  ])('vfxLayout uses %s as the subject', (_, source, subject) => {
    expect(place(['00001_0.png'], source)[0]?.subject).toBe(subject);
  });

  test('vfxLayout uses the subject of config.json before folders below the media root', () => {
    expect(place(['aligned/1_0.png'], '/mnt/show__maria', 'Maria Lopez')[0]?.subject).toBe('Maria Lopez');
    expect(place(['aligned/1_0.png'], '/mnt/datasets/ada/x', 'Maria Lopez')[0]?.subject).toBe('ada');
  });

  test('vfxLayout finds several subjects by their folders, and shares what lies beside them', () => {
    const byJob = ['show__anouk_v01/aligned/00001_0.png', 'show__cyrus_v01/plate/x.exr', 'config.json'];
    expect(place(byJob, '/mnt/show_faces').map(({ subject }) => subject)).toEqual(['anouk', 'cyrus', 'shared']);
    const byName = ['thea/aligned/A_0001_0.png', 'duarte/grids/all.png', 'config.json'];
    expect(place(byName, '/mnt/job__batch_v05').map(({ subject }) => subject)).toEqual(['thea', 'duarte', 'shared']);
  });

  test('vfxLayout takes the sides of a face replacement for no one', () => {
    const sides = ['src/aligned/00001_0.png', 'dst/aligned/00001_0.png', 'plate/x.exr'];
    expect(place(sides, '/mnt/deaging__sir_thorne_v05').map(({ subject }) => subject)).toEqual(Array(3).fill('thorne'));
  });

  test('vfxLayout finds several subjects directly below aligned and plate, but no clips of one', () => {
    const below = [
      'aligned/thea/1_0.png',
      'aligned/omar/1_0.png',
      'plate/thea/a.exr',
      'plate/omar/a.exr',
      'config.json',
    ];
    const subjects = ['thea', 'omar', 'thea', 'omar', 'shared'];
    expect(place(below, '/mnt/show__pair_v01').map(({ subject }) => subject)).toEqual(subjects);
    const clips = ['aligned/clip_1/1_0.png', 'aligned/clip_2/1_0.png', 'plate/clip_1/a.exr', 'plate/clip_2/a.exr'];
    const people = ['aligned/Jane Doe/1_0.png', 'aligned/John Smith/1_0.png'];
    expect(place(people, '/mnt/batch_12').map(({ subject }) => subject)).toEqual(['Jane Doe', 'John Smith']);
    expect(new Set(place(clips, '/mnt/show__thea_v01').map(({ subject }) => subject))).toEqual(new Set(['thea']));
  });

  test.each([
    ['plate/a.exr', 'plate'],
    ['Grids/a.mov', 'grid'],
    ['other/a.png', 'aligned'],
  ])('vfxLayout treats %s as %s, from no camera', (file, assetType) => {
    expect(place([file], '/mnt/JANE')).toMatchObject([{ subject: 'JANE', camera: null, assetType }]);
  });
});
