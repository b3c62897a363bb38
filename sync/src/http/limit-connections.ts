/** Ends connections that hold a place without using it: slow senders, readers that do not read, and any beyond the limit. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  readonly connections: number;
  /** Milliseconds to receive a request's headers. */
  readonly headersMs: number;
  /** Milliseconds to receive a whole request, including its body. */
  readonly requestMs: number;
  /** Milliseconds within which a reader must take some of its waiting bytes. */
  readonly readMs: number;
  /** Fewest bytes that count as progress in that time. */
  readonly readBytes: number;
}

const CONNECTION_LIMITS: ConnectionLimits = {
  connections: 2_000,
  headersMs: 15_000,
  requestMs: 60_000,
  readMs: 60_000,
  readBytes: 16 * 1024,
};

interface Progress {
  since: number;
  taken: number;
}

/** Applies the limits; call before the server listens. */
export function limitConnections(server: Server, limits: ConnectionLimits = CONNECTION_LIMITS): void {
  server.maxConnections = limits.connections;
  server.headersTimeout = limits.headersMs;
  server.requestTimeout = limits.requestMs;

  const sockets = new Map<Socket, Progress>();
  server.on('connection', (socket) => {
    sockets.set(socket, { since: Date.now(), taken: 0 });
    socket.once('close', () => sockets.delete(socket));
  });
  const look = setInterval(() => {
    const now = Date.now();
    for (const [socket, progress] of sockets) {
      // `bytesWritten` counts a large piece whole, so subtract the part that the system has not taken yet.
      const taken = socket.bytesWritten - socket.writableLength - queued(socket);
      if (socket.writableLength === 0 || Math.abs(taken - progress.taken) >= limits.readBytes) {
        progress.since = now;
        progress.taken = taken;
      } else if (now - progress.since >= limits.readMs) {
        // An orderly end would queue behind the unread bytes, which the system would keep.
        socket.resetAndDestroy();
      }
    }
  }, limits.readMs / 6);
  look.unref();
  server.once('close', () => clearInterval(look));
}

/** Returns the bytes of the current piece that the system has not taken yet. Node has no public API for this. */
function queued(socket: Socket): number {
  const { _handle: handle } = socket as { readonly _handle?: { readonly writeQueueSize?: number } | null };
  return handle?.writeQueueSize ?? 0;
}

/** Server options: how often Node checks for slow requests. */
export function checkingInterval(limits: ConnectionLimits = CONNECTION_LIMITS): {
  connectionsCheckingInterval: number;
} {
  return { connectionsCheckingInterval: Math.min(limits.headersMs, limits.requestMs) / 4 };
}
