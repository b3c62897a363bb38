/** `npm run test:soak [-- --rounds 1000 --seed N]`: tests the engine under all kinds of failures. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { soak } from './soak.ts';

const USAGE = 'Usage: npm run test:soak [-- --rounds 1000 --seed 1]';
const ROUNDS_PER_LINE = 25;

const flags = z.object({
  rounds: z.coerce.number().int().min(1).default(1000),
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .default(() => Date.now() % 1_000_000_000),
});

function readFlags(): z.infer<typeof flags> {
  try {
    return flags.parse(parseArgs({ options: { rounds: { type: 'string' }, seed: { type: 'string' } } }).values);
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    console.error(`${reason}\n${USAGE}`);
    process.exit(2);
  }
}

const { rounds, seed } = readFlags();
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
const started = performance.now();
console.log(`${rounds} rounds, seed ${seed}`);
try {
  const { events, ...totals } = await soak({
    seed,
    rounds,
    signal: stop.signal,
    onRound({ rounds: done, transactions, observations }) {
      if (done % ROUNDS_PER_LINE > 0) return;
      const seconds = Math.round((performance.now() - started) / 1000);
      console.log(`${done} rounds, ${transactions} transactions, ${observations} states compared, ${seconds} s`);
    },
  });
  for (const [name, times] of events) console.log(`${name}: ${times} times`);
  console.log(`${totals.rounds} rounds passed: ${totals.observations} reader states matched the tables.`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
