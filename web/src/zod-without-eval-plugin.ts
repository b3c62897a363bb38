/** Keeps zod from compiling its parsers, for which it first tries `new Function`: the content security policy reports that. */
import type { Plugin } from 'vite';

export function zodWithoutEval(): Plugin {
  return {
    name: 'zod-without-eval',
    transform: {
      // Where zod keeps its settings: every schema is made after this module has run, in whatever chunk it is.
      filter: { id: /\/zod\/v4\/core\/core\.js$/ },
      handler: (code) => ({ code: `${code}\nglobalConfig.jitless = true;\n`, map: null }),
    },
  };
}
