import { expect, test } from 'vitest';
import { KIND } from './dictionary.ts';
import { isGenericName } from './read-name.ts';
import { Tokeniser } from './tokens.ts';

function wordsOf(name: string): string[] {
  return new Tokeniser().tokensOf(name).tokens.map(({ text }) => text);
}

function kindOf(name: string): number {
  return new Tokeniser().tokensOf(name).tokens[0]?.kinds ?? 0;
}

test.each([
  ['JaneDoe_take2', ['Jane', 'Doe', 'take', '2']],
  ['JANEDoe', ['JANE', 'Doe']],
  ['ACAM', ['A', 'CAM']],
  ['camB', ['cam', 'B']],
  ['DAY02', ['DAY', '02']],
  ['OConnor', ['OConnor']],
  ["D'Angelo", ["D'Angelo"]],
  ['JDoe', ['JDoe']],
  ['McQueen', ['McQueen']],
  ['x_R1AB_y', ['x', 'R1AB', 'y']],
  ['rec709', ['rec709']],
  ['カメラA', ['カメラ', 'A']],
  ['1日目', ['1', '日目']],
  ['JANE_A001C003_240131_R1AB_graded', ['JANE', 'A001C003_240131_R1AB', 'graded']],
])('tokensOf(%s) are %j', (name, expected) => expect(wordsOf(name)).toEqual(expected));

test('tokensOf reads a word of two known words by their meaning', () => {
  expect(kindOf('Kamerabericht') & KIND.document).not.toBe(0);
  expect(kindOf('testcharts') & KIND.shared).not.toBe(0);
  expect(kindOf('JANEDOE')).toBe(KIND.given | KIND.family);
  expect(kindOf('グレーチャート') & KIND.shared).not.toBe(0);
  expect(kindOf('高橋美咲') & KIND.shared).toBe(0);
  // No compound ends with 'near' or 'den'.
  expect(kindOf('SKINNEAR')).toBe(0);
  expect(kindOf('WALKDEN')).toBe(0);
  // 'Par' and 'King' are names too.
  expect(kindOf('PARKING') & KIND.given).toBe(0);
});

test.each([
  ['DAY02', true],
  ['A_CAM', true],
  ['from client', true],
  ['20240101', true],
  ['ROM', true],
  ['Étalonnage', true],
  ['録音', true],
  ['Drehtag 3', true],
  ['JANE_DOE', false],
  ['jane', false],
  ['Харитон', false],
])('isGenericName(%s) is %s', (name, expected) => expect(isGenericName(name)).toBe(expected));
