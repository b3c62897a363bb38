/** Fields of a message from `changeMessage` that compaction uses; the others are kept unchanged. */
export interface StoredMessage {
  readonly key?: string;
  readonly value?: object;
  readonly old_value?: object;
  readonly headers: { readonly operation?: string; readonly last?: true };
}

/** Trusts the form of `changeMessage`, the only source of log messages. */
export function parseMessage(message: Buffer): StoredMessage {
  return JSON.parse(message.toString()) as StoredMessage;
}

/**
 * Merges two updates into one with the same effect, at the place of the later one. A column's old value is the one from
 * before the earlier update.
 */
export function mergeUpdates(earlier: StoredMessage, later: StoredMessage): StoredMessage {
  return {
    ...later,
    value: { ...earlier.value, ...later.value },
    ...(later.old_value ? { old_value: { ...later.old_value, ...earlier.old_value } } : {}),
  };
}

/** Marks a message as the last of its transaction. */
export function asLast(message: StoredMessage): StoredMessage {
  return { ...message, headers: { last: true, ...message.headers } };
}
