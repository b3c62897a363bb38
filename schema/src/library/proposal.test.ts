import { expect, test } from 'vitest';
import { folderProposal, proposal } from './proposal.ts';

const old = { source: 'rules', confidence: 0.9, signals: { config: true }, evidence: ['There is a config.json.'] };

test('proposal parses a proposal written before models were used', () => {
  expect(proposal.parse(old)).toEqual(old);
});

test('folderProposal requires every field of the present format', () => {
  expect(folderProposal.safeParse({ ...old, primary_subject: 'JANE', entries: [] }).success).toBe(false);
  const full = {
    ...old,
    type: 'atman',
    problems: [],
    model: null,
    usage: null,
    listing_hash: 'abc',
    primary_subject: 'JANE',
    entries: [{ path: '', subject: 'JANE', camera: 'cam_a', asset_type: 'raw', files: 2 }],
  };
  expect(folderProposal.parse(full)).toEqual(full);
});
