/** Sends queued mutations to the server, in their order, a bounded batch at a time. */
import { errorBody, type WireError } from '@ingesthub/schema/errors.ts';
import { MAX_REQUEST_MUTATIONS, mutationResponse } from '@ingesthub/schema/mutations.ts';
import type { Connection } from '../replica/connection.ts';
import type { PendingMutation } from './outbox-rows.ts';

export interface Sender {
  /** There may be something to send. */
  wake(): void;
}

export interface SenderOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly client: string;
  readonly fetch: typeof fetch;
  readonly connection: Connection;
  readonly pending: () => readonly PendingMutation[];
  /** Takes back what the server refused. */
  readonly reject: (errors: ReadonlyMap<string, WireError>) => Promise<void>;
  readonly onProblem: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Characters of arguments, and rows, that one request carries, unless a single mutation has more. */
const MAX_REQUEST_LENGTH = 1_000_000;
const MAX_REQUEST_ROWS = 20_000;

/** The request itself is refused, whatever came before: sent again it would be refused again. */
const REFUSED = new Set([400, 413, 415, 422]);

/**
 * Answered is not confirmed: a mutation leaves the outbox when it comes back through its shape. Until
 * then it is not sent again by this sender; one that starts after it sends it again, and the server
 * gives the same answer.
 */
export function startSender(options: SenderOptions): Sender {
  const { connection, signal } = options;
  const answered = new Set<string>();
  let running = false;

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    let attempt = 0;
    let limit = MAX_REQUEST_MUTATIONS;
    while (!signal.aborted) {
      const batch = nextBatch(options.pending(), answered, limit);
      if (batch.length === 0) break;
      const outcome = await send(batch).catch((error: unknown) => {
        options.onProblem(error);
        return 'failed' as const;
      });
      if (outcome === 'refused' && batch.length > 1) limit = 1;
      else if (outcome === 'answered') {
        attempt = 0;
        limit = MAX_REQUEST_MUTATIONS;
      } else if (outcome === 'failed') await connection.beforeRetry(attempt++, signal);
    }
    running = false;
  }

  async function send(batch: readonly PendingMutation[]): Promise<'answered' | 'refused' | 'failed'> {
    const mutations = batch.map(({ mutation }) => mutation);
    const { fetch } = options;
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(`${options.server}/api/mutations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client: options.client, mutations }),
        signal,
      });
      body = await response.json().catch(() => null);
      connection.answered(response.status);
    } catch {
      connection.failed();
      return 'failed';
    }
    if (REFUSED.has(response.status)) {
      const [only] = mutations;
      if (mutations.length > 1 || only === undefined) return 'refused';
      await options.reject(new Map([[only.id, refusal(response.status, body)]]));
      return 'answered';
    }
    if (!response.ok) {
      const { message } = refusal(response.status, body);
      options.onProblem(new Error(`The server does not take changes at present (${response.status}): ${message}`));
      return 'failed';
    }
    const { results } = mutationResponse.parse(body);
    const errors = new Map<string, WireError>();
    for (const result of results) {
      answered.add(result.id);
      if (result.status === 'rejected') errors.set(result.id, result.error);
    }
    if (errors.size > 0) await options.reject(errors);
    return mutations.every(({ id }) => answered.has(id)) ? 'answered' : 'failed';
  }

  return {
    wake() {
      void run();
    },
  };
}

function nextBatch(
  pending: readonly PendingMutation[],
  answered: ReadonlySet<string>,
  limit: number,
): PendingMutation[] {
  const batch: PendingMutation[] = [];
  let length = 0;
  let rows = 0;
  for (const one of pending) {
    if (answered.has(one.mutation.id) || one.acknowledgedLsn !== null) continue;
    length += one.size;
    rows += one.mutation.args.ids.length;
    const full = length > MAX_REQUEST_LENGTH || rows > MAX_REQUEST_ROWS;
    if (batch.length === limit || (batch.length > 0 && full)) break;
    batch.push(one);
  }
  return batch;
}

function refusal(status: number, body: unknown): WireError {
  const parsed = errorBody.safeParse(body);
  if (parsed.success) return parsed.data.error;
  return { code: status === 413 ? 'too_large' : 'invalid_arguments', message: `The server answered ${status}.` };
}
