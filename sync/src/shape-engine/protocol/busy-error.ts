/** The engine is at its limit; the same request may succeed later. The message is for people. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}
