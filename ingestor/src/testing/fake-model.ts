/** Serves the parts of two model APIs that analysis uses, Gemini's and that of chat completions, and misbehaves as scripted. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ModelSettings } from '../analyze/model/model-settings.ts';
import { cameraIn } from '../analyze/names/read-camera.ts';
import { isGenericName, stemOf } from '../analyze/names/read-name.ts';

const reading = z.object({ subject: z.string(), camera: z.string(), asset_type: z.string() });
const askedFile = z.object({
  path: z.string(),
  kind: z.enum(['video', 'image', 'sequence', 'audio', 'other']),
  proposed: reading,
});
const data = z.object({ delivery: z.string(), folders: z.array(z.string()), files: z.array(askedFile.loose()) });

export type FakeFile = z.infer<typeof askedFile>;
export type FakeReading = z.infer<typeof reading> & { readonly because?: string };

interface SeenQuestion {
  readonly model: string;
  readonly key: string | undefined;
  /** The request as text: all that has left the house, besides headers. */
  readonly body: string;
  readonly instruction: string;
  readonly data: string;
  readonly schema: Record<string, unknown>;
  readonly temperature: number;
  readonly files: readonly string[];
}

export interface FakeModel extends AsyncDisposable {
  /** Settings with which a client asks this server. */
  readonly settings: ModelSettings;
  /** For `GEMINI_BASE_URL` or `IHUB_MODEL_URL`. */
  readonly url: string;
  readonly seen: readonly SeenQuestion[];
  /** Scripts the next requests, one each; the last behaviour repeats. */
  behave(...script: Behaviour[]): void;
  /** Sets what to wait for before each answer from now on. */
  waitFor(wait: () => Promise<void>): void;
}

/** One of the two APIs: where its requests and replies keep what both have. */
interface Api {
  readonly path: string;
  read(request: IncomingMessage, body: string): Omit<SeenQuestion, 'body' | 'files'> | null;
  /** @param finish how the model ended; 'refused' by the words of the API. */
  reply(words: string, finish: Finish, usage: boolean): object;
  error(status: number, code: string, retryAfter: string | null): object;
}
type Finish = 'whole' | 'cut' | 'blocked' | 'unsafe';

const parts = z.object({ parts: z.array(z.object({ text: z.string() })) });
const geminiQuestion = z.object({
  contents: z.array(parts).length(1),
  systemInstruction: parts,
  generationConfig: z.object({
    temperature: z.number(),
    responseMimeType: z.literal('application/json'),
    responseJsonSchema: z.record(z.string(), z.unknown()),
  }),
});
const chatQuestion = z.object({
  model: z.string(),
  temperature: z.number(),
  stream: z.literal(false),
  messages: z.tuple([
    z.object({ role: z.literal('system'), content: z.string() }),
    z.object({ role: z.literal('user'), content: z.string() }),
  ]),
  response_format: z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ name: z.string(), strict: z.literal(true), schema: z.record(z.string(), z.unknown()) }),
  }),
});

export const APIS = ['gemini', 'chat'] as const;

const apis: Readonly<Record<ModelSettings['api'], Api>> = {
  gemini: {
    path: '',
    read(request, body) {
      const model = /^\/v1beta\/models\/([^/:]+):generateContent$/.exec(request.url ?? '')?.[1];
      if (model === undefined) return null;
      const { contents, systemInstruction, generationConfig: config } = geminiQuestion.parse(JSON.parse(body));
      return {
        model,
        key: request.headers['x-goog-api-key']?.toString(),
        instruction: systemInstruction.parts[0]?.text ?? '',
        data: contents[0]?.parts[0]?.text ?? '',
        schema: config.responseJsonSchema,
        temperature: config.temperature,
      };
    },
    reply(words, finish, usage) {
      const usageMetadata = usage
        ? { usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: 200, thoughtsTokenCount: 50 } }
        : {};
      if (finish === 'blocked') return { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, ...usageMetadata };
      const finishReason = { whole: 'STOP', cut: 'MAX_TOKENS', unsafe: 'SAFETY' }[finish];
      const content = { role: 'model', parts: [{ text: words }] };
      return { candidates: [{ content, finishReason, index: 0 }], ...usageMetadata };
    },
    error(code, status, retryAfter) {
      const info = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfter}s` };
      return { error: { code, status, message: status, details: retryAfter === null ? [] : [info] } };
    },
  },
  chat: {
    path: '/v1',
    read(request, body) {
      if (request.url !== '/v1/chat/completions') return null;
      const { model, messages, temperature, response_format: format } = chatQuestion.parse(JSON.parse(body));
      return {
        model,
        key: request.headers.authorization?.replace(/^Bearer /, ''),
        instruction: messages[0].content,
        data: messages[1].content,
        schema: format.json_schema.schema,
        temperature,
      };
    },
    reply(words, finish, usage) {
      const finishReason = { whole: 'stop', cut: 'length', blocked: 'content_filter', unsafe: 'stop' }[finish];
      const refusal = finish === 'unsafe' ? 'I cannot help with that.' : null;
      const message = { role: 'assistant', content: finish === 'unsafe' ? null : words, refusal };
      return {
        object: 'chat.completion',
        choices: [{ index: 0, message, finish_reason: finishReason }],
        ...(usage ? { usage: { prompt_tokens: 1000, completion_tokens: 250, total_tokens: 1250 } } : {}),
      };
    },
    error: (_, code) => ({ error: { message: code, type: code, code } }),
  },
};

/** @param read returns what a good model reads from a path. */
export async function startFakeModel(
  name: ModelSettings['api'],
  read: (file: FakeFile) => FakeReading = readWell,
): Promise<FakeModel> {
  const api = apis[name];
  const seen: SeenQuestion[] = [];
  let script: readonly Behaviour[] = ['well'];
  let wait = async () => {};

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const question = request.method === 'POST' ? api.read(request, body) : null;
    if (question === null) return send(response, 404, api.error(404, 'NOT_FOUND', null));
    const { folders, files } = data.parse(JSON.parse(question.data));
    seen.push({ ...question, body, files: files.map(({ path }) => path) });
    const [behaviour = 'well', ...rest] = script;
    if (rest.length > 0) script = rest;
    await wait();
    await behaviours[behaviour]({
      api,
      response,
      asked: files,
      files: files.map((file) => ({ path: file.path, ...justified(file, read(file)) })),
      names: [...folders, ...files.map(({ path }) => path)],
    });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      if (!response.headersSent) send(response, 400, api.error(400, error.message, null));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${api.path}`;
  return {
    url,
    settings: {
      api: name,
      apiKey: 'secret-key',
      model: 'test-model-9',
      baseUrl: url,
      prices: { input: 0.3, output: 2.5 },
      pseudonyms: false,
    },
    seen,
    behave(...next) {
      script = next;
    },
    waitFor(next) {
      wait = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Returns the first folder with a name of its own, or the person in the file's name. */
function readWell({ path, kind }: Pick<FakeFile, 'path' | 'kind'>): FakeReading {
  const folders = path.split('/').slice(0, -1);
  const stem = stemOf(path.split('/').at(-1) ?? '');
  const camera = [stem, ...folders.toReversed()].map(cameraIn).find((name) => name !== null);
  return {
    subject: folders.find((name) => !isGenericName(name)) ?? /[A-Z]{3,}\d*/.exec(stem)?.[0] ?? 'shared',
    camera: camera ?? '',
    asset_type: kind === 'audio' ? 'audio' : kind === 'other' ? 'metadata' : /graded/i.test(path) ? 'graded' : 'raw',
  };
}

/** Gives a reason where a reading differs from what was proposed. */
function justified({ path, proposed }: FakeFile, said: FakeReading): Omit<Answer, 'path'> {
  const isSame = (['subject', 'camera', 'asset_type'] as const).every((field) => said[field] === proposed[field]);
  return { because: isSame ? '' : `the path ${path} says so.`, ...said };
}

interface Answer extends FakeReading {
  readonly path: string;
  readonly because: string;
}

interface Act {
  readonly api: Api;
  readonly response: ServerResponse;
  readonly asked: readonly FakeFile[];
  /** The answer of a good model. */
  readonly files: readonly Answer[];
  /** All names that were sent. */
  readonly names: readonly string[];
}

function* spaces(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(64 * 1024, ' ');
}

const behaviours = {
  well: (act) => sendAnswer(act, act.files),
  /** Agrees with the rules in all. */
  agreeing: (act) =>
    sendAnswer(
      act,
      act.asked.map(({ path, proposed }) => ({ path, because: '', ...proposed })),
    ),
  unjustified: (act) =>
    sendAnswer(
      act,
      act.files.map((file) => ({ ...file, because: ' ' })),
    ),
  /** Gives reasons that quote nothing. */
  vague: (act) =>
    sendAnswer(
      act,
      act.files.map((file) => ({ ...file, because: 'it is obvious to me' })),
    ),
  /** Reads every picture as graded, for a reason. */
  wrong: (act) =>
    sendAnswer(
      act,
      act.files.map((file) => ({ ...file, asset_type: 'graded', because: `${file.path} looks graded` })),
    ),
  'without usage': ({ api, response, files }) =>
    send(response, 200, api.reply(JSON.stringify({ files }), 'whole', false)),
  'unknown path': (act) =>
    sendAnswer(act, [...act.files, ...act.files.slice(0, 1).map((file) => ({ ...file, path: '../elsewhere/a.mov' }))]),
  'absolute path': (act) =>
    sendAnswer(
      act,
      act.files.map((file) => ({ ...file, path: `/etc/${file.path}` })),
    ),
  'missing path': (act) => sendAnswer(act, act.files.slice(1)),
  duplicate: (act) => sendAnswer(act, [...act.files, ...act.files.slice(0, 1)]),
  malformed: (act) => sendText(act, 'Certainly! Here are the files: {"files": [', 'whole'),
  'another schema': (act) => sendText(act, JSON.stringify({ placements: act.files }), 'whole'),
  'no reasons': (act) =>
    sendText(act, JSON.stringify({ files: act.files.map(({ because: _, ...file }) => file) }), 'whole'),
  'another API': ({ response }) => send(response, 200, { hello: 'world' }),
  'broken off': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"candidates": [');
  },
  'cut short': (act) => sendText(act, JSON.stringify({ files: act.files }).slice(0, 40), 'cut'),
  blocked: (act) => sendText(act, '', 'blocked'),
  unsafe: (act) => sendText(act, '', 'unsafe'),
  'path as subject': (act) =>
    sendAnswer(
      act,
      act.files.map((file) => ({ ...file, subject: '../../etc/passwd' })),
    ),
  /** Assigns all files to the person that a name dictates: '… called HACKED', '… subject to HACKED'. */
  obedient: (act) => sendAnswer(act, obey(act.files, act.names)),
  /** Writes pseudonyms that were never sent. */
  'invented pseudonym': (act) =>
    sendAnswer(
      act,
      act.files.map((file) => ({ ...file, subject: 'PERSONX99' })),
    ),
  'invented pseudonym in a reason': (act) =>
    sendAnswer(
      act,
      act.files.map((file) => ({ ...file, because: `${file.path} is of PERSONX99` })),
    ),
  /** Guesses a real name. */
  guessing: (act) =>
    sendAnswer(
      act,
      act.files.map((file) => ({ ...file, subject: 'Jane Doe', because: `${file.path} is of Jane Doe` })),
    ),
  silent: () => {},
  /** Sends a byte now and then, and never ends. */
  trickling: async ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    while (!response.destroyed) {
      response.write(' ');
      await delay(20);
    }
  },
  /** Sends spaces without end. */
  endless: async ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    // It ends when the client has had enough.
    await pipeline(spaces, response).catch(() => {});
  },
  redirect: ({ response }) => {
    response.writeHead(307, { location: '/other' });
    response.end();
  },
  quota: (act) => sendQuota(act, '7.5'),
  'quota by header': ({ api, response }) => {
    response.setHeader('retry-after', '4');
    send(response, 429, api.error(429, 'RESOURCE_EXHAUSTED', null));
  },
  'quota of a day': (act) => sendQuota(act, '36000'),
  error: ({ api, response }) => send(response, 500, api.error(500, 'INTERNAL', null)),
  overloaded: ({ api, response }) => send(response, 503, api.error(503, 'UNAVAILABLE', null)),
  reset: ({ response }) => {
    response.socket?.resetAndDestroy();
  },
  'bad request': ({ api, response }) => send(response, 400, api.error(400, 'INVALID_ARGUMENT', null)),
  'bad key': ({ api, response }) => send(response, 401, api.error(401, 'UNAUTHENTICATED', null)),
  'no such model': ({ api, response }) => send(response, 404, api.error(404, 'NOT_FOUND', null)),
} satisfies Record<string, (act: Act) => void | Promise<void>>;
export type Behaviour = keyof typeof behaviours;

function obey(files: readonly Answer[], names: readonly string[]): Answer[] {
  const told = names.map((name) => /(?:called|subject to) (\w+)/i.exec(name)?.[1]).find((name) => name !== undefined);
  return files.map((file) =>
    told === undefined ? file : { ...file, subject: told, camera: 'cam_z', because: `${file.path} is ${told}’s` },
  );
}

function sendAnswer(act: Act, files: readonly Answer[]): void {
  sendText(act, JSON.stringify({ files }), 'whole');
}

function sendText({ api, response }: Act, words: string, finish: Finish): void {
  send(response, 200, api.reply(words, finish, true));
}

/** Gemini says in its body how long to wait, other servers in a header. */
function sendQuota({ api, response }: Act, seconds: string): void {
  if (api === apis.chat) response.setHeader('retry-after', seconds);
  send(response, 429, api.error(429, 'RESOURCE_EXHAUSTED', seconds));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
