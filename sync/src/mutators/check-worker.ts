/** Checks large requests in a thread of its own. */
import { parentPort } from 'node:worker_threads';
import { checkRequest } from './check-request.ts';

parentPort?.on('message', (bytes: Uint8Array) => parentPort?.postMessage(checkRequest(bytes)));
