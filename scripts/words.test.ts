import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Retired {
  readonly words: RegExp;
  readonly instead: string;
  /** Files that must name it: formats and client names that others define, and stores of former versions. */
  readonly except?: readonly string[];
}

/** Words that the tree has given up, in texts, identifiers and paths. Applied migrations keep their text. */
const RETIRED: readonly Retired[] = [
  { words: /\/\*\* (Of|What) /, instead: 'a docstring that starts with a verb or a noun' },
  { words: /\b(anew|whoever)\b/i, instead: '“again”, or the concrete subject' },
  { words: /\b(nobody|somebody)\b/i, instead: '“no user”, “a person”, or the concrete subject' },
  {
    words: /sync\/src\/electric\b|web\/src\/outbox\b|web\/src\/replica-(image|safety|storage|testing)\b/,
    instead: 'the folder’s new place',
  },
  {
    words: /movie/i,
    instead: '“video”',
    except: [
      'ingestor/src/jobs/queue/former-queues.integration.test.ts',
      'web/src/pictures/pictures-database.ts',
      'web/src/pictures/pictures.browser.long.test.ts',
    ],
  },
  {
    words: /film/i,
    instead: '“frame” or “sequence”',
    except: [
      'docs/decisions/0015-stills-and-metadata.md',
      'ingestor/src/media/exr/frame.ts',
      'ingestor/src/media/tools/video-input.ts',
    ],
  },
  { words: /embedded-?electric/i, instead: '“shape engine”' },
  { words: /\b(Sight|RootSight|Told|HeldRows|FrameSlot)\b/, instead: 'the type’s new name' },
];
/** Names of files and folders only: as a word of a sentence it is fine. */
const RETIRED_IN_PATHS = /elsewhere/i;
/** Besides this list: the names that clients gave, and the words in them. */
const EXCEPT =
  /^scripts\/words\.test\.ts$|^ingestor\/src\/analyze\/names\/words\/|^pnpm-lock\.yaml$|^fixtures\/deliveries\//;

const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs', '*.md', '*.css', '*.json', '*.yaml'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !EXCEPT.test(file));

test.each(RETIRED)('no file contains $words: write $instead', ({ words, except = [] }) => {
  const among = files.filter((file) => !except.includes(file));
  expect([...among.filter((file) => words.test(file)), ...linesWith(words, among)]).toEqual([]);
  // An exception that no longer needs to be one would hide the word's return.
  expect(except.filter((file) => linesWith(words, [file]).length === 0)).toEqual([]);
});

test('no path contains a word that only sentences may use', () => {
  expect(files.filter((file) => RETIRED_IN_PATHS.test(file))).toEqual([]);
});

/** The files that a new package kind is written in. */
const KIND_MODULES = /^schema\/src\/(.+\/)?package-kinds\.ts$|^ingestor\/src\/analyze\/(kinds\/|rules\/(atman|vfx)-)/;
const NOT_PRODUCT = /^(bench|e2e|fixtures|scripts)\/|\/(testing|soak)\/|\.test\.tsx?$/;

test('no product code names a package kind, except the modules of the kinds', () => {
  const product = files.filter((file) => /\.tsx?$/.test(file) && !NOT_PRODUCT.test(file) && !KIND_MODULES.test(file));
  expect(linesWith(/(['"`])(vfx|atman)\1|\b(vfx|atman)\??:/, product)).toEqual([]);
});

function linesWith(words: RegExp, among: readonly string[]): string[] {
  return among.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (words.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

/** Returns a file's text; empty when the index names it but it is not on disk. */
function read(file: string): string {
  try {
    return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  } catch {
    return '';
  }
}
