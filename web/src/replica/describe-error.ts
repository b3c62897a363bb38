/** Words an error for people. */
import { z } from 'zod';

/** @returns sentences; of what does not parse, what is wrong with it: zod's own message is JSON. */
export function describeError(error: unknown): string {
  if (error instanceof z.ZodError) return [...new Set(error.issues.map(({ message }) => message))].join('; ');
  return error instanceof Error ? error.message : String(error);
}
