/** The tags that a person has bound to the keys 1 to 9, for each project and on this device. */
import { z } from 'zod';
import { createPreference } from '../../../preferences/create-preference.ts';

export const tagDigits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
export type TagDigit = (typeof tagDigits)[number];
export type TagKeys = Readonly<Partial<Record<TagDigit, string>>>;

const bindings = z.record(z.string(), z.partialRecord(z.enum(tagDigits), z.string()));
const [bound, bind] = createPreference<Readonly<Record<string, TagKeys>>>('tag-keys', bindings, {});

export function tagKeysOf(projectId: string): TagKeys {
  return bound()[projectId] ?? {};
}

/** Replaces a project's bindings. */
export function bindTags(projectId: string, keys: TagKeys): void {
  bind({ ...bound(), [projectId]: keys });
}

/** Returns the keys of those tags that have one: '1 3'. */
export function keysOfTags(keys: TagKeys, tags: readonly string[]): string {
  return tagDigits.filter((digit) => keys[digit] !== undefined && tags.includes(keys[digit])).join(' ');
}
