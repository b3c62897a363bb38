/** Describes what is wrong with an input, in a text of bounded length however many faults there are. */
import { NAMED_FAULTS, unnamedFaults } from '@ingesthub/schema/values/bounded-list.ts';
import { z } from 'zod';

/** Characters of a rejection, which is stored and sent to every replica of its client. */
const LONGEST_REFUSAL = 1_000;

export function describeIssues({ issues }: z.ZodError): string {
  const faults = issues.filter((issue) => unnamedFaults(issue) === 0);
  const named = faults.slice(0, NAMED_FAULTS);
  const unnamed = issues.reduce((sum, issue) => sum + unnamedFaults(issue), faults.length - named.length);
  const text = z.prettifyError(new z.ZodError(named));
  return shortened(
    unnamed > 0 ? `${shortened(text, LONGEST_REFUSAL - 50)}\n… and ${unnamed.toLocaleString('en')} more` : text,
  );
}

/** Returns the text, cut to `length` characters. */
export function shortened(text: string, length = LONGEST_REFUSAL): string {
  // Never cut a surrogate pair in two.
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
