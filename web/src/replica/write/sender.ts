/** Sends queued mutations to the server, in their order, a bounded batch at a time. */
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
  /** Takes back what the server refused. */
  readonly reject: (errors: ReadonlyMap<string, WireError>) => Promise<void>;
  /** Puts two smaller mutations into the place of one. @returns false when it cannot be split. */
  readonly split: (id: string) => Promise<boolean>;
  readonly onProblem: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Bytes of arguments, and rows, that one request carries, unless a single mutation has more: nginx lets 1 MB through. */
const MAX_REQUEST_BYTES = 900_000;
const MAX_REQUEST_ROWS = 20_000;

/** The request itself is refused, whatever came before: if these are the server's words, they are its last. */
const REFUSED = new Set([400, 413, 415, 422]);
const TOO_LARGE = 413;

/**
 * Answered is not confirmed: a mutation leaves the outbox when it comes back through its shape. Until
 * then it is not sent again by this sender; one that starts after it sends it again, and the server
 * gives the same answer.
 *
 * Only an answer in the server's own form takes a mutation back. What stands between (a proxy with a limit of
 * its own, a sign-in page) may refuse a request too: the changes wait then.
 */
export function startSender(options: SenderOptions): Sender {
  const { connection, signal } = options;
  const answered = new Set<string>();
  /** Mutations of a request that was refused: each goes by itself, so that only the one to blame is held up. */
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
      // In its own words: it is there, and cannot take changes.
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

/** One sentence for people, of an answer that settles nothing. */
function describeAnswer(batch: readonly PendingMutation[], status: number, body: unknown): string {
  const ours = errorBody.safeParse(body);
  if (ours.success) return `The server does not take changes at present (${status}): ${ours.data.error.message}`;
  if (status === TOO_LARGE) {
    const kilobytes = Math.ceil(batch.reduce((sum, { size }) => sum + size, 0) / 1000);
    return `Something between this browser and the server refuses requests of ${kilobytes} kB, so changes wait: allow 16 MB there (nginx: client_max_body_size).`;
  }
  return `Something between this browser and the server answered ${status} to a change. It is kept, and sent again.`;
}
