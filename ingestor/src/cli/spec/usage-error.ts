/** A command line that cannot be understood: exit status 2. The message is one sentence for people. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
