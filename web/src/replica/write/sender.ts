/** Sends queued mutations to the server in order, in batches of bounded size. */
import { errorBody, type WireError } from '@ingesthub/schema/errors.ts';
import { MAX_REQUEST_MUTATIONS, mutationResponse } from '@ingesthub/schema/mutations.ts';
import type { PendingMutation } from '../model/outbox-rows.ts';
import type { Connection } from '../network/connection.ts';

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
  const answered = new Set<string>();
  /** Mutations from a refused request: each is sent by itself, so that only the one at fault is held up. */
  const alone = new Set<string>();
  let running = false;

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    let attempt = 0;
    while (!signal.aborted) {
      const batch = nextBatch(options.pending(), answered, alone);
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
      answered.add(result.id);
      alone.delete(result.id);
      if (result.status === 'rejected') errors.set(result.id, result.error);
    }
    if (errors.size > 0) await options.reject(errors);
    return mutations.every(({ id }) => answered.has(id)) ? 'answered' : 'failed';
  }

  async function refused(batch: readonly PendingMutation[], status: number, body: unknown) {
    const [only] = batch;
    if (only === undefined || batch.length > 1) {
      for (const { mutation } of batch) alone.add(mutation.id);
      return 'made smaller';
    }
    const { id } = only.mutation;
    if (status === TOO_LARGE && (await options.split(id))) return 'made smaller';
    const ours = errorBody.safeParse(body);
    if (ours.success) {
      await options.reject(new Map([[id, ours.data.error]]));
      alone.delete(id);
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
  answered: ReadonlySet<string>,
  alone: ReadonlySet<string>,
): PendingMutation[] {
  const batch: PendingMutation[] = [];
  let bytes = 0;
  let rows = 0;
  for (const one of pending) {
    const { id, args } = one.mutation;
    if (answered.has(id) || one.acknowledgedLsn !== null) continue;
    if (alone.has(id)) return batch.length === 0 ? [one] : batch;
    bytes += one.size;
    rows += args.ids.length;
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
