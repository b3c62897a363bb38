/** Serves the part of Gemini's API that analysis uses, and misbehaves as scripted. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { cameraIn } from '../analyze/names/read-camera.ts';
import { isGenericName, stemOf } from '../analyze/names/read-name.ts';

const askedFile = z.object({ path: z.string(), kind: z.enum(['video', 'image', 'sequence', 'audio', 'other']) });
const data = z.object({ delivery: z.string(), folders: z.array(z.string()), files: z.array(askedFile.loose()) });
const parts = z.object({ parts: z.array(z.object({ text: z.string() })) });
const question = z.object({
  contents: z.array(parts),
  systemInstruction: parts,
  generationConfig: z.object({
    temperature: z.number(),
    responseMimeType: z.string(),
    responseJsonSchema: z.record(z.string(), z.unknown()),
  }),
});

interface SeenQuestion {
  readonly model: string;
  readonly key: string | undefined;
  readonly body: z.infer<typeof question>;
  readonly files: readonly string[];
}

type FakeFile = z.infer<typeof askedFile>;
export interface FakeReading {
  readonly subject: string;
  readonly camera: string;
  readonly asset_type: string;
}

export interface FakeGemini extends AsyncDisposable {
  /** For `GEMINI_BASE_URL`. */
  readonly url: string;
  readonly seen: readonly SeenQuestion[];
  /** Scripts the next requests, one each; the last behaviour repeats. */
  behave(...script: Behaviour[]): void;
  /** Sets what to wait for before each answer from now on. */
  waitFor(wait: () => Promise<void>): void;
}

/** @param read returns what a good model reads from a path. */
export async function startFakeGemini(read: (file: FakeFile) => FakeReading = readWell): Promise<FakeGemini> {
  const seen: SeenQuestion[] = [];
  let script: readonly Behaviour[] = ['well'];
  let wait = async () => {};

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const model = /^\/v1beta\/models\/([^/:]+):generateContent$/.exec(request.url ?? '')?.[1];
    if (request.method !== 'POST' || model === undefined) {
      sendError(response, 404, 'NOT_FOUND');
      return;
    }
    const body = question.parse(JSON.parse(await text(request)));
    const { folders, files } = data.parse(JSON.parse(body.contents[0]?.parts[0]?.text ?? ''));
    const key = request.headers['x-goog-api-key'];
    seen.push({ model, key: key?.toString(), body, files: files.map(({ path }) => path) });
    const [behaviour = 'well', ...rest] = script;
    if (rest.length > 0) script = rest;
    await wait();
    const readings = files.map((file) => ({ path: file.path, ...read(file) }));
    behaviours[behaviour]({ response, files: readings, names: [...folders, ...files.map(({ path }) => path)] });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => sendError(response, 400, 'INVALID_ARGUMENT', [], error.message));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
function readWell({ path, kind }: FakeFile): FakeReading {
  const folders = path.split('/').slice(0, -1);
  const stem = stemOf(path.split('/').at(-1) ?? '');
  const camera = [stem, ...folders.toReversed()].map(cameraIn).find((name) => name !== null);
  return {
    subject: folders.find((name) => !isGenericName(name)) ?? /[A-Z]{3,}/.exec(stem)?.[0] ?? 'shared',
    camera: camera ?? '',
    asset_type: kind === 'audio' ? 'audio' : kind === 'other' ? 'metadata' : /graded/i.test(path) ? 'graded' : 'raw',
  };
}

type Answer = FakeReading & { readonly path: string };

interface Act {
  readonly response: ServerResponse;
  /** The answer of a good model. */
  readonly files: readonly Answer[];
  /** All names that were sent. */
  readonly names: readonly string[];
}

const behaviours = {
  well: ({ response, files }) => sendAnswer(response, files),
  'without usage': ({ response, files }) =>
    send(response, 200, { candidates: [{ content: contentOf(files), finishReason: 'STOP' }] }),
  'unknown path': ({ response, files }) =>
    sendAnswer(response, [...files, ...files.slice(0, 1).map((file) => ({ ...file, path: '../elsewhere/a.mov' }))]),
  'missing path': ({ response, files }) => sendAnswer(response, files.slice(1)),
  duplicate: ({ response, files }) => sendAnswer(response, [...files, ...files.slice(0, 1)]),
  malformed: ({ response }) => sendText(response, 'Certainly! Here are the files: {"files": [', 'STOP'),
  'broken off': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"candidates": [');
  },
  'cut short': ({ response, files }) => sendText(response, JSON.stringify({ files }).slice(0, 40), 'MAX_TOKENS'),
  blocked: ({ response }) =>
    send(response, 200, {
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      usageMetadata: { promptTokenCount: 900 },
    }),
  unsafe: ({ response }) => sendText(response, '', 'SAFETY'),
  'path as subject': ({ response, files }) =>
    sendAnswer(
      response,
      files.map((file) => ({ ...file, subject: '../../etc/passwd' })),
    ),
  /** Assigns all files to the person that a name dictates: '… called HACKED', '… subject to HACKED'. */
  obedient: ({ response, files, names }) => sendAnswer(response, obey(files, names)),
  silent: () => {},
  quota: ({ response }) => sendError(response, 429, 'RESOURCE_EXHAUSTED', [retryInfo('7.5s')]),
  'quota by header': ({ response }) => {
    response.setHeader('retry-after', '4');
    sendError(response, 429, 'RESOURCE_EXHAUSTED');
  },
  'quota of a day': ({ response }) => sendError(response, 429, 'RESOURCE_EXHAUSTED', [retryInfo('36000s')]),
  error: ({ response }) => sendError(response, 500, 'INTERNAL'),
  reset: ({ response }) => {
    response.socket?.resetAndDestroy();
  },
  'bad key': ({ response }) => sendError(response, 400, 'INVALID_ARGUMENT'),
  'no such model': ({ response }) => sendError(response, 404, 'NOT_FOUND'),
} satisfies Record<string, (act: Act) => void>;
export type Behaviour = keyof typeof behaviours;

function obey(files: readonly Answer[], names: readonly string[]): Answer[] {
  const told = names.map((name) => /(?:called|subject to) (\w+)/i.exec(name)?.[1]).find((name) => name !== undefined);
  return files.map((file) => (told === undefined ? file : { ...file, subject: told, camera: 'cam_z' }));
}

function contentOf(files: readonly Answer[]): object {
  return { role: 'model', parts: [{ text: JSON.stringify({ files }) }] };
}

function sendAnswer(response: ServerResponse, files: readonly Answer[]): void {
  sendText(response, JSON.stringify({ files }), 'STOP');
}

function sendText(response: ServerResponse, words: string, finishReason: string): void {
  send(response, 200, {
    candidates: [{ content: { role: 'model', parts: [{ text: words }] }, finishReason, index: 0 }],
    usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: 200, thoughtsTokenCount: 50, totalTokenCount: 1250 },
  });
}

function retryInfo(retryDelay: string): object {
  return { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay };
}

function sendError(
  response: ServerResponse,
  code: number,
  status: string,
  details: object[] = [],
  message = status,
): void {
  send(response, code, { error: { code, message, status, details } });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
