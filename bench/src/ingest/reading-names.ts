/** Measures how long the rules take to read the names of a delivery, beside splitting the same names into words. */
import { type SeededRandom, seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { wordsOf } from '@ingesthub/ingestor/analyze/names/read-name.ts';
import { readDelivery } from '@ingesthub/ingestor/analyze/reading/read-delivery.ts';
import { fileTypeOf } from '@ingesthub/ingestor/scan/names/file-types.ts';
import { type Figure, printFigures } from '../measure/figures.ts';

/** A warm process reads the names; the first rounds compile the code. */
const ROUNDS = 5;
const TARGET = { atMost: 1000 } as const;

const PEOPLE = ['Maren Okafor', 'Dov Salinger', 'Ilka Brandauer', 'Rui Mascarenhas', 'Sunniva Dahl', 'Eben Tuckwell'];
const SYLLABLES = 'ka ro mi ten sul var do bel nim osk fra lu pe gat zin hor'.split(' ');

/** Deliveries by what makes their names many. */
const DELIVERIES: Readonly<Record<string, (file: number, random: SeededRandom) => string>> = {
  'counters in person trees': (file) => {
    const person = PEOPLE[file % PEOPLE.length] ?? '';
    const camera = 'AB'[file % 2];
    const clip = String(1 + (file % 999)).padStart(3, '0');
    return `DAY${1 + (file % 30)}/${person}/${camera}_CAM/${camera}001C${clip}_260312_R1AB_${file}.mov`;
  },
  'versions of recordings': (file) => {
    const scene = Math.floor(file / 4);
    const version = ['raw', 'graded', 'proxy', 'audio'][file % 4] ?? '';
    const where = version === 'raw' ? `${PEOPLE[scene % PEOPLE.length]}/` : '';
    return `${version}/${where}scene_${scene}_take_${scene % 7}_${version}.${version === 'audio' ? 'wav' : 'mov'}`;
  },
  // Nothing that was read helps with the next name: the worst case.
  'words that no list has': (file, random) => {
    const word = () => Array.from({ length: 3 }, () => random.pick(SYLLABLES)).join('');
    return `folder_${Math.floor(file / 50)}/${word()}_${word()}_${random.whole(0, 99)}.mov`;
  },
};

export function readingNamesBenchmark({ files = 100_000 } = {}): void {
  for (const [name, pathOf] of Object.entries(DELIVERIES)) {
    const random = seededRandom(11);
    const paths = Array.from({ length: files }, (_, file) => pathOf(file, random));
    const assets = paths.map((relativePath) => ({ relativePath, fileType: fileTypeOf(relativePath) }));
    const results = new Map<string, readonly Figure[]>([
      [
        'reading',
        [{ what: name, value: median(() => readDelivery(assets, 'delivery_01')), unit: 'ms', target: TARGET }],
      ],
      ['splitting', [{ what: name, value: median(() => paths.map(wordsOf)), unit: 'ms' }]],
    ]);
    printFigures(`${files.toLocaleString('en')} names: ${name}`, results);
  }
}

/** Milliseconds of processor time: names are read without waiting, and other processes do not count. */
function median(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}
