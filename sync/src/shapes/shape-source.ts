/**
 * Where shapes come from: the embedded engine in this process, or a remote Electric. Everything above
 * speaks Electric's HTTP protocol to either, so nothing else knows which it is.
 */
export interface ShapeSource {
  /**
   * Answers one request of Electric's `/v1/shape`, whose URL carries table, columns, where, params and
   * the protocol's parameters. The request's signal ends a long poll.
   */
  fetch(request: Request): Promise<Response>;

  health(): Promise<ShapeSourceHealth>;

  close(): Promise<void>;
}

export interface ShapeSourceHealth {
  readonly mode: 'embedded' | 'remote';
  readonly status: 'active' | 'starting' | 'down';
  /** One sentence for people when the status is not `active`. */
  readonly problem: string | null;
  /** What last made all shapes begin anew, and when; null while nothing did, absent where that is not known. */
  readonly notice?: string | null;
}
