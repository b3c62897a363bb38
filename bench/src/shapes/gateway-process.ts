/** The gateway's compression in front of a shape server, forked by case-compression.ts. It ends with its parent. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { createCompressedShapes } from '@ingesthub/sync/src/compressed-shapes.ts';
import { createRemoteElectric } from '@ingesthub/sync/src/remote-electric.ts';
import { z } from 'zod';

export const gatewayOrder = z.object({
  /** Of the shape server. */
  origin: z.url(),
  /** For compressed answers. */
  folder: z.string(),
});

export const gatewayReport = z.object({ port: z.number() });

if (process.send) {
  process.once('message', (message) => {
    const { origin, folder } = gatewayOrder.parse(message);
    const source = createCompressedShapes(createRemoteElectric({ url: origin, secret: null }), {
      folder,
      log: (reason, error) => console.error(reason, error),
    });
    const server = serve({ fetch: (request) => source.fetch(request), hostname: '127.0.0.1', port: 0 }, (address) => {
      process.send?.({ port: (address as AddressInfo).port });
    });
    server.once('error', (error) => {
      throw error;
    });
  });
  process.once('disconnect', () => process.exit());
}
