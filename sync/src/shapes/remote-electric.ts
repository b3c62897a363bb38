/** A remote Electric as `ShapeSource`. Its secret goes no further than here. */
import type { Sql } from 'postgres';
import { z } from 'zod';
import { createFollowCheck } from './follow-check.ts';
import type { ShapeSource, ShapeSourceHealth } from './shape-source.ts';

export interface RemoteElectricOptions {
  /** Where its `/v1/shape` is: `http://electric:3000`. */
  readonly url: string;
  /** null when it runs insecurely, without one. */
  readonly secret: string | null;
  /** How long an answer may take to begin; Electric's long polls take 20 s. */
  readonly patienceMs?: number;
  /** The database that it has to follow; null or left out: that is not looked at. */
  readonly sql?: Sql | null;
}

/** Not of the answer: our own connection has its own. */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding']);
const PATIENCE_MS = 90_000;
const HEALTH_TIMEOUT_MS = 3_000;

const electricHealth = z.object({ status: z.string() });

/**
 * Node's fetch opens a connection for each request under way, so long polls do not wait for one another. It undoes
 * compression on the way, and gives up a body that stands still for five minutes.
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
        // Whoever is at the other end has no business with the secret.
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

  /** What Electric says to readers. Anything else, a proxy's error page for one, stays here. */
  async function forReader(response: Response): Promise<Response> {
    const { status, body } = response;
    const headers = new Headers();
    for (const [name, value] of response.headers) {
      if (!OF_THE_CONNECTION.has(name) && !tellsSecret(value)) headers.set(name, value);
    }
    if (headers.has('content-encoding')) {
      // fetch has undone it.
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
      // The origin alone: an address may have a password in it.
      const problem = `The remote Electric at ${new URL(base).origin} does not answer.`;
      return { mode: 'remote', status: 'down', problem };
    }
  }

  function close(): Promise<void> {
    closing.abort();
    return Promise.resolve();
  }

  return { fetch: answer, health, close };
}

function problemOf(status: number): string {
  if (status === 200) return 'is none: what answers at ELECTRIC_URL is something else';
  if (status === 401 || status === 403) return 'does not accept ELECTRIC_SECRET';
  if (status >= 300 && status < 400) return 'redirects: set ELECTRIC_URL to where it does';
  return `answers with status ${status}`;
}

function unavailable(message: string): Response {
  return Response.json({ message }, { status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '5' } });
}
