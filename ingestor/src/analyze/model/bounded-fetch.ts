/** Requests to a model: no redirect is followed, and no answer is read beyond a limit. */

/** Bytes. The longest useful answer, forty files with reasons, has about 20 KB. */
const MAX_ANSWER = 4 * 1024 * 1024;

/** The rest of a sentence that begins with 'the model'. */
export const TOO_LONG = `sent more than ${MAX_ANSWER / 1024 / 1024} MB`;

/** The known facts of a request, whether or not its answer arrived. */
export interface Watched {
  /** Null: no response began. */
  response: { readonly status: number; readonly retryAfter: string | null } | null;
  isTooLong: boolean;
}

/** Returns a `fetch` that bounds the answer, and what it saw. A redirect fails: it would carry key and names to another host. */
export function boundedFetch(maxBytes = MAX_ANSWER): { fetch: typeof fetch; watched: Watched } {
  const watched: Watched = { response: null, isTooLong: false };
  const bounded: typeof fetch = async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' });
    watched.response = { status: response.status, retryAfter: response.headers.get('retry-after') };
    if (response.body === null) return response;
    let bytes = 0;
    const limit = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes <= maxBytes) return controller.enqueue(chunk);
        watched.isTooLong = true;
        controller.error(new RangeError('The answer is too long.'));
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(limit), { status, statusText, headers });
  };
  return { fetch: bounded, watched };
}
