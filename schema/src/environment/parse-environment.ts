import type { z } from 'zod';

/** An unusable setting; the message names it in one sentence for people. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Parses a process's environment; an empty variable counts as unset.
 *
 * @throws EnvironmentError
 */
export function parseEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.path.join('.') || 'The environment';
  throw new EnvironmentError(`${name} is not usable: ${issue?.message}.`, { cause: parsed.error });
}
