/** Checks that a model changes only what it justifies, and that a proposal tells where the model and the rules differ. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { APIS, type FakeModel } from '../../testing/fake-model.ts';
import { type Proposer, startProposer } from '../../testing/proposer.ts';
import { acceptedBy } from '../auto-accept.ts';

const FILES = ['JANE_DOE/A_CAM/a.mov', 'JANE_DOE/B_CAM/b.mov'] as const;
const anything = [{ project: 'Demo', confidence: 0.85 }];

describe.each(APIS)('by the API %s:', (api) => {
  let proposer: Proposer;
  let fake: FakeModel;
  beforeEach(async () => {
    proposer = await startProposer(api);
    fake = proposer.fake;
  });
  afterEach(() => proposer[Symbol.asyncDispose]());

  test('the model sees what the rules propose', async () => {
    await proposer.propose(FILES);
    expect(JSON.parse(fake.seen[0]?.data ?? '')).toMatchObject({
      files: [
        { path: FILES[0], proposed: { subject: 'JANE_DOE', camera: 'cam_a', asset_type: 'raw' } },
        { path: FILES[1], proposed: { subject: 'JANE_DOE', camera: 'cam_b', asset_type: 'raw' } },
      ],
    });
  });

  test('a proposal is surer when the model and the rules agree', async () => {
    fake.behave('agreeing');
    const { proposal, placements } = await proposer.propose(FILES);
    expect(placements.map((placement) => placement?.confidence)).toEqual([0.95, 0.95]);
    expect(placements[0]?.because).toContain('from the folder JANE_DOE');
    expect(proposal.problems).toEqual([]);
    expect(acceptedBy(anything, '/media/x', proposal)).not.toBeNull();
  });

  test.each([['unjustified'], ['vague']] as const)('a change is dropped when it is %s', async (behaviour) => {
    fake.behave(behaviour);
    const { proposal, subjects } = await proposer.propose(['JANE_DOE/a.mov', 'zib/b.mov']);
    expect(subjects).toEqual(['JANE_DOE', 'shared']);
    expect(proposal.problems).toEqual(['1 file was placed by the rules: the model gave no reason for its changes.']);
    expect(acceptedBy(anything, '/media/x', proposal)).toBeNull();
  });

  test('a change with a reason is made, with less confidence and both readings in plain words', async () => {
    fake.behave('wrong');
    const { proposal, placements } = await proposer.propose(FILES);
    expect(placements[0]).toEqual({
      subject: 'JANE_DOE',
      camera: 'cam_a',
      assetType: 'graded',
      confidence: 0.5,
      because: expect.stringMatching(
        /^test-model-9 says that it is graded: “JANE_DOE\/A_CAM\/a\.mov looks graded”\. The rules say that it is raw: /,
      ),
    });
    expect(proposal.evidence).toContain(
      'test-model-9 and the rules read 2 files differently: test-model-9 says that it is graded, the rules that it is raw.',
    );
    expect(proposal.confidence).toBe(0);
    expect(acceptedBy(anything, '/media/x', proposal)).toBeNull();
  });
});

test('proposeFolder takes another form of a person’s name for that person', async () => {
  const read = () => ({ subject: 'JDOE', camera: '', asset_type: 'raw' });
  await using proposer = await startProposer('chat', read);
  const { proposal, subjects } = await proposer.propose(['JANE_DOE/a.mov', 'x/JDOE_b.mov']);
  expect(subjects).toEqual(['JANE_DOE', 'JANE_DOE']);
  expect(proposal.problems).toEqual([]);
});
