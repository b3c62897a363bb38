/** `npm run test:soak -- --part replica [--steps 3000 --seed N]`: runs the convergence test with random failures. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Convergence, converge } from './converge.ts';

const USAGE = 'Usage: npm run test:soak -- --part replica [--steps 3000 --seed 1]';

const flags = z.object({
  steps: z.coerce.number().int().min(1).default(3000),
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .default(() => Date.now() % 1_000_000),
});

function readFlags(): z.infer<typeof flags> {
  try {
    return flags.parse(parseArgs({ options: { steps: { type: 'string' }, seed: { type: 'string' } } }).values);
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    console.error(`${reason}\n${USAGE}`);
    process.exit(2);
  }
}

const { steps, seed } = readFlags();
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
const started = performance.now();
console.log(`${steps} steps, seed ${seed}`);
try {
  const done = await converge({
    seed,
    steps,
    signal: stop.signal,
    onRound(figures) {
      const seconds = Math.round((performance.now() - started) / 1000);
      console.log(`${figures.steps} steps, ${describe(figures)}, ${seconds} s`);
    },
  });
  for (const [name, times] of done.events) console.log(`${name}: ${times} times`);
  console.log(`${done.steps} steps passed: ${describe(done)}, ${done.rounds} rounds.`);
  process.exit();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}

function describe({ applied, rejected, looks, leftAlone, lists }: Convergence): string {
  return `${applied} mutations applied, ${rejected} rejected, ${leftAlone} rows left alone by undo, ${looks} field checks, ${lists} lists`;
}
