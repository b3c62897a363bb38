/** Gives up on requests that stay unanswered. */
import { withinSilence } from './within-silence.ts';

/** Milliseconds; the server's slowest first byte is that of a large shape it has to create. */
const SILENCE_MS = 60_000;

/** Wraps `fetch` to reject when no answer arrives for a minute; reading the body has no limit. */
export function patientFetch(fetch: typeof globalThis.fetch, silence = SILENCE_MS): typeof globalThis.fetch {
  return async (input, init) => {
    const given = new AbortController();
    const signal = init?.signal ? AbortSignal.any([init.signal, given.signal]) : given.signal;
    try {
      return await withinSilence(fetch(input, { ...init, signal }), silence);
    } catch (error) {
      given.abort(error);
      throw error;
    }
  };
}

/** Reads the body as text. @throws when no part of the body arrives for a minute. */
export async function readText(response: Response, silence = SILENCE_MS): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read(), silence);
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    await reader.cancel(error).catch(() => {});
    throw error;
  }
}
