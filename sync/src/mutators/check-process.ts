/** Checks large requests, as a process of its own. */
import { checkRequest } from './check-request.ts';

process.on('message', (bytes: Uint8Array) => process.send?.(checkRequest(bytes)));
// Our parent is gone, however it went.
process.on('disconnect', () => process.exit());
