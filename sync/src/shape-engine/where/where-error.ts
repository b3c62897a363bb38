/** The where, or the order, cannot be served; the message is for whoever sent it. */
export class WhereError extends Error {
  override readonly name = 'WhereError';
}

/** @param location characters before the place that the message is about. */
export function refusal(location: number, message: string): WhereError {
  return new WhereError(`At location ${location}: ${message}`);
}
