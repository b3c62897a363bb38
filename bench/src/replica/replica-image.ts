/** Helpers for the prepared replica that the server keeps for new browsers. */
import { Agent } from 'node:http';
import { waitFor } from '@ingesthub/e2e/wait-for.ts';
import { drain, httpGet } from '../measure/http-get.ts';
import type { Visitor } from './visitor.ts';

/** The path at which browsers request the image. */
export const IMAGE_PATH = '/api/replica-image';
/** Milliseconds to wait for any image, plus for each asset in it. */
const PATIENCE_MS = { image: 120_000, asset: 0.5 } as const;

/** Notes the requested image address, including the version this build needs; null until the first request. */
export function noteImageAddress(visitor: Visitor): () => URL | null {
  let address: URL | null = null;
  visitor.context.on('request', (request) => {
    if (new URL(request.url()).pathname === IMAGE_PATH) address = new URL(request.url());
  });
  return () => address;
}

/**
 * Waits until the server has an image with every change committed by `since`.
 *
 * @throws Error when the wait times out.
 */
export async function imageIsReady(address: URL, since: Date, assets: number): Promise<void> {
  await waitFor(
    'the server has an image of the library',
    async () => {
      const response = await fetch(address);
      await response.body?.cancel();
      const built = Date.parse(response.headers.get('last-modified') ?? '');
      return response.ok && built >= Math.floor(since.getTime() / 1000) * 1000;
    },
    PATIENCE_MS.image + PATIENCE_MS.asset * assets,
  );
}

/** @returns bytes on the wire. */
export async function imageBytes(address: URL, encoding: 'identity' | 'gzip' | 'zstd'): Promise<number> {
  const agent = new Agent();
  let bytes = 0;
  try {
    await drain(await httpGet(address, { agent, encoding }), (chunk) => {
      bytes += chunk.length;
    });
    return bytes;
  } finally {
    agent.destroy();
  }
}
