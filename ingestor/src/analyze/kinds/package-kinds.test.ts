/** The contract of package kinds, held against every kind of the list and against one that exists only here. */
import { PACKAGE_TYPES } from '@ingesthub/schema/library/package-kinds.ts';
import { folderProposal } from '@ingesthub/schema/library/proposal.ts';
import type { AssetType, PackageType } from '@ingesthub/schema/library/vocabulary.ts';
import { describe, expect, test } from 'vitest';
import { fileTypeOf } from '../../scan/names/file-types.ts';
import { proposeFolder } from '../propose-folder.ts';
import { foldersOf } from '../rules/layout.ts';
import { type ListedAsset, type PackageFacts, packageFactsOf } from '../rules/listing.ts';
import { applyEntries } from '../rules/placement-rules.ts';
import { saidNames } from '../rules/said-names.ts';
import { type PackageKind, placedByRules } from './package-kind.ts';
import { fallbackKind, packageKinds } from './package-kinds.ts';
import { kindNamed, recogniseKind } from './recognise-kind.ts';

/** Scans of places by lidar: the first folder is the place. */
const lidar: PackageKind = {
  name: 'lidar_of_tests' as PackageType,
  label: 'Lidar',
  assetTypes: ['cloud', 'photo'] as string[] as AssetType[],
  recognise({ fileNames }) {
    const clouds = fileNames.filter(isCloud).length;
    return {
      confidence: clouds > 0 ? 0.95 : 0.2,
      signals: { point_clouds: clouds > 0 },
      evidence: [`${clouds} files are point clouds.`],
    };
  },
  async place({ assets }) {
    const placements = assets.map(({ relativePath }) => ({
      subject: foldersOf(relativePath)[0] ?? 'somewhere',
      camera: null,
      assetType: (isCloud(relativePath) ? 'cloud' : 'photo') as AssetType,
    }));
    return placedByRules({ placements, evidence: ['The first folder is the place.'] });
  },
  check: ({ placements, fixedSubjects }) => ({
    placements: placements.map((placement, index) =>
      fixedSubjects.has(index) ? placement : { ...placement, subject: placement.subject.toLowerCase() },
    ),
    evidence: ['Places are in lower case.'],
    confidence: 0.8,
  }),
};

function isCloud(name: string): boolean {
  return name.endsWith('.las');
}

function listed(...paths: string[]): ListedAsset[] {
  return paths.map((relativePath) => ({
    relativePath,
    fileType: fileTypeOf(relativePath),
    size: 1000,
    sequence: null,
  }));
}

/** Deliveries of every kind, and some of none. */
const DELIVERIES = {
  'an empty folder': [],
  'face crops': listed('aligned/00001_0.png', 'aligned/00002_0.png', 'config.json', 'grid/all.mp4', 'plate/sh010.exr'),
  footage: listed('DAY02/JANE_DOE/A_CAM/a.mov', 'DAY02/JOHN/b.mov', 'DAY02/JOHN/b_graded.mov', 'sound/x.wav', 'a.txt'),
  'point clouds': listed('Harbour/scan_01.las', 'Harbour/panorama.jpg', 'Quay/scan_02.las'),
  'strange names': listed('.mov', 'a b/\u{e000}.png', '____/-.wav', '日本/東京.mov', 'plate'),
} as const;
const deliveries = Object.entries(DELIVERIES);

const folder = { path: '/media/in/delivery_01', root: '/media', parentHasConfig: false, configSubject: null };
const signal = new AbortController().signal;
const help = { model: { unavailable: 'No model was asked.', isMistake: false, cache: null }, signal } as const;

const helpFor = (assets: readonly ListedAsset[]) => ({ ...help, said: saidNames(assets, 'delivery_01', [], []) });

function factsOf(assets: readonly ListedAsset[]): PackageFacts {
  return packageFactsOf(assets, { name: 'delivery_01', parentHasConfig: false });
}

describe.each([...packageKinds, lidar].map((kind) => ({ name: kind.name, kind })))('package kind $name', ({ kind }) => {
  test('has a name that commands and addresses can hold, a label and roles', () => {
    expect(kind.name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(kind.label).not.toBe('');
    expect(kind.assetTypes.length).toBeGreaterThan(0);
    for (const role of kind.assetTypes) expect(role).toMatch(/^[a-z][a-z0-9_]*$/);
  });

  test.each(deliveries)('recognises %s with a confidence and sentences, and the same way twice', (_, assets) => {
    const facts = factsOf(assets);
    const { confidence, signals, evidence } = kind.recognise(facts);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
    for (const held of Object.values(signals)) expect(held).toBeTypeOf('boolean');
    for (const sentence of evidence) expect(sentence).toMatch(/^\S.*\.$/);
    expect(kind.recognise(facts)).toEqual({ confidence, signals, evidence });
  });

  test('does not claim an empty folder', () => {
    expect(kind.recognise(factsOf([])).confidence).toBeLessThan(0.5);
  });

  test.each(deliveries)('places each file of %s in a role of its own', async (_, assets) => {
    const { placements, source, model, usage, byModel } = await kind.place({ folder, assets }, helpFor(assets));
    expect(placements).toHaveLength(assets.length);
    for (const { subject, camera, assetType } of placements) {
      expect(subject).not.toBe('');
      expect(camera).not.toBe('');
      expect(kind.assetTypes).toContain(assetType);
    }
    expect({ source, model, usage, byModel }).toEqual({ source: 'rules', model: null, usage: null, byModel: 0 });
  });

  test.each(deliveries)(
    'keeps roles and what a person set when it checks %s, and corrects it once',
    async (_, assets) => {
      const placed = await kind.place({ folder, assets }, helpFor(assets));
      const placements = placed.placements.map((placement, index) =>
        index === 0 ? { ...placement, subject: 'By A Person' } : placement,
      );
      const layout = {
        assets,
        placements,
        fixedSubjects: new Set(assets.length > 0 ? [0] : []),
        changed: new Set<number>(),
        byModel: 0,
        disputed: 0,
      };
      const checked = kind.check(layout);
      expect(checked.placements.map(({ assetType }) => assetType)).toEqual(
        placements.map(({ assetType }) => assetType),
      );
      expect(checked.placements[0]).toEqual(placements[0]);
      expect(checked.confidence).toBeGreaterThanOrEqual(0);
      expect(checked.confidence).toBeLessThanOrEqual(1);
      expect(kind.check({ ...layout, placements: checked.placements }).placements).toEqual(checked.placements);
    },
  );
});

describe('the list of package kinds', () => {
  test('has the kinds of the vocabulary, each under its own name', () => {
    expect(packageKinds.map(({ name }) => name)).toEqual(PACKAGE_TYPES);
  });

  test('has signals that belong to one kind each', () => {
    const signals = packageKinds.flatMap((kind) => Object.keys(kind.recognise(factsOf([])).signals));
    expect(new Set(signals).size).toBe(signals.length);
  });

  test.each(packageKinds.map((kind) => [kind.name, kind]))('makes a valid proposal of type %s', async (type) => {
    const options = { ...help, findCorrections: async () => [], overrides: { type } };
    const proposal = await proposeFolder(folder, { assets: DELIVERIES.footage, unreadable: [] }, options);
    expect(folderProposal.parse(proposal)).toEqual(proposal);
    expect(proposal.type).toBe(type);
  });

  test('leaves a folder that no kind claims to the fallback', () => {
    expect(recogniseKind(factsOf([]), packageKinds).kind).toBe(fallbackKind);
    expect(fallbackKind.recognise(factsOf(DELIVERIES['face crops'])).confidence).toBe(0);
  });
});

describe('a third package kind', () => {
  const kinds = [...packageKinds, lidar];
  const options = { ...help, findCorrections: async () => [], kinds };
  const propose = (assets: readonly ListedAsset[], type?: PackageType) =>
    proposeFolder(
      folder,
      { assets, unreadable: [] },
      type === undefined ? options : { ...options, overrides: { type } },
    );

  test('is proposed for its own folders, with its own subjects, roles and evidence', async () => {
    const assets = DELIVERIES['point clouds'];
    const proposal = await propose(assets);
    expect(proposal).toMatchObject({
      type: lidar.name,
      source: 'rules',
      confidence: 0.95 * 0.8,
      signals: { point_clouds: true, config: false },
      primary_subject: 'harbour',
    });
    expect(proposal.evidence).toEqual(
      expect.arrayContaining([
        '2 files are point clouds.',
        'The first folder is the place.',
        'Places are in lower case.',
      ]),
    );
    const placements = applyEntries(proposal.entries, assets);
    expect(placements.map((placement) => [placement?.subject, placement?.assetType])).toEqual([
      ['harbour', 'cloud'],
      ['harbour', 'photo'],
      ['quay', 'cloud'],
    ]);
  });

  test('leaves the folders of other kinds to them', async () => {
    expect((await propose(DELIVERIES['face crops'])).type).toBe('vfx');
    expect((await propose(DELIVERIES.footage)).type).toBe('atman');
  });

  test('is taken when a person sets it', async () => {
    expect(await propose(DELIVERIES.footage, lidar.name)).toMatchObject({ type: lidar.name, source: 'person' });
    expect(kindNamed(lidar.name, kinds)).toBe(lidar);
    expect(() => kindNamed(lidar.name)).toThrow('No package kind is named lidar_of_tests.');
  });
});
