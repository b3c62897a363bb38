/**
 * A list of at most so many elements, whose faults are few however many of them are wrong: three are named and the rest
 * are counted. A list that is too long is refused before any element is looked at.
 */
import { z } from 'zod';

/** Faults that are named one by one. */
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
        // Without the error that a parse makes for each: a hundred thousand of those take seconds.
        const run = element._zod.run({ value, issues: [] }, { async: false });
        if (run instanceof Promise) throw new TypeError('The elements of a bounded list are parsed at once.');
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

/** How many faults an issue stands for without naming them; 0 for one that is itself a fault. */
export function unnamedFaults(issue: z.core.$ZodIssue): number {
  const more: unknown = issue.code === 'custom' ? issue.params?.['more'] : undefined;
  return typeof more === 'number' ? more : 0;
}
