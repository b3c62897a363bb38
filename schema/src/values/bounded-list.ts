/**
 * A zod list with a maximum length that reports only a few faults, however many elements are invalid: three are named
 * and the rest are counted. A list that is too long is rejected before any element is parsed.
 */
import { z } from 'zod';

/** Maximum number of faults named individually. */
export const NAMED_FAULTS = 3;

export function boundedList<Element extends z.ZodType>(
  element: Element,
  { min = 0, max }: { min?: number; max: number },
) {
  return z
    .array(z.unknown())
    .min(min)
    .max(max)
    .transform((values, context): z.output<Element>[] => {
      const parsed: z.output<Element>[] = [];
      let faults = 0;
      for (const [place, value] of values.entries()) {
        // `safeParse` would create an error object per fault; a hundred thousand of those take seconds.
        const run = element._zod.run({ value, issues: [] }, { async: false });
        if (run instanceof Promise) throw new TypeError('A bounded list cannot parse its elements asynchronously.');
        if (run.issues.length === 0) parsed.push(run.value as z.output<Element>);
        else if (++faults <= NAMED_FAULTS) {
          const fault = element.safeParse(value).error?.issues[0];
          context.addIssue({
            code: 'custom',
            message: fault?.message ?? 'Invalid',
            path: [place, ...(fault?.path ?? [])],
          });
        }
      }
      const more = faults - NAMED_FAULTS;
      if (more > 0) context.addIssue({ code: 'custom', message: `and ${more} more`, params: { more } });
      return parsed;
    });
}

/** Returns the number of unnamed faults that an issue summarizes; 0 for an issue that is a fault itself. */
export function unnamedFaults(issue: z.core.$ZodIssue): number {
  const more: unknown = issue.code === 'custom' ? issue.params?.['more'] : undefined;
  return typeof more === 'number' ? more : 0;
}
