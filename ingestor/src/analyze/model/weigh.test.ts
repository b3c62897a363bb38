import { describe, expect, test } from 'vitest';
import type { Placement } from '../rules/layout.ts';
import { Disputes } from './disputes.ts';
import { weigh } from './weigh.ts';

const rules: Placement = {
  subject: 'Jane Doe',
  camera: 'cam_a',
  assetType: 'raw',
  confidence: 0.9,
  because: 'Jane Doe, from the folder JANE_DOE.',
};
const said = { subject: 'Jane Doe', camera: 'cam_a', assetType: 'raw', because: null } as const;

describe('weigh', () => {
  test('weigh keeps the rules’ reasons and raises the confidence when both agree', () => {
    expect(weigh(rules, said, 'm')).toEqual({ placement: { ...rules, confidence: 0.95 }, dispute: null });
    expect(weigh(rules, { ...said, camera: null }, 'm')?.placement.camera).toBe('cam_a');
  });

  test('weigh drops a change without a reason', () => {
    expect(weigh(rules, { ...said, subject: 'John' }, 'm')).toBeNull();
  });

  test('weigh lowers the confidence of a change, and tells both readings', () => {
    const because = 'the file says John';
    expect(weigh(rules, { ...said, subject: 'John', assetType: 'graded', because }, 'm')).toEqual({
      placement: {
        subject: 'John',
        camera: 'cam_a',
        assetType: 'graded',
        confidence: 0.5,
        because:
          'm says that the person is John and it is graded: “the file says John”. The rules say that the person is Jane Doe and it is raw: Jane Doe, from the folder JANE_DOE.',
      },
      dispute: {
        model: 'the person is John and it is graded',
        rules: 'the person is Jane Doe and it is raw',
      },
    });
  });

  test('weigh takes for no dispute what the rules did not know', () => {
    const silent: Placement = { ...rules, subject: 'shared', camera: null, confidence: 0.5 };
    const weighed = weigh(silent, { ...said, because: 'JANE_DOE is the folder' }, 'm');
    expect(weighed).toMatchObject({ placement: { subject: 'Jane Doe', confidence: 0.75 }, dispute: null });
  });

  test('weigh disputes that a model takes a person away', () => {
    const weighed = weigh(rules, { ...said, subject: 'shared', because: 'JANE is a boat' }, 'm');
    expect(weighed?.dispute).toEqual({ model: 'no person is named', rules: 'the person is Jane Doe' });
  });
});

test('Disputes tells each difference once, the most frequent first', () => {
  const disputes = new Disputes();
  disputes.add({ model: 'it is graded', rules: 'it is raw' });
  for (let file = 0; file < 2; file++) disputes.add({ model: 'the camera is cam_b', rules: 'the camera is cam_a' });
  expect(disputes.files).toBe(3);
  expect(disputes.sentences('m')).toEqual([
    'm and the rules read 2 files differently: m says that the camera is cam_b, the rules that the camera is cam_a.',
    'm and the rules read 1 file differently: m says that it is graded, the rules that it is raw.',
  ]);
});
