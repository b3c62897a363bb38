/** What compaction looks at in a message of `changeMessage`; the rest of it is kept as it is. */
export interface StoredMessage {
  readonly key?: string;
  readonly value?: object;
  readonly old_value?: object;
  readonly headers: { readonly operation?: string; readonly last?: true };
}

/** The form is that of `changeMessage`: nothing else writes a log, so it is not checked again. */
export function parseMessage(message: Buffer): StoredMessage {
  return JSON.parse(message.toString()) as StoredMessage;
}

/**
 * One update that does what two did, in the place of the later one. What a column held before is what it held before
 * the earlier one.
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
