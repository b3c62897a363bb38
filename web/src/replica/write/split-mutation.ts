/** Splits a mutation that is too large for one request. */
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import { v7 as uuid } from 'uuid';

/**
 * The most argument bytes of one queued mutation: ten thousand ids. Two such mutations fit into a request that
 * passes a proxy with nginx's default limit of 1 MB.
 */
const MAX_ARGS_BYTES = 400_000;

/** The bytes of an id as JSON, with its comma. */
const ID_BYTES = 39;

/**
 * Splits a mutation into parts that each name a share of its ids, in order; a mutation that is small enough, or
 * cannot be split, stays whole. The first part keeps the id, which identifies the whole.
 *
 * @param maxBytes the most bytes of one part's arguments as JSON.
 */
export function splitMutation(mutation: Mutation, maxBytes = MAX_ARGS_BYTES): Mutation[] {
  if (!isSplittable(mutation)) return [mutation];
  const { ids } = mutation.args;
  const bytes = argsBytes(JSON.stringify(mutation.args));
  if (bytes <= maxBytes) return [mutation];
  const otherBytes = bytes - ids.length * ID_BYTES;
  const room = Math.max(1, Math.floor((maxBytes - otherBytes) / ID_BYTES));
  return partsOf(mutation, Math.ceil(ids.length / room));
}

/** Splits a mutation into two parts; null when it cannot be split. */
export function halveMutation(mutation: Mutation): readonly [Mutation, Mutation] | null {
  if (!isSplittable(mutation)) return null;
  const [first, second] = partsOf(mutation, 2);
  return first && second ? [first, second] : null;
}

/** Counts the bytes of arguments in JSON. */
export function argsBytes(json: string): number {
  return new TextEncoder().encode(json).length;
}

function isSplittable({ name, args }: Mutation): boolean {
  return args.ids.length > 1 && !mutatorOf(name).creates;
}

function partsOf(mutation: Mutation, count: number): Mutation[] {
  const { ids } = mutation.args;
  const each = Math.ceil(ids.length / count);
  return Array.from({ length: Math.ceil(ids.length / each) }, (_, index) => {
    const args = { ...mutation.args, ids: ids.slice(index * each, (index + 1) * each) };
    return { ...mutation, id: index === 0 ? mutation.id : uuid(), args } as Mutation;
  });
}
