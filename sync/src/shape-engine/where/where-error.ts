/** The where or order cannot be served; the message is for the sender of the request. */
export class WhereError extends Error {
  override readonly name = 'WhereError';
}

/** @param location number of characters before the place in question. */
export function refusal(location: number, message: string): WhereError {
  return new WhereError(`At location ${location}: ${message}`);
}
