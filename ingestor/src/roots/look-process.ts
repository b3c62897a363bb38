/** The process that examines one media root on request. A hanging drive blocks this process and no other. */
import { sightOf } from './root-sight.ts';

process.on('message', (folder: string) => {
  void sightOf(folder).then((sight) => process.send?.(sight));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
