/**
 * Source of shapes: the embedded engine in this process, or a remote Electric. All callers speak Electric's HTTP protocol
 * to either, so no other code depends on which it is.
 */
export interface ShapeSource {
  /**
   * Answers one request of Electric's `/v1/shape`, whose URL carries table, columns, where, params and the protocol's
   * parameters. The request's signal ends a long poll.
   */
  fetch(request: Request): Promise<Response>;

  health(): Promise<ShapeSourceHealth>;

  close(): Promise<void>;

  /**
   * Milliseconds over which the answers to several polls about one transaction may come; absent when they come in one
   * turn of the event loop.
   */
  readonly spreadMs?: number;
}

export interface ShapeSourceHealth {
  readonly mode: 'embedded' | 'remote';
  readonly status: 'active' | 'starting' | 'down';
  /** One sentence for people when the status is not `active`. */
  readonly problem: string | null;
  /** Why and when all shapes last started over; null if they never did, absent where that is unknown. */
  readonly notice?: string | null;
}
