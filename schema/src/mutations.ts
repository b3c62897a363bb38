/**
 * The writes that a client may send: arguments first as zod, then the request and the answer of
 * `POST /api/mutations`. What each does to the rows is in `mutators.ts`, the same for both sides.
 */
import { z } from 'zod';
import { wireError } from './errors.ts';
import { reviewStatus } from './vocabulary.ts';

/** Assets that one mutation may name. */
export const MAX_MUTATION_IDS = 100_000;
/** Mutations that one request may carry. */
export const MAX_REQUEST_MUTATIONS = 100;

/** Composed (NFC), no white space around it, no control characters, 1 to 64 characters. */
export const tagName = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'a tag has at least one character')
      .max(64, 'a tag has at most 64 characters')
      .regex(/^\P{Cc}*$/u, 'a tag has no control characters'),
  );

const assetIds = z.array(z.uuid()).min(1).max(MAX_MUTATION_IDS);
const tagNames = z.array(tagName).max(50);

export const mutationArgs = {
  /** Adds and removes tags; sets merge, so concurrent changes of other tags stay. */
  'assets.tag': z
    .object({ ids: assetIds, add: tagNames, remove: tagNames })
    .refine((args) => args.add.length + args.remove.length > 0, 'nothing to add or remove')
    .refine((args) => !args.add.some((tag) => args.remove.includes(tag)), 'a tag is both added and removed'),
  /** Sets the review status; the last one in server order stands. */
  'assets.review': z.object({ ids: assetIds, review_status: reviewStatus }),
} as const;

export type MutationName = keyof typeof mutationArgs;
export type MutationArgs<Name extends MutationName> = z.infer<(typeof mutationArgs)[Name]>;

export function isMutationName(name: string): name is MutationName {
  return Object.hasOwn(mutationArgs, name);
}

/** A mutation with its arguments checked. */
export type Mutation = { [Name in MutationName]: { id: string; name: Name; args: MutationArgs<Name> } }[MutationName];

export const mutationRequest = z.object({
  /** The browser's replica; made once, when the replica is. */
  client: z.uuid(),
  /** In the order in which they were made. Name and arguments are checked one by one, so that one bad mutation does not refuse the rest. */
  mutations: z
    .array(z.object({ id: z.uuid(), name: z.string().max(100), args: z.unknown() }))
    .min(1)
    .max(MAX_REQUEST_MUTATIONS),
});
export type MutationRequest = z.infer<typeof mutationRequest>;

export const mutationResult = z.discriminatedUnion('status', [
  z.object({ id: z.uuid(), status: z.literal('applied') }),
  z.object({ id: z.uuid(), status: z.literal('rejected'), error: wireError }),
]);
export type MutationResult = z.infer<typeof mutationResult>;

export const mutationResponse = z.object({ results: z.array(mutationResult) });
