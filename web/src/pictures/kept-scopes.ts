/** Stores which packages and projects are to be kept offline, and reports how much of them is on this device. */
import { type KeptScope, type Pack, picturesDatabase } from './pictures-database.ts';

export type ScopeReference = Pick<KeptScope, 'kind' | 'id'>;

export interface KeptAmount {
  readonly pictures: number;
  readonly bytes: number;
}

export function scopeKey({ kind, id }: ScopeReference): string {
  return `${kind}:${id}`;
}

export async function keptScopes(): Promise<KeptScope[]> {
  return (await picturesDatabase()).getAll('scopes');
}

export async function keptScope(reference: ScopeReference): Promise<KeptScope | null> {
  return (await (await picturesDatabase()).get('scopes', scopeKey(reference))) ?? null;
}

/** Starts, resumes or stops keeping a package or project. Pictures that have arrived stay. */
export async function keepScope({ kind, id }: ScopeReference, stopped = false): Promise<void> {
  await (await picturesDatabase()).put('scopes', { key: scopeKey({ kind, id }), kind, id, stopped });
}

/** Stops keeping a package or project; the next {@link dropUnwantedPacks} removes its pictures. */
export async function forgetScope(reference: ScopeReference): Promise<void> {
  await (await picturesDatabase()).delete('scopes', scopeKey(reference));
}

/** Returns how much of one package or project is on this device, or of all of them without a reference. */
export async function keptAmount(reference?: ScopeReference): Promise<KeptAmount> {
  const database = await picturesDatabase();
  const packs: Pack[] =
    reference === undefined
      ? await database.getAll('packs')
      : await database.getAllFromIndex('packs', reference.kind, reference.id);
  return {
    pictures: packs.reduce((sum, pack) => sum + pack.live, 0),
    bytes: packs.reduce((sum, pack) => sum + pack.bytes, 0),
  };
}
