import { type Accessor, createMemo } from 'solid-js';

/** Tracks the question to send to the server. A re-computed question that is deeply equal does not notify. */
export function createQuestion<Question>(question: () => Question | null): Accessor<Question | null> {
  return createMemo(question, null, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
}
