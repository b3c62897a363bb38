/** Parses the command line of `npm run seed`. */
import { parseArgs } from 'node:util';
import { z } from 'zod';

const SEED_USAGE =
  'usage: npm run seed -- --assets N [--projects P] [--package-size N] [--seed S]; for example --assets 100000.';

/** An invalid command line; the message is one sentence for people. */
export class SeedUsageError extends Error {
  override readonly name = 'SeedUsageError';
}

const whole = (option: string, least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .catch((context) => {
      throw new SeedUsageError(
        `--${option} takes a whole number from ${least} to ${most}, not “${context.value}”; ${SEED_USAGE}`,
      );
    });

const seedArguments = z.object({
  assets: whole('assets', 1, 10_000_000),
  projects: whole('projects', 1, 1000).default(4),
  'package-size': whole('package-size', 1, 1_000_000).optional(),
  seed: whole('seed', 0, 2 ** 32 - 1).default(1),
});

export interface SeedArguments {
  readonly assets: number;
  readonly projects: number;
  /** Approximate assets per package; null for the sizes of real deliveries. */
  readonly packageSize: number | null;
  readonly seed: number;
}

/** @throws SeedUsageError */
export function parseSeedArguments(argv: readonly string[]): SeedArguments {
  const { values } = flags(argv);
  if (values.assets === undefined) throw new SeedUsageError(`Set the number of assets with --assets; ${SEED_USAGE}`);
  const { assets, projects, 'package-size': packageSize = null, seed } = seedArguments.parse(values);
  return { assets, projects, packageSize, seed };
}

function flags(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...argv], options: { assets: text, projects: text, 'package-size': text, seed: text } });
  } catch (error) {
    // Keeps the first sentence of Node's message; the rest is about quoting.
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/, 1);
    throw new SeedUsageError(`${sentence.replace(/\.$/, '')}; ${SEED_USAGE}`, { cause: error });
  }
}
