/** Ends connections that take a place and do nothing with it: slow senders, readers that do not read, and too many of them. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  readonly connections: number;
  /** Milliseconds for a request's headers. */
  readonly headersMs: number;
  /** Milliseconds for a whole request, its body too. */
  readonly requestMs: number;
  /** Milliseconds in which a reader for whom bytes wait must take some. */
  readonly readMs: number;
  /** The fewest bytes that it must take in that time. */
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

/** Call it before the server listens. */
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
      // A large piece counts as unwritten until all of it is: of that one, what the system has taken.
      const taken = socket.bytesWritten - socket.writableLength - queued(socket);
      if (socket.writableLength === 0 || Math.abs(taken - progress.taken) >= limits.readBytes) {
        progress.since = now;
        progress.taken = taken;
      } else if (now - progress.since >= limits.readMs) {
        // An orderly end would come after the bytes that are not read, which the system would keep for it.
        socket.resetAndDestroy();
      }
    }
  }, limits.readMs / 6);
  look.unref();
  server.once('close', () => clearInterval(look));
}

/** Bytes of the piece being written that the system has not taken. Node has no public word for it. */
function queued(socket: Socket): number {
  const { _handle: handle } = socket as { readonly _handle?: { readonly writeQueueSize?: number } | null };
  return handle?.writeQueueSize ?? 0;
}

/** Options for the making of a server: how often it looks for slow requests. */
export function checkingInterval(limits: ConnectionLimits = CONNECTION_LIMITS): {
  connectionsCheckingInterval: number;
} {
  return { connectionsCheckingInterval: Math.min(limits.headersMs, limits.requestMs) / 4 };
}
