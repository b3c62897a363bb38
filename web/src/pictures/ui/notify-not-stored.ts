import { notify, notifyFailure } from '../../ui/notices.ts';
import { isQuotaError } from '../pictures-database.ts';

/** Says why what a person wanted of the pictures on this device was not done. */
export function notifyNotStored(error: unknown): void {
  if (isQuotaError(error))
    notify('This device has no room left. Remove something that is kept offline first.', { kind: 'failed' });
  else notifyFailure('This browser could not store that', error);
}
