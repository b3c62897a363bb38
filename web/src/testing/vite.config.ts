/**
 * Serves the development page: the whole app on an in-memory replica with made-up rows and pictures, without a
 * server. From `web/`: `vite --config src/testing/vite.config.ts`, then `/?assets=100000`.
 */
import { type Connect, defineConfig, mergeConfig, type Plugin } from 'vite';
import base from '../../vite.config.ts';

const entry: Plugin = {
  name: 'memory-replica-entry',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace('/src/main.ts', '/src/testing/main.tsx'),
};

/** Serves a picture for any asset and as its original: a plain ground in a shade derived from the id, and a simple face. */
const serveThumbnail: Connect.NextHandleFunction = (request, response, next) => {
  const id = /^\/media\/assets\/([^/]+)\/(?:thumbnail|original)/.exec(request.url ?? '')?.[1];
  if (id === undefined) return next();
  const number = Number.parseInt(id.slice(-6), 16);
  const [hue, light] = [(number * 47) % 360, 25 + ((number * 13) % 40)];
  response.setHeader('content-type', 'image/svg+xml');
  response.end(`<svg xmlns="http://www.w3.org/2000/svg" width="480" height="${number % 3 === 0 ? 270 : 480}" viewBox="0 0 480 480" preserveAspectRatio="xMidYMid slice">
    <rect width="480" height="480" fill="hsl(${hue} 25% ${light}%)"/>
    <ellipse cx="240" cy="230" rx="${100 + (number % 30)}" ry="140" fill="hsl(24 40% ${light + 25}%)"/>
    <text x="240" y="460" text-anchor="middle" font-family="monospace" font-size="40" fill="white">${number}</text></svg>`);
};

/** Serves the moments of a clip: a hand that goes round once. */
const serveSprite: Connect.NextHandleFunction = (request, response, next) => {
  if (!/^\/media\/assets\/[^/]+\/sprite/.test(request.url ?? '')) return next();
  const pictures = Array.from({ length: 100 }, (_, frame) => {
    const [x, y, turn] = [(frame % 10) * 160, Math.floor(frame / 10) * 90, (frame / 100) * 2 * Math.PI];
    return `<rect x="${x}" y="${y}" width="160" height="90" fill="hsl(${frame * 3} 25% 30%)"/>
      <path d="M${x + 80} ${y + 45}l${Math.sin(turn) * 40} ${-Math.cos(turn) * 40}" stroke="white" stroke-width="4"/>`;
  });
  response.setHeader('content-type', 'image/svg+xml');
  response.end(
    `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900" viewBox="0 0 1600 900">${pictures.join('')}</svg>`,
  );
};

/** Serves the waveform of a sound that swells and fades. */
const serveWaveform: Connect.NextHandleFunction = (request, response, next) => {
  if (!/^\/media\/assets\/[^/]+\/waveform/.test(request.url ?? '')) return next();
  const data = Array.from({ length: 2000 }, (_, point) => Math.round(60 + 60 * Math.sin(point / 90))).flatMap(
    (loud, point) => [-loud, (point * 7919) % (loud + 1)],
  );
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ version: 2, channels: 1, sample_rate: 48_000, bits: 8, length: 2000, data }));
};

const pictures: Plugin = {
  name: 'memory-replica-pictures',
  configureServer: (server) => void server.middlewares.use(serveThumbnail).use(serveSprite).use(serveWaveform),
};

export default mergeConfig(
  base,
  defineConfig({
    plugins: [entry, pictures],
    // Other test pages are below this root too.
    optimizeDeps: { entries: ['index.html'] },
    server: { proxy: {} },
  }),
);
