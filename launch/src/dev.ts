/** `npm run dev`: runs the product with Vite's server in front of it, for work on the web app. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './config.ts';

const product = spawn(process.execPath, ['launch/src/start.ts'], { cwd: ROOT, stdio: 'inherit' });
const vite = spawn(process.execPath, ['node_modules/vite/bin/vite.js'], {
  cwd: path.join(ROOT, 'web'),
  stdio: 'inherit',
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => product.kill(signal));
vite.once('exit', () => product.kill('SIGTERM'));
product.once('exit', (code) => {
  vite.kill('SIGTERM');
  process.exitCode = code ?? 1;
});
