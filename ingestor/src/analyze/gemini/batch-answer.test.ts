import { describe, expect, test } from 'vitest';
import { checkAnswer, cleanSubject } from './batch-answer.ts';

const sent = ['JANE/a.mov', 'JANE/b.mov'];
const file = { path: 'JANE/a.mov', subject: 'JANE', camera: 'cam_a', asset_type: 'raw' };
const answer = (...files: object[]) => JSON.stringify({ files });

describe('checkAnswer', () => {
  test('checkAnswer takes an answer about each file, whatever its order', () => {
    const checked = checkAnswer(answer({ ...file, path: 'JANE/b.mov', camera: 'B_CAM' }, file), sent);
    expect(checked).toEqual({
      missing: [],
      placements: new Map([
        ['JANE/b.mov', { subject: 'JANE', camera: 'cam_b', assetType: 'raw' }],
        ['JANE/a.mov', { subject: 'JANE', camera: 'cam_a', assetType: 'raw' }],
      ]),
    });
  });

  test('checkAnswer tells which files were left out', () => {
    expect(checkAnswer(answer(file), sent)).toMatchObject({ missing: ['JANE/b.mov'] });
  });

  test.each([
    ['text', 'Here you are: {', 'no JSON'],
    ['another form', '[]', 'another form'],
    ['an unknown role', answer({ ...file, asset_type: 'plate' }), 'another form'],
    ['an unknown path', answer(file, { ...file, path: '/etc/passwd' }), 'not asked about'],
    ['a path twice', answer(file, file), 'twice'],
    ['a path for a name', answer({ ...file, subject: '../../etc' }), 'cannot be one'],
    ['a text for a name', answer({ ...file, subject: 'x'.repeat(81) }), 'cannot be one'],
    ['a camera that is none', answer({ ...file, camera: 'rm -rf /; cam' }), 'cannot be one'],
  ])('checkAnswer refuses %s', (_, text, why) => {
    expect(checkAnswer(text, sent)).toEqual({ refused: expect.stringContaining(why) });
  });

  test('checkAnswer knows a path whose accents are written in another way', () => {
    const path = 'Zoe\u0308/a.mov';
    const checked = checkAnswer(answer({ ...file, path: path.normalize('NFC'), subject: 'Zoë' }), [path]);
    expect(checked).toMatchObject({
      placements: new Map([[path, { subject: 'Zoë', camera: 'cam_a', assetType: 'raw' }]]),
    });
  });
});

test.each([
  [' Jane Doe ', 'Jane Doe'],
  ['', 'shared'],
  ['Shared', 'shared'],
  ['田中', '田中'],
  ['a\u202eb', null],
  ['a\nb', null],
  ['..', null],
  ['C:\\x', null],
  ['001', null],
])('cleanSubject(%j) is %j', (given, expected) => expect(cleanSubject(given)).toBe(expected));
