/** What a request says: by its address, and by the JSON body of a POST on top of it. */
import { z } from 'zod';
import { invalidRequest, tooLarge } from './responses.ts';

export interface RequestParameters {
  /** Of the shape: `table`, `offset`, …; what is blank is left out. */
  readonly shape: Readonly<Record<string, unknown>>;
  /** Of a subset: `where`, `order_by`, …; null: the request asks for none. */
  readonly subset: Readonly<Record<string, unknown>> | null;
}

type Fields = Record<string, unknown>;

const SUBSET_PREFIX = 'subset__';
/** The keys of a POST's body that mean a subset, when it has no `subset` of its own. */
const SUBSET_KEYS: ReadonlySet<string> = new Set([
  'where',
  'order_by',
  'limit',
  'offset',
  'params',
  'where_expr',
  'order_by_expr',
]);
/** As large as Electric takes them. */
const MAX_BODY_BYTES = 8_000_000;

const fields = z.record(z.string(), z.unknown());

/**
 * Reads the parameters. A GET asks for a subset by any parameter of one, a POST always does.
 *
 * @returns the answer instead when the request cannot be read.
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

/** The parameters of an address, those of a subset without their prefix. */
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

/** A parameter without a value is the same as none. */
function withoutBlanks(parameters: Fields): Fields {
  const isBlank = (value: unknown) => value === null || (typeof value === 'string' && value.trim() === '');
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => !isBlank(value)));
}

/** Without this check, bytes that are no text would each become U+FFFD, and the request mean something else. */
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
    // The client has left.
    return invalidRequest({ body: ['ended before it was complete'] });
  }
  if (bytes === null) return tooLarge(`The body is larger than ${MAX_BODY_BYTES} bytes.`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const { success, data } = fields.safeParse(text === '' ? {} : JSON.parse(text));
    return success ? data : invalidRequest({ body: ['must be a JSON object'] });
  } catch {
    return invalidRequest({ body: ['is no valid JSON in UTF-8'] });
  }
}

/** @returns null when there is more than a request may hold. */
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
