/** The pictures that are kept offline: what is there, what arrives, what goes. */
import type { IDBPTransaction } from 'idb';
import { scopeKey } from './kept-scopes.ts';
import { committed, type Pack, type PicturesSchema, picturesDatabase } from './pictures-database.ts';

export interface ArrivedPicture {
  readonly assetId: string;
  readonly version: number;
  readonly offset: number;
  readonly length: number;
}

export interface ArrivedPack {
  readonly packageId: string;
  readonly projectId: string;
  readonly pictures: readonly ArrivedPicture[];
  /** The offsets are in it. */
  readonly body: Blob;
}

type Stores = 'scopes' | 'packs' | 'bodies' | 'pictures';
type PackTransaction = IDBPTransaction<PicturesSchema, Stores[], 'readwrite'>;

/** Asset -> version of its picture that is here, of one package. */
export async function keptVersions(packageId: string): Promise<Map<string, number>> {
  const packs = await (await picturesDatabase()).getAllFromIndex('packs', 'package', packageId);
  const versions = new Map<string, number>();
  for (const pack of packs) {
    pack.assetIds.forEach((id, index) => {
      versions.set(id, pack.versions[index] ?? Number.NaN);
    });
  }
  return versions;
}

/**
 * Whole or not at all. Nothing is stored when nobody wants the package any more.
 *
 * @throws QuotaExceededError when the device is full.
 */
export async function storePack(arrived: ArrivedPack): Promise<void> {
  const transaction = await begin();
  await committed(transaction, put(transaction, arrived));
}

/** Removes the pictures that no kept package or project has any more. */
export async function dropUnwantedPacks(): Promise<boolean> {
  const database = await picturesDatabase();
  const wanted = new Set(await database.getAllKeys('scopes'));
  const isWanted = (pack: Pack) =>
    wanted.has(scopeKey({ kind: 'package', id: pack.packageId })) ||
    wanted.has(scopeKey({ kind: 'project', id: pack.projectId }));
  const unwanted = (await database.getAll('packs')).filter((pack) => !isWanted(pack));
  // One at a time, so that pictures are served in between.
  for (const pack of unwanted) {
    const transaction = await begin();
    const places = transaction.objectStore('pictures');
    const removed = [
      ...pack.assetIds.map((id) => places.delete(id)),
      transaction.objectStore('packs').delete(pack.number),
      transaction.objectStore('bodies').delete(pack.number),
    ];
    await committed(transaction, Promise.all(removed));
  }
  return unwanted.length > 0;
}

/** The picture itself; null: this version of it is not here. */
export async function keptPicture(assetId: string, version: string): Promise<Blob | null> {
  const transaction = (await picturesDatabase()).transaction(['pictures', 'bodies']);
  const place = await transaction.objectStore('pictures').get(assetId);
  if (place === undefined || String(place.version) !== version) return null;
  const body = await transaction.objectStore('bodies').get(place.pack);
  return body?.slice(place.offset, place.offset + place.length) ?? null;
}

async function begin(): Promise<PackTransaction> {
  return (await picturesDatabase()).transaction(['scopes', 'packs', 'bodies', 'pictures'], 'readwrite');
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
  await Promise.all([
    packs.put({
      number,
      packageId,
      projectId,
      assetIds: pictures.map((picture) => picture.assetId),
      versions: pictures.map((picture) => picture.version),
      live: pictures.length,
      bytes: body.size,
    }),
    transaction.objectStore('bodies').put(body, number),
    ...pictures.map(({ assetId, version, offset, length }) =>
      places.put({ version, pack: number, offset, length }, assetId),
    ),
  ]);
}

/** Takes the former pictures of these assets off their packs, and removes packs that are of no more use. */
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
    else await Promise.all([packs.delete(number), transaction.objectStore('bodies').delete(number)]);
  }
}
