/** Checks rule by rule how names are read; `fixtures/src/deliveries` measures whole deliveries. */
import { describe, expect, test } from 'vitest';
import { fileTypeOf } from '../../scan/names/file-types.ts';
import { readDelivery } from './read-delivery.ts';

function read(paths: readonly string[], delivery = 'delivery_03', subjects: readonly string[] = []) {
  const files = paths.map((relativePath) => ({ relativePath, fileType: fileTypeOf(relativePath) }));
  const { placements, evidence } = readDelivery(files, delivery, { subjects });
  return {
    subjects: placements.map(({ subject }) => subject),
    cameras: placements.map(({ camera }) => camera),
    roles: placements.map(({ assetType }) => assetType),
    reasons: placements.map(({ because }) => because ?? ''),
    evidence,
  };
}

describe('readDelivery: one file', () => {
  test.each([
    ['DAY02/JANE_DOE/A_CAM/clip_001.mov', 'JANE_DOE', 'cam_a', 'raw'],
    ['DAY02/JANE_DOE/B_CAM/graded/clip_001.mov', 'JANE_DOE', 'cam_b', 'graded'],
    ['Day 3/Jane Doe/CAM_2/clip.mov', 'Jane Doe', 'cam_2', 'raw'],
    ['session3_JDOE_graded_rec709.mov', 'JDOE', 'cam_a', 'graded'],
    ['take2_Jane_Doe_camB.mov', 'Jane_Doe', 'cam_b', 'raw'],
    ['RAW/B003C012_240101.mov', 'shared', 'cam_b', 'raw'],
    ['audio/boom.wav', 'shared', null, 'audio'],
    ['JOHN/proxies/scene_04.mov', 'JOHN', 'cam_a', 'proxy'],
    ['JOHN/report.txt', 'JOHN', null, 'metadata'],
    ['README.md', 'shared', null, 'metadata'],
    ['beachball/a.mov', 'shared', 'cam_a', 'raw'],
    ['jane_doe/a.mov', 'jane_doe', 'cam_a', 'raw'],
    ['Interview.mov', 'shared', 'cam_a', 'raw'],
    ['REPORTS/D01.ale', 'shared', null, 'metadata'],
    ['Étalonnage/Kamerabericht.pdf', 'shared', null, 'metadata'],
    ['contact sheet.jpg', 'shared', null, 'metadata'],
    ['klappa_dag1.jpg', 'shared', null, 'metadata'],
    ['03_Farbe/a.mov', 'shared', 'cam_a', 'graded'],
    ['Color charts/a.mov', 'shared', 'cam_a', 'raw'],
    ['DCIM/100GOPRO/GL010231.LRV', 'shared', 'cam_a', 'proxy'],
    ['actor_KIM_01.mov', 'KIM', 'cam_a', 'raw'],
    ['SUBJ_001/front.mov', 'SUBJ_001', 'cam_a', 'raw'],
    ['DIT_Mark/notes.txt', 'shared', null, 'metadata'],
  ])('readDelivery reads %s', (path, subject, camera, role) => {
    const { subjects, cameras, roles } = read([path]);
    expect({ subject: subjects[0], camera: cameras[0], role: roles[0] }).toEqual({ subject, camera, role });
  });
});

describe('readDelivery: numbered cameras', () => {
  const takes = ['smile', 'frown'];
  test.each([
    ['folders of letters', ['a/jd_a_1.mov', 'b/jd_b_1.mov'], ['cam_a', 'cam_b']],
    ['folders of C', ['C-01/neutral.mov', 'C-02/neutral.mov'], ['cam_1', 'cam_2']],
    ['witness cameras', ['witness_01/climb_t01.mov', 'witness_02/climb_t01.mov'], ['cam_1', 'cam_2']],
    ['places', ['rom_topcam1.mov', 'rom_topcam2.mov'], ['cam_1', 'cam_2']],
    ['folders whose number their files have', ['RefCam_01/T1_ref01.mp4', 'RefCam_02/T1_ref02.mp4'], ['cam_1', 'cam_2']],
    ['numbered models', ['A7S_1/C0001.MP4', 'A7S_2/C0051.MP4'], ['cam_1', 'cam_2']],
    ['places of a head rig as unknown', ['jane_HMC_top_001.mov', 'jane_HMC_bot_001.mov'], [null, null]],
    ['folders of places as unknown', ['left/walk_001.mp4', 'right/walk_001.mp4'], [null, null]],
    ['sidecars of angles', ['Wide/C0012.MP4', 'Wide/C0012M01.XML', 'Tight/C0034.MP4'], ['cam_a', 'cam_a', 'cam_b']],
  ])('readDelivery reads %s', (_, paths, cameras) => {
    expect(read(paths).cameras).toEqual(cameras);
  });

  test('readDelivery reads the cameras of a rig, but counts clips', () => {
    const rig = takes.flatMap((take) => [1, 2, 3, 4].map((number) => `Jane Doe/${take}/halo-${number}.mp4`));
    expect(read(rig).cameras.slice(0, 4)).toEqual(['cam_1', 'cam_2', 'cam_3', 'cam_4']);
    expect(new Set(read([...rig, 'Jane Doe/blink/halo-1.mp4']).cameras)).toEqual(new Set(['cam_a']));
  });
});

describe('readDelivery: names in no list', () => {
  const takes = (name: string, sound: string) => [
    `cam-b/sc42_tk01_${name}.mxf`,
    `cam-c/sc42_tk01_${name}.mxf`,
    `sound/sc42_tk01_${sound}.wav`,
  ];

  test('readDelivery finds pairs of words after takes, in pictures and sound, where another has a given name', () => {
    const paths = [...takes('wendel-aske', 'wendel'), ...takes('anna-vreel', 'anna')];
    const expected = ['wendel-aske', 'anna-vreel'].flatMap((name) => [name, name, name]);
    expect(read(paths).subjects).toEqual(expected);
  });

  test('readDelivery finds no person in pairs of words that sound does not have, or where no other is a name', () => {
    expect(read([...takes('plim-sork', 'boom'), ...takes('dren-vask', 'boom')]).subjects).not.toContain('plim-sork');
    expect(new Set(read([...takes('plim-sork', 'plim'), ...takes('dren-vask', 'dren')]).subjects)).toEqual(
      new Set(['shared']),
    );
  });
});

describe('readDelivery: whole names', () => {
  test.each([
    [
      'papers',
      ['Summer Audio/a-cam/summer_1.mov', 'Joy/a-cam/joy_1.mov', 'release - Summer Audio.pdf'],
      ['Summer Audio', 'Joy', 'Summer Audio'],
    ],
    [
      'initials of files',
      ['kwabena_asante/a/ka_a_01.mov', 'feodora_linz/a/fl_a_01.mov', 'proxies/fl_a_01.mp4'],
      ['kwabena_asante', 'feodora_linz', 'feodora_linz'],
    ],
    [
      'siblings',
      ['lwazi ndaba/acam/a.mov', 'sizwe ndaba/acam/a.mov', 'audio/sizwe_lav.wav', 'audio/ndaba_boom.wav'],
      ['lwazi ndaba', 'sizwe ndaba', 'sizwe ndaba', 'shared'],
    ],
    [
      'stems',
      [
        '01_Queen Marrow/a.mov',
        '02_Lil Harbor/a.mov',
        '03_The Gantry/a.mov',
        'QueenMarrow_vox.wav',
        'LilHarbor_vox.wav',
      ],
      ['Queen Marrow', 'Lil Harbor', 'The Gantry', 'Queen Marrow', 'Lil Harbor'],
    ],
    [
      'lists of people',
      ['ISO/9_017_TRK3_DORKAS.WAV', 'ISO/9_018_TRK4_EMERY.WAV', 'Cast mic list - Dorkas Mbeki, Emery Stroud.pdf'],
      ['Dorkas Mbeki', 'Emery Stroud', 'shared'],
    ],
  ])('readDelivery reads whole names by %s', (_, paths, subjects) => {
    expect(read(paths).subjects).toEqual(subjects);
  });

  test('readDelivery reads the delivery’s only unknown word as who performs, unless it has days', () => {
    const paths = ['cam_1/perpetua_head_01.mov', 'cam_1/perpetua_hands_01.mov'];
    expect(read(paths, 'CLIENT_UPLOAD_perpetua').subjects).toEqual(['perpetua', 'perpetua']);
    expect(read(paths, 'perpetua_day_02').subjects).toEqual(['shared', 'shared']);
  });
});

describe('readDelivery: names of others', () => {
  test.each([
    ['the crew', ['Jane Doe/CamA_op Mark/a.mov', 'report Mark.pdf'], ['Jane Doe', 'shared']],
    [
      'an operator in a person’s folder',
      ['Jane Doe/cam_A_Mark/a.mov', 'John Roe/cam_A_Mark/b.mov'],
      ['Jane Doe', 'John Roe'],
    ],
    ['characters', ['Jane Doe (as Queen Mary)/a.mov', 'Concepts/mary_v1.png'], ['Jane Doe', 'shared']],
    ['animals', ['dogs/Rex/a.mov', 'dogs/Bella/a.mov'], ['shared', 'shared']],
    ['software', ['Maya/a.mov', 'Nuke/a.mov'], ['shared', 'shared']],
    ['authors of papers', ['a.mov', 'report Mark Smith.pdf'], ['shared', 'shared']],
    ['titles', ['saving_simon_sc1.mov', 'saving_simon_sc2.mov'], ['shared', 'shared']],
    ['the crew in brackets', ['Sound - Jane Doe (mixer)/T01.wav', 'Gaffer - Big Tony/a.jpg'], ['shared', 'shared']],
    ['families that are things', ['Bow/a.mov', 'Stern/a.mov'], ['shared', 'shared']],
    ['things in Han', ['田中花子/a.mov', '商品/a.mov'], ['田中花子', 'shared']],
  ])('readDelivery gives no file to %s', (_, paths, subjects) => {
    expect(read(paths, 'HARBOUR_DAY02').subjects).toEqual(subjects);
  });

  test.each([
    'Florence_recce',
    'VO_booth_takes',
    'Choir_StMary',
    'Charlotte_NC_speedway',
    'HMS_Victoria',
    'Vespa_chase',
  ])('readDelivery gives nothing to a person for the package’s name %s', (delivery) =>
    expect(read(['IMG_0001.JPG'], delivery).subjects).toEqual(['shared']),
  );

  test('readDelivery gives the person of the package’s name nothing that lies in another’s folder', () => {
    const paths = ['Jane Doe/a.mov', 'Bella (dog)/a.mov', 'sound/t1.wav'];
    expect(read(paths, 'Jane_Doe_scan').subjects).toEqual(['Jane Doe', 'shared', 'Jane Doe']);
    expect(read(paths, 'Bella_the_dog_and_Jane').subjects).toEqual(['Jane Doe', 'shared', 'shared']);
  });

  test('readDelivery takes no word for a family’s name that follows several given names, one of which has others', () => {
    const paths = ['Evadne_topcam_1.mov', 'Evadne_zibble_1.mov', 'Tiberius_topcam_1.mov'];
    expect(read(paths).subjects).toEqual(['Evadne', 'Evadne', 'Tiberius']);
  });

  test('readDelivery drops the word of a show before several people’s names', () => {
    const paths = ['EVELYN_Jane_Doe_1.mov', 'EVELYN_John_Roe_1.mov', 'EVELYN_chart_1.mov'];
    expect(read(paths, 'EVELYN_ep102').subjects).toEqual(['Jane_Doe', 'John_Roe', 'shared']);
  });
});

describe('readDelivery: forms of a name', () => {
  test.each([
    [
      'sound alike',
      ['Mon/Gwendolyn Price/a.mov', 'Tue/Gwendoline Price/b.mov', 'sound/Gwen_Price_1.wav'],
      'Gwendolyn Price',
    ],
    ['are a family’s initial', ['03 Meenakshi S/a.mov', 'audio/meenakshi_t1.wav'], 'Meenakshi S'],
    ['are whole in Han', ['佐藤健一/a.mov', '音声/佐藤_01.wav'], '佐藤健一'],
    ['are a family’s in Latin letters', ['01_中村葵/a.mov', '音声/nakamura_t1.wav'], '中村葵'],
    ['are nicknames', ['Robert Alvarez/a.mov', 'sound/bob_01.wav'], 'Robert Alvarez'],
    ['have a code after them', ['Jane Smith IV/a.mov', 'sound/Jane_Smith_1.wav'], 'Jane Smith'],
    [
      'are short for those on papers',
      ['svance_intro_1.wav', 'svance_outro_1.wav', 'Sally Vance - notes.pdf'],
      'Sally Vance',
    ],
  ])('readDelivery unites names that %s', (_, paths, subject) => {
    expect(new Set(read(paths).subjects)).toEqual(new Set([subject]));
  });

  test('readDelivery keeps names apart that sound alike, side by side', () => {
    expect(read(['Erik Hansen/a.mov', 'Eirik Hansen/a.mov']).subjects).toEqual(['Erik Hansen', 'Eirik Hansen']);
  });

  test('readDelivery knows initials that are also a word beside those of others', () => {
    const paths = ['JL/JL_rom_A.mov', 'TK/TK_rom_A.mov', 'audio/TK_01.wav'];
    const subjects = ['Jasmine Lowe', 'Tariq Khoury'];
    expect(read(paths, 'JL_TK', subjects).subjects).toEqual(['Jasmine Lowe', 'Tariq Khoury', 'Tariq Khoury']);
  });

  test('readDelivery tells each file its own doubt', () => {
    const paths = ['Jane Doe/a.mov', 'John Doe/a.mov', 'sound/Doe_1.wav', 'sound/wild.wav'];
    expect(read(paths).reasons.slice(2)).toEqual(['Doe may be Jane Doe or John Doe.', 'No name says who it is.']);
  });
});

test('readDelivery takes videos for proxies that are named like an edit’s list', () => {
  expect(read(['refs/R3_v14.mov', 'refs/other.mov', 'edl/R3_v14.edl']).roles).toEqual(['proxy', 'raw', 'metadata']);
});

describe('readDelivery: people', () => {
  test('readDelivery takes the person from the package’s name when nothing inside names another', () => {
    expect(read(['clip.mov'], '2024_JANE_DOE').subjects).toEqual(['JANE_DOE']);
    expect(read(['JANE/a.mov', 'sound/t1.wav'], 'HARBOUR_DAY02').subjects).toEqual(['JANE', 'shared']);
    expect(read(['IMG_4411.MOV'], 'Jane Smith wobbles tapes').subjects).toEqual(['Jane Smith']);
    expect(read(['Jane Doe release.pdf', 'A001.mov'], 'Scan Jane Doe').subjects).toEqual(['Jane Doe', 'Jane Doe']);
  });

  test('readDelivery joins spellings, short forms and initials of one person', () => {
    const { subjects } = read([
      'DAY01/Zoë Müller/A_CAM/a.mov',
      'DAY02/ZOE_MULLER/A_CAM/b.mov',
      'DAY02/John Roe/A_CAM/b.mov',
      'SOUND/Mueller_lav.wav',
      'SOUND/ZM_t2.wav',
      'SOUND/zmuller_t3.wav',
      'SOUND/zoe_t4.wav',
    ]);
    expect(subjects).toEqual([...Array(2).fill('Zoë Müller'), 'John Roe', ...Array(4).fill('Zoë Müller')]);
  });

  test('readDelivery leaves a name to no one when two people could be meant, and says so', () => {
    const { subjects, reasons } = read([
      'JANE_DOE/A_CAM/a.mov',
      'JOHN_DOE/A_CAM/b.mov',
      'SOUND/DOE_t1.wav',
      'SOUND/JDOE_t2.wav',
      'SOUND/JANE_t3.wav',
      'SOUND/JANE+JOHN_t4.wav',
    ]);
    expect(subjects.slice(2)).toEqual(['shared', 'shared', 'JANE_DOE', 'shared']);
    expect(reasons[2]).toBe('DOE may be JANE_DOE or JOHN_DOE.');
    expect(reasons[5]).toContain('JANE_DOE and JOHN_DOE are both named.');
  });

  test('readDelivery keeps folders side by side apart, however alike their names are', () => {
    expect(read(['Maria/a.mov', 'Maria Lopez/b.mov']).subjects).toEqual(['Maria', 'Maria Lopez']);
    expect(read(['Anna Hansen/a.mov', 'Anna Hanson/b.mov']).subjects).toEqual(['Anna Hansen', 'Anna Hanson']);
  });

  test('readDelivery reads a misspelled name as the person’s in another place', () => {
    const paths = ['D1/Cordelia Ashgrove/a.mov', 'D2/Cordelia Ashgrove/b.mov', 'D3/Cordelia Ashgorve/c.mov'];
    expect(new Set(read(paths).subjects)).toEqual(new Set(['Cordelia Ashgrove']));
  });

  test('readDelivery knows words for things in several languages', () => {
    const folders = [
      'Son',
      'Ton',
      'Charts',
      'ROM',
      'MIX',
      'Klappen',
      'Sonido',
      'Carta de color',
      '音声',
      'カラー',
      'Romtone',
      'Звук',
      'PRIVATE',
    ];
    expect(new Set(read(folders.map((name) => `${name}/clip_01.mov`)).subjects)).toEqual(new Set(['shared']));
  });

  test('readDelivery finds people whose names are words, beside other people', () => {
    const { subjects } = read([
      'April/a.mov',
      'Grace/b.mov',
      'Will/c.mov',
      'Sound/april_t1.wav',
      'schedule april 2026.pdf',
    ]);
    expect(subjects).toEqual(['April', 'Grace', 'Will', 'April', 'shared']);
  });

  test('readDelivery knows people by the folder that they lie in, and by their performances', () => {
    expect(read(['Talent/QUENBY/A_CAM/a.mov', 'Crew/BTS/b.mov']).subjects).toEqual(['QUENBY', 'shared']);
    const paths = ['01_VEXLEY/NEUTRAL/a.mov', '02_THRANE/NEUTRAL/b.mov', 'SOUND/VEXLEY_T1.wav'];
    expect(read(paths).subjects).toEqual(['VEXLEY', 'THRANE', 'VEXLEY']);
  });

  test('readDelivery knows the names that artists have chosen, beside others and by their files', () => {
    const paths = [
      'MC Thunder/thunder_1.mov',
      'The Baroness/baroness_1.mov',
      'crowd/crowd_1.mov',
      'Audio/THUNDER_vox.wav',
    ];
    expect(read(paths).subjects).toEqual(['MC Thunder', 'The Baroness', 'shared', 'MC Thunder']);
  });

  test('readDelivery takes no thing for a person because it is written like one', () => {
    const folders = ['Hover Skiff', 'Pine Ridge', 'Plate_Castle_Wide', 'HERON', 'XYLO', 'April', 'Acme Corp'];
    expect(new Set(read(folders.map((name) => `${name}/A_CAM/1.mov`)).subjects)).toEqual(new Set(['shared']));
    expect(new Set(read(['XYLO_010_grd.mov', 'XYLO_020_grd.mov', 'a/XYLO_reel.mov']).subjects)).toEqual(
      new Set(['shared']),
    );
  });

  test('readDelivery reads names as clients write them', () => {
    const names = [
      'DOE, Jane',
      'JohnRoe',
      'mira.lund',
      'J. Quillfeather',
      'HERO - Ada King',
      'Dr Anouk Maes (double)',
      'CARD_1 Lovisa Ek',
    ];
    const subjects = ['DOE, Jane', 'JohnRoe', 'mira.lund', 'J. Quillfeather', 'Ada King', 'Anouk Maes', 'Lovisa Ek'];
    expect(read(names.map((name) => `${name}/A_CAM/1.mov`)).subjects).toEqual(subjects);
    expect(read(['JANE K/a.mov', 'JANE M/b.mov', 'sound/JANE_1.wav']).subjects).toEqual(['JANE K', 'JANE M', 'shared']);
  });

  test('readDelivery takes no place for the person it is named after', () => {
    const places = [
      'Victoria Station',
      'Rose Garden',
      'Rue Victor Hugo',
      'Locations/Glen Coe',
      'Décors/Grange du Moulin',
    ];
    const paths = [...places.map((name) => `${name}/A_CAM/1.mov`), 'Refs/Wes Anderson.png', 'Music/Clara Haskil.wav'];
    expect(new Set(read(paths).subjects)).toEqual(new Set(['shared']));
    expect(read(['Rose Garden/1.mov', 'Rose Park/1.mov', 'Rose Park/rose_t1.wav']).subjects[1]).toBe('Rose Park');
  });

  test('readDelivery takes no project for a person', () => {
    const paths = ['Juliet_Scan_001/1.mov', 'Docs/Juliet schedule.pdf', 'Talent/Hamza Idris/1.mov'];
    expect(read(paths, 'Project_Juliet').subjects).toEqual(['shared', 'shared', 'Hamza Idris']);
  });

  test('readDelivery keeps sisters apart whose family’s name comes first', () => {
    const paths = ['Lovelace_Adeline/1.mov', 'Lovelace_Rosalind/1.mov', 'audio/rosalind.wav', 'audio/lovelace.wav'];
    expect(read(paths).subjects).toEqual(['Lovelace_Adeline', 'Lovelace_Rosalind', 'Lovelace_Rosalind', 'shared']);
  });

  test('readDelivery joins a name with particles in any order, and leaves abbreviations out of names', () => {
    const paths = [
      'De la Fuente, Rocío/1.mov',
      'sound/rocio.delafuente.wav',
      'RLS/Daniel Osei_rls.pdf',
      'TLNT_DOsei/1.mov',
    ];
    const [rocio, daniel] = ['De la Fuente, Rocío', 'Daniel Osei'];
    expect(read(paths).subjects).toEqual([rocio, rocio, daniel, daniel]);
  });

  test('readDelivery leaves the crew out', () => {
    const paths = ['Footage/Ivo Lund/A001.mov', 'DIT_notes_Fergus.txt', 'sound by Philippa/T01.wav'];
    expect(read(paths, 'DIT_Fergus_upload').subjects).toEqual(['Ivo Lund', 'shared', 'shared']);
  });

  test('readDelivery ignores a show’s name before people’s', () => {
    const { subjects } = read(['OSP_jane_t1.mov', 'OSP_john_t2.mov', 'OSP_jane_t3.mov', 'OSP_room_t4.mov']);
    expect(subjects).toEqual(['jane', 'john', 'jane', 'shared']);
  });

  test('readDelivery takes first names and initials for the one subject of the project that they fit', () => {
    const subjects = ['Amara Lindgren', 'Theo Quist', 'Ruth Castellan', 'Simon Castellan'];
    const paths = ['amara_01.mov', 'TQ_02.mov', 'castellan_03.mov', 'simon_04.mov'];
    expect(read(paths, 'week_21', subjects).subjects).toEqual([
      'Amara Lindgren',
      'Theo Quist',
      'shared',
      'Simon Castellan',
    ]);
  });

  test('readDelivery gives versions the person of the recording, but not one recording that of another', () => {
    const { subjects } = read([
      'JANE/scene_01.mov',
      'graded/scene_01_graded.mov',
      'graded/scene_02_graded.mov',
      'docs/scene_01.txt',
      'x/scene_01.mov',
    ]);
    expect(subjects).toEqual(['JANE', 'JANE', 'shared', 'shared', 'shared']);
  });

  test('readDelivery ignores a recording that two people have', () => {
    const paths = ['JANE/take_01.mov', 'JOHN/take_01.mov', 'graded/take_01_graded.mov', 'graded/graded.mov'];
    expect(read(paths).subjects).toEqual(['JANE', 'JOHN', 'shared', 'shared']);
  });

  test('readDelivery gives reasons for each person', () => {
    const { evidence, reasons } = read(['JANE_DOE/A_CAM/a.mov', 'SOUND/JDOE_t1.wav']);
    expect(evidence[0]).toMatch(/^JANE_DOE is a person: JANE is a given name, DOE is a family name, .*\.$/);
    expect(reasons[0]).toBe('JANE_DOE, from the folder JANE_DOE. Camera: A_CAM names the camera.');
  });
});

describe('readDelivery: cameras', () => {
  test('readDelivery prefers what people wrote to the letter of a reel', () => {
    expect(read(['B_CAM/A001C001_240131_R1AB.mov']).cameras).toEqual(['cam_b']);
  });

  test('readDelivery reads the views of one interview as its cameras', () => {
    const paths = ['INT_01_Patel_Wide.mxf', 'INT_01_Patel_Tight.mxf', 'INT_02_Jones_Wide.mxf'];
    expect(read(paths).cameras).toEqual(['cam_a', 'cam_b', 'cam_a']);
    expect(read(['41_T1_A_JANE.mov', '41_T1_B_JANE.mov', '42A_T1_B_JANE.mov']).cameras).toEqual([
      'cam_a',
      'cam_b',
      'cam_b',
    ]);
    expect(read(['AU01_C1.mov', 'AU01_C2.mov']).cameras).toEqual(['cam_1', 'cam_2']);
  });

  test('readDelivery reads cameras of a rig, angles and reference cameras', () => {
    expect(read(['Angle 1/take.mov', 'Angle 2/take.mov']).cameras).toEqual(['cam_1', 'cam_2']);
    expect(read(['neutral/C01.mov', 'neutral/C24.mov']).cameras).toEqual(['cam_1', 'cam_24']);
    expect(read(['ROM_T1_refA.mov', 'ROM_T1_refB.mov']).cameras).toEqual(['cam_a', 'cam_b']);
  });

  test('readDelivery reads letters after models before those of reels, when folders side by side have several', () => {
    const paths = ['URSA_A_Drive1/A001_08121204_C001.braw', 'URSA_B_Drive1/A001_08121204_C001.braw'];
    expect(read(paths).cameras).toEqual(['cam_a', 'cam_b']);
    expect(read(paths.slice(1)).cameras).toEqual(['cam_a']);
  });

  test('readDelivery takes a word for a view only where a take has several', () => {
    const paths = ['INT_01_Wide.mov', 'INT_01_Tight.mov', 'BROLL/nets_close.mov'];
    expect(read(paths).cameras).toEqual(['cam_a', 'cam_b', null]);
  });

  test('readDelivery leaves a camera unknown beside named ones', () => {
    const paths = ['A_CAM/clip_01.mov', 'clip_02.mov', 'Witness/GOPR0123.MP4', 'A_CAM/notes.txt'];
    expect(read(paths).cameras).toEqual(['cam_a', null, null, null]);
  });

  test('readDelivery gives footage that names no camera to one when one can have recorded all of it', () => {
    const one = read(['C0001.MP4', 'C0002.MP4', 'notes.txt']);
    expect(one.cameras).toEqual(['cam_a', 'cam_a', null]);
    expect(one.evidence).toContain('No camera is named; the delivery can be from one camera.');
    expect(read(['C0001.MP4', 'GX010001.MP4']).cameras).toEqual([null, null]);
    expect(read(['hdri/_MG_2201.CR2', 'wall_left_2210.CR2']).cameras).toEqual(['cam_a', 'cam_a']);
    expect(read(['hdri/_MG_2201.CR2', 'wall_left_4310.CR2']).cameras).toEqual([null, null]);
  });

  test('readDelivery gives everything on a card its camera, except sound', () => {
    const paths = ['A/XDROOT/Clip/A001C001_2401310.MXF', 'A/XDROOT/MEDIAPRO.XML', 'A/XDROOT/Clip/A001C001_2401310.wav'];
    expect(read(paths).cameras).toEqual(['cam_a', 'cam_a', null]);
  });

  test('readDelivery gives a version the camera of its recording, unless two have it', () => {
    const paths = ['A_CAM/take_1.mov', 'B_CAM/take_2.mov', 'B_CAM/take_1.mov', 'proxy/take_2.mov', 'proxy/take_1.mov'];
    expect(read(paths).cameras.slice(3)).toEqual(['cam_b', null]);
  });
});
