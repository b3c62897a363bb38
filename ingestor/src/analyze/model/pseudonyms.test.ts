import { describe, expect, test } from 'vitest';
import { fold } from '../names/fold.ts';
import { FAMILY_NAMES } from '../names/words/family-names.ts';
import { GIVEN_NAMES } from '../names/words/given-names.ts';
import { knownPeople } from './known-people.ts';
import { pseudonymousWording } from './pseudonyms.ts';

function wordingOf(...people: string[]) {
  return pseudonymousWording(knownPeople(people));
}

describe('pseudonymousWording', () => {
  test.each([
    'JANE_DOE',
    'janeDoe',
    'JaneDoe',
    'JANEDOE',
    'janedoe',
    'doe_jane',
    'DOE, Jane',
    'DoeJane',
    'Jane-Doe',
    'Jane.Doe',
    'JDOE',
    'jdoe',
    'JaneD',
    'j_doe',
    'J. Doe',
    'JD',
    'Jane',
    'DOE',
    'J_A_N_E',
    'Ｊａｎｅ　Ｄｏｅ',
    'JÁNE_DOE',
  ])('gives %s the pseudonym of Jane Doe', (spelling) => {
    expect(wordingOf('Jane Doe').name(spelling)).toBe('PERSONX1');
  });

  test.each(['Müller', 'MUELLER', 'Mu\u0308ller', 'muller', 'AnnaMüller', 'mueller_anna', 'AMüller', 'amueller'])(
    'gives %s the pseudonym of Anna Müller',
    (spelling) => expect(wordingOf('Anna Müller').name(spelling)).toBe('PERSONX1'),
  );

  test('keeps what says how, when and by which camera, and separates pseudonyms from it', () => {
    const wording = wordingOf('Jane Doe');
    expect(wording.path('DAY02/JANE_DOE/A_CAM/A001C003_240131_R1AB.mov')).toBe(
      'DAY02/PERSONX1/A_CAM/A001C003_240131_R1xx.mov',
    );
    expect(wording.path('DAY02/sound/jane2_take3_graded_rec709.wav')).toBe(
      'DAY02/sound/PERSONX1_2_take3_graded_rec709.wav',
    );
    expect(wording.name('cam_a')).toBe('cam_a');
    expect(wording.name('shared')).toBe('shared');
  });

  test('replaces every word that is in no list, or is a name in one', () => {
    const wording = wordingOf();
    expect(wording.path('HARBORVIEW_Iskander/ulla_iris.mov')).toBe('NAMEX1_NAMEX2/NAMEX3_NAMEX4.mov');
    expect(wording.name('Emilia Page')).toBe('NAMEX5 NAMEX6');
    expect(wording.name('Dawn')).toBe('NAMEX7');
    expect(wording.name('harborview')).toBe('NAMEX1');
    expect(wording.name('q2Zi3')).toBe('NAMEX8');
    expect(wording.name('soundmanzib')).toBe('NAMEX9');
    expect(wording.name('田中花子_林')).toBe('NAMEX10_NAMEX11');
  });

  test.each(['JD0001', 'A001C003_DOE1', 'JANE0001', 'VID_20240101_101010_jane', 'clip.jane', 'a.doe', 'Jane\u0301e'])(
    'hides names in clips, codes and extensions: %s',
    (name) => {
      const wording = wordingOf();
      expect(wording.path(name)).not.toMatch(/jane|doe|jd|ján/i);
    },
  );

  test('gives a word of two people no person’s pseudonym', () => {
    const wording = wordingOf('Jane Doe', 'John Doe');
    expect(wording.name('JANE_DOE')).toBe('PERSONX1');
    expect(wording.name('John Doe')).toBe('PERSONX2');
    expect(wording.name('DOE')).toBe('NAMEX1');
  });

  test('keeps two subjects apart of whom one has the other’s family name', () => {
    const wording = wordingOf('Müller', 'Jürgen Müller');
    expect(wording.name('MUELLER')).toBe('PERSONX1');
    expect(wording.name('mueller_jürgen')).toBe('PERSONX2');
  });

  test('leaves words for cameras and sound that are also initials', () => {
    const wording = wordingOf('Carl A. Moss', 'Ana Day');
    expect(wording.path('CAM_B/DAY02/Page/x.mov')).toBe('CAM_B/DAY02/Page/x.mov');
    expect(wording.name('Ana_Day')).toBe('PERSONX1');
    expect(wording.name('DAY')).toMatch(/^NAMEX\d$/);
  });

  test('replaces a person whose name is made of words for things', () => {
    expect(wordingOf('Sky Harbour').name('SkyHarbour_sky')).toMatch(/^PERSONX1_/);
    expect(wordingOf('Harold Plate').name('plate_neutral')).toBe('NAMEX1_neutral');
    expect(wordingOf('SUBJ_001', 'kitchen').name('SUBJ_001_kitchen')).toBe('SUBJ_001_kitchen');
  });

  test('replaces a real name that looks like a pseudonym', () => {
    const wording = wordingOf('Jane Doe');
    expect(wording.name('Jane')).toBe('PERSONX1');
    expect(wording.name('PERSONX1')).toBe('NAMEX1_1');
    expect(wording.name('NAMEX1')).toBe('NAMEX2_1');
  });

  test('gives no two files the same path', () => {
    const wording = wordingOf('Jane Doe');
    const sent = ['JANE_DOE/a.mov', 'doe_jane/a.mov', 'janeDoe/a.mov'].map((path) => wording.path(path));
    expect(new Set(sent).size).toBe(3);
    expect(sent[1]).toBe('PERSONX1/a (2).mov');
    expect(wording.path('JANE_DOE/a.mov')).toBe(sent[0]);
  });

  test('restores names, and refuses those that were never sent', () => {
    const wording = wordingOf('Jane Doe');
    wording.path('HARBORVIEW_Quillon/JANE_DOE.mov');
    expect(wording.realName('PERSONX1')).toBe('Jane Doe');
    expect(wording.realName('personx_1')).toBe('Jane Doe');
    expect(wording.realName('NAMEX1 NAMEX2')).toBe('HARBORVIEW Quillon');
    expect(wording.realName('shared')).toBe('shared');
    expect(wording.realText('the folder NAMEX2 is a person')).toBe('the folder Quillon is a person');
    for (const invented of ['PERSONX2', 'NAMEX3', 'PERSONX', 'PERSONX1 PERSONX9', 'Jane', 'PERSONX1 Smith']) {
      expect(wording.realName(invented), invented).toBeNull();
    }
    expect(wording.realText('PERSONX9 says so')).toBeNull();
  });

  test('sends no name of the kept lists, in any way of writing it', () => {
    const words = (lists: object) => Object.values(lists).flatMap((names: string) => names.trim().split(/\s+/));
    const [given, family] = [words(GIVEN_NAMES), words(FAMILY_NAMES)];
    const leaks: string[] = [];
    for (let index = 0; index < given.length; index += 5) {
      const [first = '', last = ''] = [given[index], family[(index * 7) % family.length]].map((name = '') =>
        name.replace(/^./u, (letter) => letter.toUpperCase()),
      );
      const wording = wordingOf(...(index % 2 ? [`${first} ${last}`] : []));
      const lower = first.toLowerCase();
      const ways = [
        ...[`${first}_${last}`, `${first}${last}`, `${lower}${last}`, `${last}, ${first}`, `${lower}_take2`],
        ...[`A_CAM_${first.toUpperCase()}_v02`, `${lower}01`, `01${first}`, `${lower}graded`, `DAY02${first}`],
        ...[`rec709-${first}.${last}-x`, `${first}0001`, `A001C003_${first}1`, `(${first})`, `${first}#${last}`],
      ];
      for (const path of ways.flatMap((way) => [`${way}/a.mov`, `x/${way}.mov`, `a.${way}`])) {
        const sent = fold(wording.path(path).replaceAll(/(PERSON|NAME)X\d+/g, ''));
        if (fold(first).length > 3 && sent.includes(fold(first))) leaks.push(`${path}: ${sent}`);
      }
    }
    expect(leaks).toEqual([]);
  });
});
