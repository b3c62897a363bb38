import { type Accessor, createMemo } from 'solid-js';

/** What is asked of the server; the same question anew, after a change of something that it reads, is no other one. */
export function createQuestion<Question>(question: () => Question | null): Accessor<Question | null> {
  return createMemo(question, null, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
}
