/** Stores the pictures that are kept offline, in packs as they arrived. */
import type { IDBPTransaction } from 'idb';
import { scopeKey } from './kept-scopes.ts';
import { committed, type Pack, type PicturesSchema, picturesDatabase } from './pictures-database.ts';

interface ArrivedPicture {
  readonly assetId: string;
  readonly version: number;
  readonly offset: number;
  readonly length: number;
}

export interface ArrivedPack {
  readonly packageId: string;
  readonly projectId: string;
  readonly pictures: readonly ArrivedPicture[];
  /** The bytes that the offsets point into. */
  readonly body: Blob;
}

type Stores = 'scopes' | 'packs' | 'contents' | 'bodies' | 'pictures';
type PackTransaction = IDBPTransaction<PicturesSchema, Stores[], 'readwrite'>;

/** Returns the pictures of a package that are on this device: asset id -> version. */
export async function keptVersions(packageId: string): Promise<Map<string, number>> {
  const database = await picturesDatabase();
  const versions = new Map<string, number>();
  for (const number of await database.getAllKeysFromIndex('packs', 'package', packageId)) {
    const contents = await database.get('contents', number);
    contents?.assetIds.forEach((id, index) => {
      versions.set(id, contents.versions[index] ?? Number.NaN);
    });
  }
  return versions;
}

/**
 * Stores a pack, completely or not at all. Stores nothing when the package is no longer to be kept.
 *
 * @throws QuotaExceededError when the device is full.
 */
export async function storePack(arrived: ArrivedPack): Promise<void> {
  const transaction = await begin();
  await committed(transaction, put(transaction, arrived));
}

/** Removes pictures that no longer belong to a kept package or project. Returns true when it removed any. */
export async function dropUnwantedPacks(): Promise<boolean> {
  const database = await picturesDatabase();
  const wanted = new Set(await database.getAllKeys('scopes'));
  const isWanted = (pack: Pack) =>
    wanted.has(scopeKey({ kind: 'package', id: pack.packageId })) ||
    wanted.has(scopeKey({ kind: 'project', id: pack.projectId }));
  const unwanted = (await database.getAll('packs')).filter((pack) => !isWanted(pack));
  // One transaction per pack, so that pictures can be served in between.
  for (const pack of unwanted) {
    const transaction = await begin();
    await committed(transaction, drop(transaction, pack.number));
  }
  return unwanted.length > 0;
}

/** Removes the pictures of assets that are no longer in a package. */
export async function forgetPictures(packageId: string, gone: ReadonlySet<string>): Promise<void> {
  const database = await picturesDatabase();
  for (const number of await database.getAllKeysFromIndex('packs', 'package', packageId)) {
    const transaction = await begin();
    await committed(transaction, thin(transaction, number, gone));
  }
}

/** Returns a picture; null when this version of it is not on this device. */
export async function keptPicture(assetId: string, version: string): Promise<Blob | null> {
  const transaction = (await picturesDatabase()).transaction(['pictures', 'bodies']);
  const place = await transaction.objectStore('pictures').get(assetId);
  if (place === undefined || String(place.version) !== version) return null;
  const body = await transaction.objectStore('bodies').get(place.pack);
  return body?.slice(place.offset, place.offset + place.length) ?? null;
}

async function begin(): Promise<PackTransaction> {
  return (await picturesDatabase()).transaction(['scopes', 'packs', 'contents', 'bodies', 'pictures'], 'readwrite');
}

async function put(transaction: PackTransaction, arrived: ArrivedPack): Promise<void> {
  const { packageId, projectId, pictures, body } = arrived;
  const scopes = transaction.objectStore('scopes');
  const wanted = await Promise.all([
    scopes.getKey(scopeKey({ kind: 'package', id: packageId })),
    scopes.getKey(scopeKey({ kind: 'project', id: projectId })),
  ]);
  if (wanted.every((key) => key === undefined)) return;
  await release(transaction, pictures);
  const packs = transaction.objectStore('packs');
  const last = await packs.openKeyCursor(null, 'prev');
  const number = (last?.key ?? 0) + 1;
  const places = transaction.objectStore('pictures');
  const contents = {
    assetIds: pictures.map((picture) => picture.assetId),
    versions: pictures.map((picture) => picture.version),
  };
  await Promise.all([
    packs.put({
      number,
      packageId,
      projectId,
      live: pictures.length,
      bytes: body.size,
    }),
    transaction.objectStore('contents').put(contents, number),
    transaction.objectStore('bodies').put(body, number),
    ...pictures.map(({ assetId, version, offset, length }) =>
      places.put({ version, pack: number, offset, length }, assetId),
    ),
  ]);
}

/** Removes the previous pictures of these assets from their packs, and drops packs that become empty. */
async function release(transaction: PackTransaction, pictures: readonly ArrivedPicture[]): Promise<void> {
  const places = transaction.objectStore('pictures');
  const former = await Promise.all(pictures.map((picture) => places.get(picture.assetId)));
  const replaced = Map.groupBy(
    former.filter((place) => place !== undefined),
    (place) => place.pack,
  );
  const packs = transaction.objectStore('packs');
  for (const [number, gone] of replaced) {
    const pack = await packs.get(number);
    if (pack === undefined) continue;
    pack.live -= gone.length;
    if (pack.live > 0) await packs.put(pack);
    else await dropPack(transaction, number);
  }
}

/** Removes the pictures of some assets from a pack; its bytes stay until the pack has no current picture left. */
async function thin(transaction: PackTransaction, number: number, gone: ReadonlySet<string>): Promise<void> {
  const contents = await transaction.objectStore('contents').get(number);
  const ids = contents?.assetIds.filter((id) => gone.has(id)) ?? [];
  const pack = await transaction.objectStore('packs').get(number);
  if (contents === undefined || pack === undefined || ids.length === 0) return;
  const places = transaction.objectStore('pictures');
  const here = (await Promise.all(ids.map(async (id) => ({ id, pack: (await places.get(id))?.pack })))).filter(
    (place) => place.pack === number,
  );
  await Promise.all(here.map(({ id }) => places.delete(id)));
  pack.live -= here.length;
  if (pack.live <= 0) return dropPack(transaction, number);
  const rest = {
    assetIds: contents.assetIds.filter((id) => !gone.has(id)),
    versions: contents.versions.filter((_, index) => !gone.has(contents.assetIds[index] ?? '')),
  };
  await Promise.all([
    transaction.objectStore('packs').put(pack),
    transaction.objectStore('contents').put(rest, number),
  ]);
}

/** Removes a pack and the pictures in it. */
async function drop(transaction: PackTransaction, number: number): Promise<void> {
  const contents = await transaction.objectStore('contents').get(number);
  const places = transaction.objectStore('pictures');
  await Promise.all((contents?.assetIds ?? []).map((id) => places.delete(id)));
  await dropPack(transaction, number);
}

async function dropPack(transaction: PackTransaction, number: number): Promise<void> {
  const stores = ['packs', 'contents', 'bodies'] as const;
  await Promise.all(stores.map((name) => transaction.objectStore(name).delete(number)));
}
