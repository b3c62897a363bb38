/**
 * Process that reads originals for the server: a hanging file system blocks this process' threads, and a process can be
 * killed. Speaks HTTP on a socket in a private folder: `reader-process.ts <socket> <root> …`.
 */
import { stat } from 'node:fs/promises';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import mime from 'mime';
import { sendOpenFile } from '../http/send-file.ts';
import { wireFailure } from '../http/wire-failure.ts';
import { openInside } from './open-inside.ts';
import { ALIVE_PATH, PATH_HEADER } from './reader-protocol.ts';

const [socket = '', ...roots] = process.argv.slice(2);
// An orderly exit would wait for threads that may never return.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

const app = new Hono();
app.get(ALIVE_PATH, async (c) => {
  await stat('/');
  return c.body(null, 204);
});
app.get('/', async (c) => {
  const bytes = Buffer.from(c.req.header(PATH_HEADER) ?? '', 'base64');
  const opened = await openInside(bytes, roots);
  if (opened === 'missing') return wireFailure(c, 404, 'not_found', 'The file is not on disk.');
  if (opened === 'outside') return wireFailure(c, 403, 'forbidden', 'The file lies outside the media roots.');
  const file = bytes.toString();
  const type = mime.getType(file) ?? 'application/octet-stream';
  return sendOpenFile(c, opened, file, {
    // Not the hash of the last scan: a file may be rewritten at any time.
    etag: null,
    immutable: false,
    type,
    // A client's file is displayed only as a type that browsers show without running it.
    attachment: !/^(image\/(?!svg)|video\/|audio\/)/.test(type),
    limit: (read) => read(),
  });
});
createAdaptorServer({ fetch: app.fetch }).listen(socket, () => process.send?.('ready'));
