/** For tests that are about something else: there is every project, package and client. */
import type { KnownScopes } from '../shapes/known-scopes.ts';

export const everyScope: KnownScopes = {
  has: () => Promise.resolve(true),
  arrived: () => {},
  until: () => Promise.resolve(true),
};
