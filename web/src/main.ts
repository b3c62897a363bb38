/** The browser's entry point: the library opens in its worker while this tab is still loading the app. */
import { startReplicaWorker } from './replica/tabs/replica-worker.ts';

const worker = startReplicaWorker();
void import('./start-app.tsx').then(({ startApp }) => startApp(worker));
