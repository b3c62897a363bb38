/** Scopes for tests of other parts: every project, package and client exists. */
import type { KnownScopes } from '../shapes/known-scopes.ts';

export const everyScope: KnownScopes = {
  has: () => Promise.resolve(true),
  arrived: () => {},
  until: () => Promise.resolve(true),
};
