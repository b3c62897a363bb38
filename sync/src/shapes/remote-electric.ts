/** A remote Electric as a `ShapeSource`. Its secret never leaves this module. */
import type { Sql } from 'postgres';
import { z } from 'zod';
import { createFollowCheck } from './follow-check.ts';
import type { ShapeSource, ShapeSourceHealth } from './shape-source.ts';

export interface RemoteElectricOptions {
  /** Base URL of its `/v1/shape`: `http://electric:3000`. */
  readonly url: string;
  /** Null when Electric runs in insecure mode, without a secret. */
  readonly secret: string | null;
  /** Milliseconds until an answer must begin; Electric's long polls take 20 s. */
  readonly patienceMs?: number;
  /** The database that it must follow; without it, this is not checked. */
  readonly sql?: Sql | null;
}

/** Headers that belong to a connection, not to the answer. */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding']);
const PATIENCE_MS = 90_000;
const HEALTH_TIMEOUT_MS = 3_000;
/** Electric's shapes are processes of their own, and each answer takes its own connection. */
const SPREAD_MS = 5;

const electricHealth = z.object({ status: z.string() });

/**
 * Node's fetch opens a connection per concurrent request, so long polls do not wait for one another. It also decompresses
 * bodies, and abandons a body that makes no progress for five minutes.
 */
export function createRemoteElectric({
  url,
  secret,
  patienceMs = PATIENCE_MS,
  sql = null,
}: RemoteElectricOptions): ShapeSource {
  const base = url.replace(/\/+$/, '');
  const closing = new AbortController();
  const followProblem = sql ? createFollowCheck({ sql, fetch: answer }) : async () => null;

  async function answer(request: Request): Promise<Response> {
    const target = new URL(`${base}/v1/shape${new URL(request.url).search}`);
    if (secret !== null) target.searchParams.set('secret', secret);
    const known = request.headers.get('if-none-match');
    const late = new AbortController();
    const patience = setTimeout(() => late.abort(), patienceMs);
    try {
      const response = await fetch(target, {
        method: request.method,
        ...(known === null ? {} : { headers: { 'if-none-match': known } }),
        // A redirect target must not receive the secret.
        redirect: 'manual',
        signal: AbortSignal.any([request.signal, closing.signal, late.signal]),
      });
      return await forReader(response);
    } catch (error) {
      if (request.signal.aborted) throw error;
      return unavailable('The remote Electric does not answer.');
    } finally {
      clearTimeout(patience);
    }
  }

  /** Passes on Electric's own answers. Anything else, such as a proxy's error page, is replaced. */
  async function forReader(response: Response): Promise<Response> {
    const { status, body } = response;
    const headers = new Headers();
    for (const [name, value] of response.headers) {
      if (!OF_THE_CONNECTION.has(name) && !tellsSecret(value)) headers.set(name, value);
    }
    if (headers.has('content-encoding')) {
      // fetch has already decompressed the body.
      headers.delete('content-encoding');
      headers.delete('content-length');
    }
    if ((status === 200 || status === 304) && headers.has('electric-handle'))
      return new Response(body, { status, headers });
    if ((status === 400 || status === 409) && headers.get('content-type')?.startsWith('application/json')) {
      const text = await response.text();
      if (!tellsSecret(text)) return new Response(text, { status, headers });
    } else await body?.cancel();
    return unavailable(`The remote Electric ${problemOf(status)}.`);
  }

  function tellsSecret(text: string): boolean {
    if (secret === null || secret === '') return false;
    const inAddress = new URLSearchParams({ '': secret }).toString().slice(1);
    return [secret, inAddress, encodeURIComponent(secret)].some((spelling) => text.includes(spelling));
  }

  async function health(): Promise<ShapeSourceHealth> {
    try {
      const response = await fetch(`${base}/v1/health`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
      const { status } = electricHealth.parse(await response.json());
      if (status === 'active') {
        const problem = await followProblem();
        return { mode: 'remote', status: problem === null ? 'active' : 'down', problem };
      }
      return { mode: 'remote', status: 'starting', problem: `The remote Electric is ${status}.` };
    } catch {
      // Only the origin: the rest of the URL may contain a password.
      const problem = `The remote Electric at ${new URL(base).origin} does not answer.`;
      return { mode: 'remote', status: 'down', problem };
    }
  }

  function close(): Promise<void> {
    closing.abort();
    return Promise.resolve();
  }

  return { fetch: answer, health, close, spreadMs: SPREAD_MS };
}

function problemOf(status: number): string {
  if (status === 200) return 'is not an Electric: another service answers at ELECTRIC_URL';
  if (status === 401 || status === 403) return 'does not accept ELECTRIC_SECRET';
  if (status >= 300 && status < 400) return 'redirects: set ELECTRIC_URL to the target';
  return `answers with status ${status}`;
}

function unavailable(message: string): Response {
  return Response.json({ message }, { status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '5' } });
}
