/** What the browser runs first: the library opens in its worker while this tab still reads the app. */
import { startReplicaWorker } from './replica/replica-worker.ts';

const worker = startReplicaWorker();
void import('./start-app.tsx').then(({ startApp }) => startApp(worker));
