/** Process that checks large requests. */
import { checkRequest } from './check-request.ts';

process.on('message', (bytes: Uint8Array) => process.send?.(checkRequest(bytes)));
// The parent process has ended.
process.on('disconnect', () => process.exit());
