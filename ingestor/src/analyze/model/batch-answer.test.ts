import { describe, expect, test } from 'vitest';
import { checkAnswer, cleanSubject } from './batch-answer.ts';
import { plainWording } from './wording.ts';

const askedAbout = (...paths: string[]) => ({
  delivery: 'HARBOUR',
  paths: new Map(paths.map((path) => [path, path])),
  wording: plainWording,
});
const sent = askedAbout('JANE/a.mov', 'JANE/b.mov');
const file = { path: 'JANE/a.mov', because: '', subject: 'JANE', camera: 'cam_a', asset_type: 'raw' };
const answer = (...files: object[]) => JSON.stringify({ files });

describe('checkAnswer', () => {
  test('checkAnswer accepts an answer about each file in any order', () => {
    const checked = checkAnswer(answer({ ...file, path: 'JANE/b.mov', camera: 'B_CAM' }, file), sent);
    expect(checked).toEqual({
      missing: [],
      readings: new Map([
        ['JANE/b.mov', { subject: 'JANE', camera: 'cam_b', assetType: 'raw', because: null }],
        ['JANE/a.mov', { subject: 'JANE', camera: 'cam_a', assetType: 'raw', because: null }],
      ]),
    });
  });

  test('checkAnswer keeps a reason that quotes a word of the names, on one line, and no other', () => {
    const because = (text: string) => {
      const checked = checkAnswer(answer({ ...file, because: text }), sent);
      return 'readings' in checked ? checked.readings.get('JANE/a.mov')?.because : undefined;
    };
    expect(because('the folder\n“JANE”\u202e names her.')).toBe('the folder “JANE” names her');
    expect(because('HARBOUR is a person')).toBe('HARBOUR is a person');
    expect(because(`JANE ${'x'.repeat(5000)}`)).toHaveLength(201);
    expect([because(' '), because('it is obvious'), because('…')]).toEqual([null, null, null]);
  });

  test('checkAnswer reports the files that were left out', () => {
    expect(checkAnswer(answer(file), sent)).toMatchObject({ missing: ['JANE/b.mov'] });
  });

  test.each([
    ['text', 'Here you are: {', 'invalid JSON'],
    ['another format', '[]', 'requested format'],
    ['an answer without reasons', answer({ ...file, because: undefined }), 'requested format'],
    ['a huge list', answer(...Array.from({ length: 50_000 }, () => file)), 'twice'],
    ['an unknown role', answer({ ...file, asset_type: 'plate' }), 'requested format'],
    ['an unknown path', answer(file, { ...file, path: '/etc/passwd' }), 'not asked about'],
    ['a repeated path', answer(file, file), 'twice'],
    ['a path as a name', answer({ ...file, subject: '../../etc' }), 'impossible name'],
    ['a long text as a name', answer({ ...file, subject: 'x'.repeat(81) }), 'impossible name'],
    ['an impossible camera', answer({ ...file, camera: 'rm -rf /; cam' }), 'impossible name'],
  ])('checkAnswer rejects %s', (_, text, why) => {
    expect(checkAnswer(text, sent)).toEqual({ refused: expect.stringContaining(why) });
  });

  test('checkAnswer matches a path whose accents are encoded differently', () => {
    const path = 'Zoe\u0308/a.mov';
    const checked = checkAnswer(answer({ ...file, path: path.normalize('NFC'), subject: 'Zoë' }), askedAbout(path));
    expect(checked).toMatchObject({
      readings: new Map([[path, { subject: 'Zoë', camera: 'cam_a', assetType: 'raw', because: null }]]),
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
