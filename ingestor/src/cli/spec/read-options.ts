import type { z } from 'zod';
import type { GivenOptions } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/** Parses the typed options with the command's schema. @throws UsageError that names the option. */
export function readOptions<Schema extends z.ZodType>(schema: Schema, given: GivenOptions): z.infer<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`--${String(issue?.path[0])} is not valid: ${issue?.message}.`);
}
