/** Text that a request searches for. */
import { z } from 'zod';

/** At most 200 characters without control characters: Postgres stores no NUL, and no name has a line break. */
export const oneLine = z
  .string()
  .max(200)
  .regex(/^\P{Cc}*$/u, 'search text must not contain control characters');
