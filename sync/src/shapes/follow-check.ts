/**
 * Checks that a shape source follows our database: a value written there has to come back through a shape. A healthy
 * source that follows another database with the same tables would pass every other check.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { z } from 'zod';

export interface FollowCheckOptions {
  readonly sql: Sql;
  /** Answers one request of the source's `/v1/shape`. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Milliseconds within which the change must come back. */
  readonly patienceMs?: number;
  /** Milliseconds for which a good outcome is valid. */
  readonly holdsMs?: number;
  /** Milliseconds for which a caller waits for the outcome. */
  readonly waitMs?: number;
}

const PATIENCE_MS = 15_000;
const HOLDS_MS = 30_000;
const WAIT_MS = 4_000;

const NOT_FOLLOWED =
  'Changes to the database in DATABASE_URL do not reach the remote Electric: it follows another database or is far behind.';
const UNKNOWN = 'It is not known yet whether the remote Electric follows the database in DATABASE_URL.';

/** @returns a function that checks when the last outcome has expired, and returns the problem in one sentence or null. */
export function createFollowCheck(options: FollowCheckOptions): () => Promise<string | null> {
  const { holdsMs = HOLDS_MS, waitMs = WAIT_MS } = options;
  let outcome: string | null = UNKNOWN;
  let at = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | null = null;
  let position: Position | null = null;

  async function check(): Promise<void> {
    try {
      position = await comesBack(options, position);
      outcome = null;
    } catch (error) {
      position = null;
      outcome = error instanceof Error ? error.message : String(error);
    }
    at = performance.now();
    running = null;
  }

  return async () => {
    if (outcome !== null || performance.now() - at > holdsMs) {
      running ??= check();
      const over = new AbortController();
      await Promise.race([running, delay(waitMs, undefined, { signal: over.signal }).catch(() => {})]);
      over.abort();
    }
    return outcome;
  };
}

interface Position {
  readonly handle: string;
  readonly offset: string;
}

/** @returns the shape's position afterwards. @throws Error with one sentence for people. */
async function comesBack({ sql, fetch, patienceMs = PATIENCE_MS }: FollowCheckOptions, known: Position | null) {
  const late = AbortSignal.timeout(patienceMs);
  let position = known;
  let token: string | null = null;
  for (;;) {
    const url = new URL('http://shapes.internal/v1/shape?table=follow_checks');
    if (position === null) url.searchParams.set('offset', 'now');
    else {
      for (const [name, value] of Object.entries(position)) url.searchParams.set(name, value);
      url.searchParams.set('live', 'true');
      if (token === null) {
        token = randomUUID();
        await sql`UPDATE follow_checks SET token = ${token}`;
      }
    }
    const { answer, text } = await ask(fetch, url, late);
    if (answer.status === 409) {
      // The token is written again, since the new shape may have begun after it.
      position = null;
      token = null;
      continue;
    }
    const [handle, offset] = ['electric-handle', 'electric-offset'].map((name) => answer.headers.get(name));
    if (answer.status !== 200 || !handle || !offset) throw new Error(problemIn(text));
    position = { handle, offset };
    if (token !== null && text.includes(token)) return position;
    if (late.aborted) throw new Error(NOT_FOLLOWED);
  }
}

async function ask(fetch: FollowCheckOptions['fetch'], url: URL, late: AbortSignal) {
  try {
    const answer = await fetch(new Request(url, { signal: late }));
    return { answer, text: await answer.text() };
  } catch (error) {
    throw late.aborted ? new Error(NOT_FOLLOWED, { cause: error }) : error;
  }
}

const refusal = z.object({ message: z.string() });

function problemIn(text: string): string {
  try {
    return refusal.parse(JSON.parse(text)).message;
  } catch {
    return 'The remote Electric has no shape of the table follow_checks: it follows another database.';
  }
}
