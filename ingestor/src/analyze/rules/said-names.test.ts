import { expect, test } from 'vitest';
import { fileTypeOf } from '../../scan/names/file-types.ts';
import { readDelivery } from '../reading/read-delivery.ts';
import type { RememberedCorrection } from './corrections.ts';
import { saidNames } from './said-names.ts';

const ROLES = ['raw', 'graded', 'proxy', 'audio', 'metadata'];
const said = (
  kind: RememberedCorrection['kind'],
  name: string,
  value: string | null = null,
  more: Partial<RememberedCorrection> = {},
): RememberedCorrection => ({
  kind,
  name,
  value,
  projectId: null,
  correctedBy: 'mia',
  correctedAt: new Date('2026-03-12'),
  ...more,
});

/** Returns subject, camera and role of each file, as the rules read them with corrections, and why. */
function read(paths: readonly string[], corrections: readonly RememberedCorrection[], delivery = 'delivery_01') {
  const files = paths.map((relativePath) => ({ relativePath, fileType: fileTypeOf(relativePath) }));
  const names = saidNames(files, delivery, corrections, ROLES);
  const layout = readDelivery(names.files, names.delivery, { said: names.people });
  const placements = names.explain(layout.placements);
  return {
    placed: placements.map(({ subject, camera, assetType }) => `${subject} ${camera} ${assetType}`),
    because: placements.map(({ because }) => because ?? ''),
    evidence: layout.evidence,
  };
}

test('saidNames changes nothing without corrections of names', () => {
  const files = [{ relativePath: 'JD/a.mov', fileType: 'video' as const }];
  const names = saidNames(files, 'x', [said('folder_subject', 'jd', 'Jane')], ROLES);
  expect([names.files, names.delivery, names.people]).toEqual([files, 'x', []]);
});

test('saidNames: a name in any spelling is the person, in folders and files, and all versions follow', () => {
  const { placed, because, evidence } = read(
    ['zibq/a_take1.mov', 'A_CAM/ZibQ_take2.mov', 'A_CAM/other.mov', 'proxies/a-zib-q_0001.mp4', 'zibquor/b.mov'],
    [said('person', 'ZibQ', 'Jane Doe')],
  );
  expect(placed).toEqual([
    'Jane Doe null raw',
    'Jane Doe cam_a raw',
    'shared cam_a raw',
    'Jane Doe null proxy',
    'shared null raw',
  ]);
  expect(because[0]).toMatch(/^mia said on 12 March 2026 that ZibQ is the person Jane Doe\./);
  expect(evidence[0]).toMatch(/^Jane Doe is a person: mia said on 12 March 2026 that it is a person/);
});

test('saidNames: a name that is no person is none, also where the rules would take it for one', () => {
  const paths = ['JANE_DOE/a.mov', 'JANE_DOE/b.mov', 'JOHN_SMITH/c.mov'];
  expect(read(paths, []).placed[0]).toMatch(/^JANE_DOE /);
  const { placed, because } = read(paths, [said('generic', 'Jane Doe')]);
  expect(placed.map((one) => one.split(' ')[0])).toEqual(['shared', 'shared', 'JOHN_SMITH']);
  expect(because[0]).toContain('mia said on 12 March 2026 that Jane Doe is no person.');
});

test('saidNames: a name is a camera or an asset type, not of sound, and none that the package lacks', () => {
  const { placed } = read(
    ['KARL/a.mov', 'KARL/a.wav', 'SELECTS/b.mov', 'ODD/c.mov', 'LINA/d.mov', 'PLATES_X/e.mov'],
    [
      said('camera', 'karl', 'cam_b'),
      said('role', 'selects', 'graded'),
      said('role', 'odd', 'metadata'),
      said('camera', 'lina', 'cam_crane'),
      said('role', 'plates x', 'grid'),
    ],
  );
  expect(placed.map((one) => one.split(' ').slice(1).join(' '))).toEqual([
    'cam_b raw',
    'null audio',
    'null graded',
    'null metadata',
    'cam_crane raw',
    'null raw',
  ]);
});

test('saidNames: folders at a depth are people, except generic ones and those that mean something else', () => {
  const { placed, because } = read(
    ['DAY01/zib/a.mov', 'DAY01/02_quor/b.mov', 'DAY01/A_CAM/c.mov', 'DAY01/ROYAL/d.mov', 'DAY01/e.mov'],
    [said('people_depth', '2'), said('generic', 'ROYAL')],
  );
  expect(placed.map((one) => one.split(' ')[0])).toEqual(['zib', 'quor', 'shared', 'shared', 'shared']);
  expect(because[0]).toMatch(/^mia said on 12 March 2026 that folders at depth 2 are named after people\./);
});

test('saidNames: of two corrections of one name the narrower scope holds, then the newer', () => {
  const older = said('person', 'ZIB', 'Old', { correctedAt: new Date('2026-01-01') });
  const newer = said('person', 'zib', 'New');
  const own = said('generic', 'Zib', null, { projectId: 'p', correctedAt: new Date('2025-01-01') });
  expect(read(['zib/a.mov'], [older, newer]).placed[0]).toMatch(/^New /);
  expect(read(['zib/a.mov'], [newer, older]).placed[0]).toMatch(/^New /);
  expect(read(['zib/a.mov'], [newer, own, older]).placed[0]).toMatch(/^shared /);
});

test('saidNames: what people explained is set in placements that know no rewritten names', () => {
  const paths = ['zib/a.png', 'ROYAL/b.png', 'quor/c.png'];
  const files = paths.map((relativePath) => ({ relativePath, fileType: fileTypeOf(relativePath) }));
  const names = saidNames(files, 'x', [said('person', 'zib', 'Jane'), said('generic', 'royal')], ['aligned']);
  const placed = ['zib', 'ROYAL', 'quor'].map((subject) => ({ subject, camera: null, assetType: 'aligned' }) as const);
  expect(names.impose(placed).map(({ subject }) => subject)).toEqual(['Jane', 'shared', 'quor']);
});

test('saidNames: what people explained outweighs another reader, and nothing else', () => {
  const paths = ['zib/a.mov', 'quor/b.mov', 'KARL/c.mov'];
  const files = paths.map((relativePath) => ({ relativePath, fileType: fileTypeOf(relativePath) }));
  const names = saidNames(files, 'x', [said('person', 'zib', 'Jane'), said('camera', 'karl', 'cam_b')], ROLES);
  const byRules = readDelivery(names.files, names.delivery, { said: names.people }).placements;
  const byModel = paths.map(() => ({ subject: 'Bob', camera: 'cam_x', assetType: 'proxy' }) as const);
  expect(names.insist(byModel, byRules)).toMatchObject([
    { subject: 'Jane', camera: 'cam_x', assetType: 'proxy' },
    { subject: 'Bob', camera: 'cam_x', assetType: 'proxy' },
    { subject: 'Bob', camera: 'cam_b', assetType: 'proxy' },
  ]);
});
