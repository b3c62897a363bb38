import { folderProposal } from '@ingesthub/schema/library/proposal.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { APIS, type FakeModel } from '../testing/fake-model.ts';
import {
  BY_MODEL,
  PATHS,
  type Proposed,
  type Proposer,
  type ProposerOptions,
  startProposer,
} from '../testing/proposer.ts';
import type { AnalysisCache } from './model/analysis-cache.ts';
import type { RememberedCorrection } from './rules/corrections.ts';

let proposer: Proposer;
let fake: FakeModel;
beforeEach(async () => {
  proposer = await startProposer();
  fake = proposer.fake;
});
afterEach(() => proposer[Symbol.asyncDispose]());

function propose(paths: readonly string[], options: ProposerOptions = {}): Promise<Proposed> {
  return proposer.propose(paths, options);
}

const rulesOnly = { model: { unavailable: 'No model was asked.', isMistake: false, cache: null } } as const;

describe.each(APIS)('proposeFolder with a model of the API %s', (api) => {
  let proposer: Proposer;
  let fake: FakeModel;
  beforeEach(async () => {
    proposer = await startProposer(api);
    fake = proposer.fake;
  });
  afterEach(() => proposer[Symbol.asyncDispose]());
  const propose: Proposer['propose'] = (paths, options) => proposer.propose(paths, options);

  test('proposeFolder uses the model’s placements', async () => {
    const { proposal, placements, subjects } = await propose(PATHS);
    expect(subjects).toEqual(BY_MODEL);
    expect(placements[2]).toMatchObject({ subject: 'quor', camera: 'cam_b', assetType: 'raw', confidence: 0.75 });
    expect(placements[2]?.because).toBe(
      'test-model-9 says that the person is quor: “the path DAY02/quor/B_CAM/c.mov says so”. The rules say that no person is named: No name says who it is. Camera: B_CAM names the camera.',
    );
    expect(placements[4]).toMatchObject({ subject: 'shared', camera: null, assetType: 'audio', confidence: 0.95 });
    expect(proposal).toMatchObject({
      source: api === 'gemini' ? 'gemini' : 'model',
      type: 'atman',
      model: 'test-model-9',
      problems: [],
      primary_subject: 'quor',
      usage: { prompt_tokens: 1000, output_tokens: 250, requests: 1, cached: 0 },
    });
    expect(proposal.usage?.cost_usd).toBeCloseTo((1000 * 0.3 + 250 * 2.5) / 1e6, 12);
    expect(proposal.evidence).toContain('test-model-9 placed 5 of 5 files by their names.');
    expect(proposal.evidence).toContain('Subject zib: 2 files.');
    expect(JSON.stringify(proposal)).not.toContain('secret-key');
  });

  test('proposeFolder asks with temperature 0 and a schema, with names only in the data', async () => {
    await propose(PATHS);
    const [asked] = fake.seen;
    expect(asked).toMatchObject({ model: 'test-model-9', key: 'secret-key', files: PATHS, temperature: 0 });
    expect(asked?.schema).toMatchObject({ type: 'object', required: ['files'] });
    expect(asked?.schema).not.toHaveProperty('$schema');
    expect(JSON.stringify([asked?.instruction, asked?.schema])).not.toMatch(/zib|quor|HARBOUR/);
    expect(asked?.body).not.toContain('secret-key');
    expect(JSON.parse(asked?.data ?? '')).toEqual({
      delivery: 'HARBOUR_DAY02',
      folders: ['quor', 'zib'],
      files: expect.arrayContaining([
        {
          path: 'DAY02/quor/c_graded.mov',
          name: 'c_graded.mov',
          extension: 'mov',
          size: 1000,
          tokens: ['DAY02', 'quor', 'c', 'graded'],
          kind: 'video',
          proposed: { subject: 'shared', camera: 'cam_b', asset_type: 'graded' },
        },
      ]),
    });
  });

  test('proposeFolder asks in batches of forty, each file once', async () => {
    const paths = Array.from({ length: 95 }, (_, index) => `${index % 2 ? 'zib' : 'quor'}/clip${index}.mov`);
    const { proposal, subjects } = await propose(paths);
    expect(fake.seen.map(({ files }) => files.length).toSorted()).toEqual([15, 40, 40]);
    expect(fake.seen.flatMap(({ files }) => files).toSorted()).toEqual(paths.toSorted());
    expect(subjects).toEqual(paths.map((path) => path.split('/')[0]));
    expect(proposal.entries.map(({ path, files }) => [path, files])).toEqual([
      ['quor/', 48],
      ['zib/', 47],
    ]);
  });

  test('proposeFolder asks about one of many files whose names differ only in a counter', async () => {
    const paths = Array.from(
      { length: 2001 },
      (_, index) => `${index % 2 ? 'zib' : 'quor'}/c_${String(index).padStart(5, '0')}.jpg`,
    );
    const { proposal, subjects } = await propose(paths);
    expect(fake.seen.map(({ files }) => files)).toEqual([['quor/c_00000.jpg', 'zib/c_00001.jpg']]);
    expect(subjects).toEqual(paths.map((path) => path.split('/')[0]));
    expect(proposal.problems).toEqual([]);
  });
});

describe('proposeFolder and cached answers', () => {
  function memory(): AnalysisCache & { answers: Map<string, string> } {
    const answers = new Map<string, string>();
    return {
      answers,
      get: async (hash) => answers.get(hash) ?? null,
      put: async (hash, { text }) => {
        answers.set(hash, text);
      },
    };
  }

  test('proposeFolder never asks the same model the same question twice', async () => {
    const cache = memory();
    const first = await propose(PATHS, { cache });
    const second = await propose(PATHS, { cache });
    expect(fake.seen).toHaveLength(1);
    expect(second.proposal).toEqual({
      ...first.proposal,
      usage: { prompt_tokens: 0, output_tokens: 0, cost_usd: 0, requests: 0, cached: 1 },
    });
    await propose(PATHS, { cache, named: 'another-model' });
    await propose([...PATHS, 'y.mov'], { cache });
    expect(fake.seen).toHaveLength(3);
  });

  test('proposeFolder caches no unusable answer, and asks again when a cached answer is damaged', async () => {
    const cache = memory();
    fake.behave('malformed');
    await propose(PATHS, { cache });
    expect(cache.answers.size).toBe(0);
    fake.behave('well');
    await propose(PATHS, { cache });
    for (const hash of cache.answers.keys()) cache.answers.set(hash, '{"files":[');
    expect((await propose(PATHS, { cache })).subjects).toEqual(BY_MODEL);
    expect(fake.seen).toHaveLength(4);
  });
});

describe('proposeFolder without a model', () => {
  test('proposeFolder uses the rules and reports that no model was used', async () => {
    const { proposal, subjects } = await propose(['JANE/a.mov', 'x.mov'], rulesOnly);
    expect(subjects).toEqual(['JANE', 'shared']);
    expect(proposal).toMatchObject({ source: 'rules', model: null, usage: null, problems: [] });
    expect(proposal.evidence).toContain('No model was asked.');
    expect(fake.seen).toHaveLength(0);
  });

  test('proposeFolder: a key without a model is a problem', async () => {
    const { proposal } = await propose(PATHS, { model: { ...rulesOnly.model, isMistake: true } });
    expect(proposal.problems).toEqual(['No model was asked.']);
  });

  test('proposeFolder never asks about a VFX package', async () => {
    const crops = Array.from({ length: 5 }, (_, index) => `aligned/0000${index}_0.png`);
    const { proposal, placements } = await propose(crops);
    expect(fake.seen).toHaveLength(0);
    expect(proposal).toMatchObject({ type: 'vfx', source: 'rules', confidence: 0.9, primary_subject: 'HARBOUR_DAY02' });
    expect(new Set(placements.map((placement) => placement?.assetType))).toEqual(new Set(['aligned']));
  });

  test('proposeFolder turns any folder’s name into a valid subject’s name', async () => {
    const long = `Maria ${'x'.repeat(250)}`;
    const { proposal, subjects } = await propose(
      ['Jane\nDoe/a.mov', 'Jane\nDoe/b.mov', `${long}/a.mov`, `${long}/b.mov`],
      rulesOnly,
    );
    expect(subjects).toEqual(['Jane Doe', 'Jane Doe', long.slice(0, 200), long.slice(0, 200)]);
    expect(folderProposal.parse(proposal)).toEqual(proposal);
  });

  test('proposeFolder accepts an empty folder', async () => {
    expect((await propose([])).proposal).toMatchObject({ entries: [], primary_subject: 'shared' });
  });
});

describe('proposeFolder and people', () => {
  const corrections: RememberedCorrection[] = [
    ['folder_subject', 'JANE_DOE'],
    ['folder_role', 'grid'],
  ].map(([kind, value]) => ({
    projectId: null,
    kind: kind as 'folder_subject',
    name: 'day#/zib',
    value: value ?? '',
    correctedBy: 'mia',
    correctedAt: new Date('2026-11-20'),
  }));

  test('proposeFolder prefers a folder’s correction to the model, except for roles that the package’s type lacks', async () => {
    const asked: string[][] = [];
    const { proposal, placements } = await propose(PATHS, {
      findCorrections: async (patterns) => {
        asked.push([...patterns]);
        return corrections;
      },
    });
    expect(asked[0]).toContain('day#/zib');
    expect(placements[0]).toMatchObject({ subject: 'JANE_DOE', camera: null, assetType: 'raw', confidence: 1 });
    expect(proposal.evidence).toContain('mia said on 20 November 2026 that the subject of DAY02/zib is JANE_DOE.');
  });

  test('proposeFolder takes a name for what people said it is, whatever the model answers', async () => {
    const said = (kind: RememberedCorrection['kind'], name: string, value: string | null): RememberedCorrection => ({
      projectId: null,
      kind,
      name,
      value,
      correctedBy: 'local',
      correctedAt: new Date('2026-03-12'),
    });
    const { placements, proposal } = await propose(PATHS, {
      findCorrections: async () => [said('person', 'zib', 'Jane Doe'), said('camera', 'quor', 'cam_d')],
    });
    expect(placements.map((one) => [one?.subject, one?.camera, one?.assetType])).toEqual([
      ['Jane Doe', null, 'raw'],
      ['Jane Doe', null, 'raw'],
      // A nearer name says the camera.
      ['quor', 'cam_b', 'raw'],
      ['quor', 'cam_d', 'graded'],
      ['shared', null, 'audio'],
    ]);
    expect(placements[0]?.because).toMatch(/^You said on 12 March 2026 that zib is the person Jane Doe\./);
    expect(proposal.source).toBe('gemini');
  });

  test('proposeFolder prefers what a person set for the package to everything else', async () => {
    const { proposal, subjects } = await propose(PATHS, { overrides: { type: 'atman', subject: 'Zoë' } });
    expect(new Set(subjects)).toEqual(new Set(['Zoë']));
    expect(proposal).toMatchObject({ source: 'person', confidence: 1, primary_subject: 'Zoë' });
  });
});
