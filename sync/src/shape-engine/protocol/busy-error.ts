/** The engine has taken on as much as it may; the same request may succeed later. The message is for people. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}
