import { notify, notifyFailure } from '../../ui/notices.ts';
import { isQuotaError } from '../pictures-database.ts';

/** Shows why a change to the pictures on this device failed. */
export function notifyNotStored(error: unknown): void {
  if (isQuotaError(error)) notify('This device is full. Remove something kept offline first.', { kind: 'failed' });
  else notifyFailure('Could not save this in the browser', error);
}
