import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { describe, expect, test } from 'vitest';
import { fileTypeOf } from '../scan/names/file-types.ts';
import { atmanLayout } from './rules/atman-layout.ts';
import { vfxLayout } from './rules/vfx-layout.ts';

function files(...paths: string[]): { relativePath: string; fileType: FileType }[] {
  return paths.map((relativePath) => ({ relativePath, fileType: fileTypeOf(relativePath) }));
}

describe('atmanLayout', () => {
  test.each([
    ['DAY02/JANE_DOE/A_CAM/clip_001.mov', 'JANE_DOE', 'cam_a', 'raw'],
    ['DAY02/JANE_DOE/B_CAM/graded/clip_001.mov', 'JANE_DOE', 'cam_b', 'graded'],
    ['Day 3/Jane Doe/CAM_2/clip.mov', 'Jane Doe', 'cam_2', 'raw'],
    ['session3_JDOE_graded_rec709.mov', 'JDOE', 'cam_a', 'graded'],
    ['take2_Jane_Doe_camB.mov', 'Jane_Doe', 'cam_b', 'raw'],
    ['RAW/B003C012_240101.mov', 'shared', 'cam_b', 'raw'],
    ['audio/boom.wav', 'shared', 'cam_a', 'audio'],
    ['JOHN/proxies/scene_04.mov', 'JOHN', 'cam_a', 'proxy'],
    ['JOHN/report.txt', 'JOHN', 'cam_a', 'metadata'],
    ['README.md', 'shared', 'cam_a', 'metadata'],
    ['beachball/a.mov', 'shared', 'cam_a', 'raw'],
    ['jane_doe/a.mov', 'jane_doe', 'cam_a', 'raw'],
    ['Interview.mov', 'shared', 'cam_a', 'raw'],
    ['20240101/MOV0001.mov', 'shared', 'cam_a', 'raw'],
  ])('atmanLayout reads %s', (name, subject, camera, assetType) => {
    expect(atmanLayout(files(name), 'delivery_03').placements).toEqual([{ subject, camera, assetType }]);
  });

  test('atmanLayout gives a file without a name the subject of another version of its recording', () => {
    const layout = atmanLayout(
      files('JANE/scene_01.mov', 'graded/scene_01_graded.mov', 'graded/scene_02_graded.mov', 'docs/scene_01.txt'),
      'delivery',
    );
    expect(layout.placements.map(({ subject }) => subject)).toEqual(['JANE', 'JANE', 'shared', 'shared']);
    expect(layout.evidence).toContain('No person is named for 2 of 4 files; their subject is shared.');
  });

  test('atmanLayout gives a graded copy with initials in its name the person of the original’s folder', () => {
    const layout = atmanLayout(
      files('JANE_DOE/A_CAM/A001_JDOE_tk02.mov', 'GRADED/A001_JDOE_tk02_graded_rec709.mp4'),
      'delivery',
    );
    expect(layout.placements.map(({ subject }) => subject)).toEqual(['JANE_DOE', 'JANE_DOE']);
  });

  test('atmanLayout ignores a recording that two people have', () => {
    const layout = atmanLayout(
      files('JANE/take_01.mov', 'JOHN/take_01.mov', 'graded/take_01_graded.mov', 'graded/graded.mov'),
      'd',
    );
    expect(layout.placements.map(({ subject }) => subject)).toEqual(['JANE', 'JOHN', 'shared', 'shared']);
  });

  test('atmanLayout ignores the package’s name when people are named inside', () => {
    expect(atmanLayout(files('JANE/a.mov', 'report.json'), 'HARBOUR_DAY02').placements[1]?.subject).toBe('shared');
  });

  test('atmanLayout takes the person from the package’s name when nothing inside names one', () => {
    expect(atmanLayout(files('clip.mov'), '2024_JANE_DOE').placements[0]?.subject).toBe('JANE_DOE');
  });
});

describe('vfxLayout', () => {
  const placement = (file: string, source: string, below: string[]) =>
    vfxLayout(files(file), source, below).placements[0];

  test.each([
    ['the component after /datasets/', '/mnt/datasets/jane/media/aligned', ['media', 'aligned'], 'jane'],
    ['the part after __ in that component', '/mnt/datasets/job12__jane/aligned', ['aligned'], 'jane'],
    [
      'the first folder that is not generic',
      '/mnt/in/from_client/JANE/plate',
      ['from_client', 'JANE', 'plate'],
      'JANE',
    ],
    ['the folder itself when all are generic', '/mnt/aligned', ['aligned'], 'aligned'],
  ])('vfxLayout uses %s as the subject', (_, source, below, subject) => {
    expect(placement('00001_0.png', source, below)?.subject).toBe(subject);
  });

  test.each([
    ['plate/a.exr', 'plate'],
    ['Grids/a.mov', 'grid'],
    ['other/a.png', 'aligned'],
  ])('vfxLayout treats %s as %s', (file, assetType) => {
    expect(placement(file, '/mnt/JANE', ['JANE'])).toEqual({ subject: 'JANE', camera: 'cam_a', assetType });
  });
});
