import { expect, test } from 'vitest';
import { proposalLines } from './proposal-lines.ts';
import type { ProposalDocument } from './propose.ts';

const NO_FRAMES = {
  first_frame: null,
  last_frame: null,
  frame_count: null,
  missing_frames: null,
  duplicate_frames: null,
  because: null,
  confidence: null,
};
const asset = (relativePath: string, frames: Partial<ProposalDocument['assets'][number]> = {}) => ({
  relative_path: relativePath,
  file_type: 'sequence' as const,
  asset_type: null,
  subject: null,
  camera: null,
  size_bytes: 1,
  ...NO_FRAMES,
  ...frames,
});

test('proposalLines shows a sequence’s frames, gaps and duplicates', () => {
  const document: ProposalDocument = {
    path: '/media/shot',
    name: 'shot',
    type: 'vfx',
    subject: 'ada',
    proposal: {
      source: 'rules',
      confidence: 0.5,
      signals: {},
      evidence: [],
      problems: [],
      model: null,
      usage: null,
      listing_hash: '',
    },
    files: 7,
    assets: [
      asset('a.####.exr', { first_frame: 1, last_frame: 4, missing_frames: '3', duplicate_frames: '1-2' }),
      asset('b.####.exr', { first_frame: 1, last_frame: 2 }),
      asset('c.exr'),
    ],
    partial: [],
    unreadable: [],
  };
  const frames = proposalLines(document).filter((line) => line.includes('.exr'));
  expect(frames.map((line) => line.replace(/\s{2,}/g, ' '))).toEqual([
    'a.####.exr sequence 1-4 without 3, 1-2 also with another padding',
    'b.####.exr sequence 1-2',
    'c.exr sequence',
  ]);
});
