/**
 * `npm run screenshots [-- --library demo --library 100000 …] [words of names]`: takes pictures of every page into
 * `screenshots/`, in both sizes and themes. Exits with 1 when any could not be taken.
 */
import { parseArgs } from 'node:util';
import { demo, errors, type Library, madeUp } from './libraries.ts';
import { allPlaces, pagesOfNothing } from './places.ts';
import { takeScreenshots } from './take-screenshots.ts';

const LIBRARIES: Readonly<Record<string, Library>> = {
  demo,
  '100000': madeUp('100000', 'assets=100000', allPlaces),
  empty: madeUp('empty', 'assets=0', pagesOfNothing),
  loading: madeUp('loading', 'assets=1000&loading', allPlaces),
  errors,
};

const { values, positionals: only } = parseArgs({
  options: { library: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const chosen = values.library ?? Object.keys(LIBRARIES);
let failed = 0;
for (const name of chosen) {
  const library = LIBRARIES[name];
  if (library === undefined) {
    console.error(`Unknown library "${name}". Choose from ${Object.keys(LIBRARIES).join(', ')}.`);
    process.exit(2);
  }
  try {
    await library(async (visit) => {
      const { taken, failures } = await takeScreenshots({ ...visit, only });
      console.log(`screenshots/${visit.folder}: ${taken} pictures`);
      for (const failure of failures) console.error(`  ${failure}`);
      failed += failures.length;
    });
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}`);
    failed += 1;
  }
}
process.exit(failed > 0 ? 1 : 0);
