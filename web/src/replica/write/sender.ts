/** Sends queued mutations to the server in order, in batches of bounded size. */

import { MAX_REQUEST_MUTATIONS, mutationResponse } from '@ingesthub/schema/mutations/mutations.ts';
import { errorBody, type WireError } from '@ingesthub/schema/values/errors.ts';
import type { PendingMutation } from '../model/outbox-rows.ts';
import { nextState } from '../model/state-table.ts';
import type { Connection } from '../network/connection.ts';
import { isToSend, type OutboxEvent, type OutboxState, outboxStates, storedState } from './outbox-states.ts';

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
  /** Rolls back mutations that the server rejected. */
  readonly reject: (errors: ReadonlyMap<string, WireError>) => Promise<void>;
  /** Replaces a mutation with two smaller ones. @returns false when it cannot be split. */
  readonly split: (id: string) => Promise<boolean>;
  readonly onProblem: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Limits of argument bytes and rows per request, unless a single mutation exceeds them: nginx allows 1 MB. */
const MAX_REQUEST_BYTES = 900_000;
const MAX_REQUEST_ROWS = 20_000;

/** Statuses that refuse the request itself: when they come from the server, sending it again would not help. */
const REFUSED = new Set([400, 413, 415, 422]);
const TOO_LARGE = 413;

/**
 * Starts sending. An answered mutation is not yet confirmed: it leaves the outbox when it comes back through its
 * shape. Until then this sender does not send it again. After a restart a new sender does, and the server
 * gives the same answer.
 *
 * Only an answer in the server's own form rejects a mutation. A proxy with a limit of its own or a sign-in page may
 * refuse a request too; the changes wait then.
 */
export function startSender(options: SenderOptions): Sender {
  const { connection, signal } = options;
  /** States that no row tells of: see outbox-states.ts. */
  const states = new Map<string, OutboxState>();
  let running = false;

  function stateOf(one: PendingMutation): OutboxState {
    const stored = storedState(one);
    return stored === 'queued' ? (states.get(one.mutation.id) ?? stored) : stored;
  }

  function move(id: string, event: OutboxEvent): void {
    states.set(id, nextState(outboxStates, states.get(id) ?? 'queued', event));
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    let attempt = 0;
    while (!signal.aborted) {
      const batch = nextBatch(options.pending(), stateOf);
      if (batch.length === 0) break;
      const outcome = await send(batch).catch((error: unknown) => {
        options.onProblem(error);
        return 'failed' as const;
      });
      if (outcome === 'answered') attempt = 0;
      else if (outcome === 'failed') await connection.beforeRetry(attempt++, signal);
    }
    running = false;
  }

  async function send(batch: readonly PendingMutation[]): Promise<'answered' | 'made smaller' | 'failed'> {
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
      // An error in the server's own form shows that the server is there but cannot accept changes.
      connection.answered(errorBody.safeParse(body).success ? 200 : response.status);
    } catch {
      connection.failed();
      return 'failed';
    }
    const { status } = response;
    if (REFUSED.has(status)) return refused(batch, status, body);
    const answer = mutationResponse.safeParse(body);
    if (!response.ok || !answer.success) {
      options.onProblem(new Error(describeAnswer(batch, status, body)));
      return 'failed';
    }
    const errors = new Map<string, WireError>();
    for (const result of answer.data.results) {
      move(result.id, result.status === 'rejected' ? 'rejected' : 'answered');
      if (result.status === 'rejected') errors.set(result.id, result.error);
    }
    if (errors.size > 0) await options.reject(errors);
    return batch.some((one) => isToSend(stateOf(one))) ? 'failed' : 'answered';
  }

  async function refused(batch: readonly PendingMutation[], status: number, body: unknown) {
    const [only] = batch;
    if (only === undefined || batch.length > 1) {
      for (const { mutation } of batch) move(mutation.id, 'requestRejected');
      return 'made smaller';
    }
    const { id } = only.mutation;
    if (status === TOO_LARGE && (await options.split(id))) return 'made smaller';
    const ours = errorBody.safeParse(body);
    if (ours.success) {
      await options.reject(new Map([[id, ours.data.error]]));
      move(id, 'rejected');
      return 'answered';
    }
    options.onProblem(new Error(describeAnswer(batch, status, body)));
    return 'failed';
  }

  return {
    wake() {
      void run();
    },
  };
}

function nextBatch(
  pending: readonly PendingMutation[],
  stateOf: (one: PendingMutation) => OutboxState,
): PendingMutation[] {
  const batch: PendingMutation[] = [];
  let bytes = 0;
  let rows = 0;
  for (const one of pending) {
    const state = stateOf(one);
    if (!isToSend(state)) continue;
    if (state === 'alone') return batch.length === 0 ? [one] : batch;
    bytes += one.size;
    rows += one.mutation.args.ids.length;
    const full = bytes > MAX_REQUEST_BYTES || rows > MAX_REQUEST_ROWS;
    if (batch.length === MAX_REQUEST_MUTATIONS || (batch.length > 0 && full)) break;
    batch.push(one);
  }
  return batch;
}

/** Describes an answer that settles nothing, in one sentence for people. */
function describeAnswer(batch: readonly PendingMutation[], status: number, body: unknown): string {
  const ours = errorBody.safeParse(body);
  if (ours.success) return `The server cannot accept changes right now (${status}): ${ours.data.error.message}`;
  if (status === TOO_LARGE) {
    const kilobytes = Math.ceil(batch.reduce((sum, { size }) => sum + size, 0) / 1000);
    return `Something between this browser and the server refuses requests of ${kilobytes} kB, so changes are waiting. Raise its limit to 16 MB (nginx: client_max_body_size).`;
  }
  return `Something between this browser and the server answered a change with status ${status}. The change is kept and will be sent again.`;
}
