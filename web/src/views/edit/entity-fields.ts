/** What is typed into a form -> what a mutation sets, and what is wrong with it. */
import { tagName } from '@ingesthub/schema/mutations.ts';
import { unwrap } from 'solid-js/store';
import type { z } from 'zod';

/** The row as it is now: one of a live query becomes what somebody else makes of it, and is then no measure of what was typed. */
export function asOpened<Row>(row: Row): Row {
  return structuredClone(unwrap(row));
}

/** Null: nothing was typed. */
export function textOrNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

/** Commas part tags; each once. */
export function splitTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.normalize('NFC').trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

/** Null: nothing is wrong. */
export function tagsProblem(text: string): string | null {
  for (const tag of splitTags(text)) {
    const problem = tagName.safeParse(tag).error?.issues[0]?.message;
    if (problem) return `“${tag}”: ${problem}`;
  }
  return null;
}

/** The first problem of each field, by the field's name: zod's paths end with it. */
export function fieldProblems(result: z.ZodSafeParseResult<unknown>): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const issue of result.error?.issues ?? []) {
    const field = String(issue.path.findLast((part) => typeof part === 'string') ?? '');
    if (!problems.has(field)) problems.set(field, issue.message);
  }
  return problems;
}

/** Those of the values that differ from what they were; null: none does. */
export function changedFields<Values extends object>(values: Values, former: Values): Partial<Values> | null {
  const entries = Object.entries(values).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(former[field as keyof Values]),
  );
  return entries.length === 0 ? null : (Object.fromEntries(entries) as Partial<Values>);
}
