/**
 * `npm run test:soak -- --part media [--mutations 500 --seed N] [--samples FOLDER] [--keep FOLDER]`: checks that no
 * file brings the ingestor down.
 */
import { parseArgs } from 'node:util';
import startTestPostgres from '@ingesthub/launch/vitest-postgres.ts';
import { z } from 'zod';
import { resolveUserPath } from '../../settings/config.ts';
import { soakMedia } from './soak-media.ts';
import { outcomeTable, reasonLines } from './soaked-assets.ts';

const USAGE = 'Usage: npm run test:soak -- --part media [--mutations 500 --seed 1] [--samples FOLDER] [--keep FOLDER]';

const flags = z.object({
  mutations: z.coerce.number().int().min(0).default(500),
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .default(() => Date.now() % 1_000_000_000),
  samples: z.string().min(1).optional(),
  keep: z.string().min(1).optional(),
});

function readFlags(): z.infer<typeof flags> {
  const text = { type: 'string' } as const;
  const options = { mutations: text, seed: text, samples: text, keep: text };
  try {
    return flags.parse(parseArgs({ options }).values);
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    console.error(`${reason}\n${USAGE}`);
    process.exit(2);
  }
}

const { mutations, seed, samples, keep } = readFlags();
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
const stopPostgres = await startTestPostgres();
console.log(`${mutations} mutations, seed ${seed}`);
try {
  const { files, assets, seconds, times, events, peakMegabytes, checks, sheets } = await soakMedia({
    ...{ seed, mutations, signal: stop.signal },
    samples: samples === undefined ? null : resolveUserPath(samples),
    keep: keep === undefined ? null : resolveUserPath(keep),
    say: (line) => console.log(line),
  });
  const lines = (title: string, of: Iterable<string>) => console.log(`\n${[title, ...of].join('\n')}`);
  lines(
    `${files} files, ${assets.length} assets, ${seconds.toFixed(1)} s, ${peakMegabytes} MB at most`,
    outcomeTable(assets),
  );
  const pathOf = new Map(assets.map((asset) => [asset.id, asset.path]));
  lines(
    'The slowest:',
    times
      .slice(0, 10)
      .map(
        ({ seconds: took, kind, asset }) =>
          `${took.toFixed(1).padStart(7)} s  ${kind}  ${JSON.stringify(pathOf.get(asset))}`,
      ),
  );
  lines('The reasons:', reasonLines(assets));
  lines(
    'The log:',
    [...events].sort().map(([event, count]) => `${String(count).padStart(6)}  ${event}`),
  );
  lines(
    'The checks:',
    checks.flatMap(({ name, wrong }) => [
      `${wrong.length === 0 ? '    ok' : String(wrong.length).padStart(6)}  ${name}`,
      ...wrong.slice(0, 20).map((line) => `        ${line}`),
    ]),
  );
  if (sheets.length > 0) lines('Contact sheets:', sheets);
  if (checks.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stopPostgres();
}
