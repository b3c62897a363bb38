/** `npm run test:soak -- --part ingest [--kills 100 --seed N]`: checks that killing ingestors loses nothing. */
import { parseArgs } from 'node:util';
import startTestPostgres from '@ingesthub/launch/vitest-postgres.ts';
import { z } from 'zod';
import { killIngestors } from './kill-ingestors.ts';

const USAGE = 'Usage: npm run test:soak -- --part ingest [--kills 100 --seed 1 --crops 400]';

const flags = z.object({
  kills: z.coerce.number().int().min(1).default(100),
  crops: z.coerce.number().int().min(10).default(400),
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .default(() => Date.now() % 1_000_000_000),
});

function readFlags(): z.infer<typeof flags> {
  const options = { kills: { type: 'string' }, crops: { type: 'string' }, seed: { type: 'string' } } as const;
  try {
    return flags.parse(parseArgs({ options }).values);
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    console.error(`${reason}\n${USAGE}`);
    process.exit(2);
  }
}

const { kills, crops, seed } = readFlags();
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
const stopPostgres = await startTestPostgres();
console.log(`${kills} kills, ${crops} crops, seed ${seed}`);
try {
  const report = await killIngestors({
    seed,
    kills,
    size: { crops, longest: 12 },
    signal: stop.signal,
    say: (line) => console.log(line),
  });
  console.log(
    `undisturbed ${report.calmSeconds} s; with ${report.kills} kills, ${report.rounds} rounds: ${report.seconds} s`,
  );
  console.log(`${report.orphans.length} programs outlived their ingestor`);
  for (const command of report.orphans) console.log(`  ${command}`);
  console.log(`${report.differences.length} of ${report.compared} facts differ`);
  for (const line of report.differences) console.log(line);
  if (report.differences.length + report.orphans.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await stopPostgres();
}
