import { PATIENCE } from './patience.ts';

/** Waits until a condition holds, checking it ten times a second. @param what describes the condition in the error. */
export async function waitFor(
  what: string,
  condition: () => Promise<boolean> | boolean,
  timeoutMs = 30_000,
): Promise<void> {
  const patienceMs = timeoutMs * PATIENCE;
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`timed out after ${patienceMs / 1000} s waiting until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
