/** Parameters of a request, from its URL and from the JSON body of a POST, which takes precedence. */
import { z } from 'zod';
import { invalidRequest, tooLarge } from './responses.ts';

export interface RequestParameters {
  /** The shape's parameters: `table`, `offset`, …; blank ones are left out. */
  readonly shape: Readonly<Record<string, unknown>>;
  /** The subset's parameters: `where`, `order_by`, …; null when no subset is requested. */
  readonly subset: Readonly<Record<string, unknown>> | null;
}

type Fields = Record<string, unknown>;

const SUBSET_PREFIX = 'subset__';
/** Keys of a POST's body that describe a subset, when the body has no `subset` of its own. */
const SUBSET_KEYS: ReadonlySet<string> = new Set([
  'where',
  'order_by',
  'limit',
  'offset',
  'params',
  'where_expr',
  'order_by_expr',
]);
/** The same limit as Electric's. */
const MAX_BODY_BYTES = 8_000_000;

const fields = z.record(z.string(), z.unknown());

/**
 * Reads the parameters. A GET requests a subset if it has any subset parameter, a POST always does.
 *
 * @returns an error response when the request cannot be read.
 */
export async function readParameters(http: Request): Promise<RequestParameters | { readonly refusal: Response }> {
  const { search, searchParams } = new URL(http.url);
  if (!isUtf8(search)) return { refusal: invalidRequest({ query: ['is not valid UTF-8'] }) };
  const { shape, subset } = divided(searchParams);
  if (http.method !== 'POST') return { shape, subset: Object.keys(subset).length > 0 ? withoutBlanks(subset) : null };

  const body = await readBody(http);
  if (body instanceof Response) return { refusal: body };
  const { subset: nested, ...others } = body;
  const own = fields.safeParse(nested);
  if (own.success) return { shape: merged(shape, others), subset: merged(subset, own.data) };
  const isOfSubset = ([name]: [string, unknown]) => SUBSET_KEYS.has(name);
  const entries = Object.entries(body);
  return {
    shape: merged(shape, Object.fromEntries(entries.filter((entry) => !isOfSubset(entry)))),
    subset: merged(subset, Object.fromEntries(entries.filter(isOfSubset))),
  };
}

/** Separates the parameters of a URL; those of a subset lose their prefix. */
function divided(search: URLSearchParams): { shape: Fields; subset: Fields } {
  const shape: Fields = {};
  const subset: Fields = {};
  const params: Fields = {};
  for (const [name, value] of search) {
    const place = /^params\[([^\]]*)\]$/.exec(name)?.[1];
    if (place !== undefined) params[place] = value;
    else if (name.startsWith(SUBSET_PREFIX)) subset[name.slice(SUBSET_PREFIX.length)] = value;
    else shape[name] = value;
  }
  return { shape: withoutBlanks(Object.keys(params).length > 0 ? { ...shape, params } : shape), subset };
}

function merged(below: Fields, above: Fields): Fields {
  return withoutBlanks({ ...below, ...above });
}

/** Removes parameters without a value, which count as absent. */
function withoutBlanks(parameters: Fields): Fields {
  const isBlank = (value: unknown) => value === null || (typeof value === 'string' && value.trim() === '');
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => !isBlank(value)));
}

/** Without this check, invalid bytes would each become U+FFFD and change the meaning of the request. */
function isUtf8(search: string): boolean {
  try {
    decodeURIComponent(search);
    return true;
  } catch {
    return false;
  }
}

async function readBody(http: Request): Promise<Fields | Response> {
  let bytes: Buffer | null;
  try {
    bytes = await collect(http.body);
  } catch {
    // The client has disconnected.
    return invalidRequest({ body: ['ended before it was complete'] });
  }
  if (bytes === null) return tooLarge(`The body is larger than ${MAX_BODY_BYTES} bytes.`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const { success, data } = fields.safeParse(text === '' ? {} : JSON.parse(text));
    return success ? data : invalidRequest({ body: ['must be a JSON object'] });
  } catch {
    return invalidRequest({ body: ['is not valid JSON in UTF-8'] });
  }
}

/** @returns null when the body exceeds the limit. */
async function collect(body: Request['body']): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
