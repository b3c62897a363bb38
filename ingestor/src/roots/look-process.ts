/** A process that looks at one media root whenever it is asked. A drive that hangs holds it up, and nobody else. */
import { sightOf } from './root-sight.ts';

process.on('message', (folder: string) => {
  void sightOf(folder).then((sight) => process.send?.(sight));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
