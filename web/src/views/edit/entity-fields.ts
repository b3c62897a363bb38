/** Converts the text typed into a form to the values of a mutation, and finds their problems. */
import { tagName } from '@ingesthub/schema/mutations/mutations.ts';
import { unwrap } from 'solid-js/store';
import type { z } from 'zod';

/** Copies a row of a live query, which other users' changes update: edits are compared with the row as opened. */
export function asOpened<Row>(row: Row): Row {
  return structuredClone(unwrap(row));
}

/** Name and tags as a form holds them: the tags are separated by commas. */
export interface TypedNameAndTags {
  readonly name: string;
  readonly tags: string;
}

export function typedNameAndTags(
  former: { readonly name: string; readonly tags: readonly string[] } | null,
): TypedNameAndTags {
  return { name: former?.name ?? '', tags: former?.tags.join(', ') ?? '' };
}

export function nameAndTags({ name, tags }: TypedNameAndTags) {
  return { name: trimmedName(name), tags: splitTags(tags) };
}

export function trimmedName(text: string): string {
  return text.normalize('NFC').trim();
}

/** Trims text; returns null when nothing is left. */
export function textOrNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

/** Splits text at commas into tags, without duplicates. */
export function splitTags(text: string): string[] {
  const tags = text.split(',').map(trimmedName);
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

/** Describes the first invalid tag; null when all are valid. */
export function tagsProblem(text: string): string | null {
  for (const tag of splitTags(text)) {
    const problem = tagName.safeParse(tag).error?.issues[0]?.message;
    if (problem) return `“${tag}”: ${problem}`;
  }
  return null;
}

/** Returns the first problem of each field by the field's name, which is the last name in zod's path. */
export function fieldProblems(result: z.ZodSafeParseResult<unknown>): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const issue of result.error?.issues ?? []) {
    const field = String(issue.path.findLast((part) => typeof part === 'string') ?? '');
    if (!problems.has(field)) problems.set(field, issue.message);
  }
  return problems;
}

/** Returns the values that differ from the former ones; null when none does. */
export function changedFields<Values extends object>(values: Values, former: Values): Partial<Values> | null {
  const entries = Object.entries(values).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(former[field as keyof Values]),
  );
  return entries.length === 0 ? null : (Object.fromEntries(entries) as Partial<Values>);
}
