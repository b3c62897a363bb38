/** The process that examines one media root on request. A hanging drive blocks this process and no other. */
import { readRootState } from './root-state.ts';

process.on('message', (folder: string) => {
  void readRootState(folder).then((state) => process.send?.(state));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
