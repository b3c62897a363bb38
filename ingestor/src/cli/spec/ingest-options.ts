/** Validates the options of `ihub ingest`, and selects those that a run keeps. */

import { proxyHeight, type RunOptions } from '@ingesthub/schema/library/run-options.ts';
import { packageType } from '@ingesthub/schema/library/vocabulary.ts';
import { tagName } from '@ingesthub/schema/mutations/mutations.ts';
import { z } from 'zod';
import type { GivenOptions } from './arguments.ts';
import { readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

/** One line of 1 to 200 characters. */
export const nameOption = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'it is empty')
      .max(200, 'it is longer than 200 characters')
      .regex(/^\P{Cc}*$/u, 'it has control characters'),
  );

const schema = z.object({
  project: nameOption,
  subject: nameOption.optional(),
  package: nameOption.optional(),
  type: packageType.optional(),
  tags: z
    .string()
    .transform((text) => text.split(',').filter((tag) => tag.trim() !== ''))
    .pipe(z.array(tagName))
    .default([]),
  description: z.string().max(20_000, 'it is longer than 20,000 characters').optional(),
  'dry-run': z.boolean().default(false),
  'skip-proxies': z.boolean().optional(),
  'proxy-height': z
    .string()
    .regex(/^\d{1,6}$/, 'it must be a number of lines, such as 720')
    .transform(Number)
    .pipe(proxyHeight)
    .optional(),
  force: z.boolean().optional(),
  'skip-links': z.boolean().optional(),
  yes: z.boolean().default(false),
  'no-wait': z.boolean().default(false),
});
export type IngestOptions = z.infer<typeof schema>;

/** @throws UsageError */
export function readIngestOptions(given: GivenOptions): IngestOptions {
  if (given['project'] === undefined) throw new UsageError('ingest needs a project: --project NAME.');
  return readOptions(schema, given);
}

/** Returns only the options that were given: an absent option means the default. */
export function runOptionsOf(options: IngestOptions, type: RunOptions['type']): RunOptions {
  const { subject, force } = options;
  return {
    ...(type === undefined ? {} : { type }),
    ...(subject === undefined ? {} : { subject }),
    ...(options['skip-proxies'] ? { skip_proxies: true } : {}),
    ...(options['proxy-height'] === undefined ? {} : { proxy_height: options['proxy-height'] }),
    ...(force ? { force } : {}),
    ...(options['skip-links'] ? { skip_links: true } : {}),
  };
}
