/** Checks an untrusted body of `POST /api/mutations` of any size. Pure, so that it can run in another process. */

import {
  isMutationName,
  MAX_MUTATION_IDS,
  type Mutation,
  mutationArgs,
  mutationRequest,
} from '@ingesthub/schema/mutations/mutations.ts';
import type { ErrorCode, WireError } from '@ingesthub/schema/values/errors.ts';
import { describeIssues } from '../http/describe-issues.ts';

interface RefusedMutation {
  readonly id: string;
  readonly name: string;
  readonly refused: WireError;
}

export type CheckedMutation = Mutation | RefusedMutation;

export type CheckedRequest =
  | { readonly client: string; readonly mutations: readonly CheckedMutation[] }
  | { readonly status: 400 | 413; readonly code: ErrorCode; readonly message: string };

export function checkRequest(bytes: Uint8Array): CheckedRequest {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // The schema reports what is missing.
  }
  const body = mutationRequest.safeParse(json);
  if (!body.success) return { status: 400, code: 'invalid_arguments', message: describeIssues(body.error) };
  const mutations = body.data.mutations.map(checkMutation);
  const ids = mutations.reduce((sum, one) => sum + ('args' in one ? one.args.ids.length : 0), 0);
  if (ids > MAX_MUTATION_IDS) {
    const message = `The request names over ${MAX_MUTATION_IDS.toLocaleString('en')} rows; send fewer mutations at once.`;
    return { status: 413, code: 'too_large', message };
  }
  return { client: body.data.client, mutations };
}

export function checkMutation({ id, name, args }: { id: string; name: string; args?: unknown }): CheckedMutation {
  if (!isMutationName(name))
    return { id, name, refused: { code: 'unknown_mutation', message: `Unknown mutation “${name}”.` } };
  const parsed = mutationArgs[name].safeParse(args);
  return parsed.success
    ? ({ id, name, args: parsed.data } as Mutation)
    : { id, name, refused: { code: 'invalid_arguments', message: describeIssues(parsed.error) } };
}
