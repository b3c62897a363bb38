/** Describes an error in words for people. */
import { z } from 'zod';

/** @returns the error's message; for a ZodError its issues as sentences, because zod's own message is JSON. */
export function describeError(error: unknown): string {
  if (error instanceof z.ZodError) return [...new Set(error.issues.map(({ message }) => message))].join('; ');
  return error instanceof Error ? error.message : String(error);
}
