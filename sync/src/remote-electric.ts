/** A remote Electric as `ShapeSource`. Its secret goes no further than here. */
import { z } from 'zod';
import type { ShapeSource, ShapeSourceHealth } from './shape-source.ts';

export interface RemoteElectricOptions {
  /** Where its `/v1/shape` is: `http://electric:3000`. */
  readonly url: string;
  /** null when it runs insecurely, without one. */
  readonly secret: string | null;
}

const HEALTH_TIMEOUT_MS = 3_000;

const electricHealth = z.object({ status: z.string() });

export function createRemoteElectric({ url, secret }: RemoteElectricOptions): ShapeSource {
  const base = url.replace(/\/+$/, '');

  async function answer(request: Request): Promise<Response> {
    const target = new URL(`${base}/v1/shape${new URL(request.url).search}`);
    if (secret !== null) target.searchParams.set('secret', secret);
    const known = request.headers.get('if-none-match');
    try {
      const response = await fetch(target, {
        method: request.method,
        ...(known === null ? {} : { headers: { 'if-none-match': known } }),
        signal: request.signal,
      });
      if (response.status === 401 || response.status === 403) {
        await response.body?.cancel();
        return unavailable('The remote Electric does not accept ELECTRIC_SECRET.');
      }
      const headers = new Headers(response.headers);
      // The body comes out of fetch decoded.
      headers.delete('content-encoding');
      headers.delete('content-length');
      return new Response(response.body, { status: response.status, headers });
    } catch (error) {
      if (request.signal.aborted) throw error;
      return unavailable('The remote Electric does not answer.');
    }
  }

  async function health(): Promise<ShapeSourceHealth> {
    try {
      const response = await fetch(`${base}/v1/health`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
      const { status } = electricHealth.parse(await response.json());
      if (status === 'active') return { mode: 'remote', status: 'active', problem: null };
      return { mode: 'remote', status: 'starting', problem: `The remote Electric is ${status}.` };
    } catch {
      return { mode: 'remote', status: 'down', problem: `The remote Electric at ${base} does not answer.` };
    }
  }

  return { fetch: answer, health, close: () => Promise.resolve() };
}

function unavailable(message: string): Response {
  return Response.json({ message }, { status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '5' } });
}
