/** For tests and benchmarks: rows as Postgres copies them, without a database. */
import { COPY_HEADER, COPY_TRAILER } from '@ingesthub/schema/values/copy-binary.ts';
import { flags, numberColumns } from '../../model/mirror-questions.ts';

/** An asset as the mirror sees it. */
export interface MirroredAsset {
  readonly id: string;
  readonly package_id: string;
  readonly file_type: string;
  readonly asset_type: string;
  readonly subject_id: string | null;
  readonly camera: string | null;
  readonly review_status: string;
  /** The folder's number within the package. */
  readonly folder: number;
  readonly name: string;
  readonly size_bytes: number;
  /** Milliseconds since 1970. */
  readonly modified_at: number;
  readonly duration_seconds: number | null;
  readonly first_frame: number | null;
  readonly last_frame: number | null;
  readonly yaw: number | null;
  readonly pitch: number | null;
  readonly roll: number | null;
  readonly sharpness: number | null;
  readonly picked_up: boolean;
  readonly missing: boolean;
  readonly problem: boolean;
  readonly sidecar: boolean;
  readonly gaps: boolean;
}

/** Returns the bytes of `COPY … (FORMAT binary)` for assets, in the order of `copiedColumns`. */
export function copyAssets(assets: Iterable<MirroredAsset>): Uint8Array {
  const writer = new CopyWriter();
  for (const asset of assets) {
    writer.row(8 + numberColumns.length + 2);
    writer.uuid(asset.id);
    writer.uuid(asset.package_id);
    writer.text(asset.file_type);
    writer.text(asset.asset_type);
    writer.uuid(asset.subject_id);
    writer.text(asset.camera);
    writer.text(asset.review_status);
    writer.int4(asset.folder);
    writer.text(asset.name);
    writer.int8(asset.size_bytes);
    writer.int8(Math.round((asset.modified_at - 946_684_800_000) * 1000));
    writer.float8(asset.duration_seconds);
    writer.int4(asset.first_frame);
    writer.int4(asset.last_frame);
    for (const angle of [asset.yaw, asset.pitch, asset.roll, asset.sharpness]) writer.float4(angle);
    writer.int4(flags.reduce((bits, flag, index) => bits | (asset[flag] ? 1 << index : 0), 0));
  }
  return writer.end();
}

export function copyIds(ids: Iterable<string>): Uint8Array {
  const writer = new CopyWriter();
  for (const id of ids) {
    writer.row(1);
    writer.uuid(id);
  }
  return writer.end();
}

/** @param tags pairs of an asset's id and a tag. */
export function copyTags(tags: Iterable<readonly [string, string]>): Uint8Array {
  const writer = new CopyWriter();
  for (const [id, tag] of tags) {
    writer.row(2);
    writer.uuid(id);
    writer.text(tag);
  }
  return writer.end();
}

/** @param folders package id, number and path of each. */
export function copyFolders(folders: Iterable<readonly [string, number, string]>): Uint8Array {
  const writer = new CopyWriter();
  for (const [packageId, number, path] of folders) {
    writer.row(3);
    writer.uuid(packageId);
    writer.int4(number);
    writer.text(path);
  }
  return writer.end();
}

const encoder = new TextEncoder();

class CopyWriter {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #end = COPY_HEADER.length;

  constructor() {
    this.#bytes.set(COPY_HEADER);
  }

  row(fields: number): void {
    this.#reserve(2);
    this.#view.setInt16(this.#end - 2, fields);
  }
  uuid(id: string | null): void {
    this.#field(id, 16, (at) => {
      const hex = (id ?? '').replaceAll('-', '');
      for (let byte = 0; byte < 16; byte++)
        this.#bytes[at + byte] = Number.parseInt(hex.slice(byte * 2, byte * 2 + 2), 16);
    });
  }
  text(text: string | null): void {
    const bytes = encoder.encode(text ?? '');
    this.#field(text, bytes.length, (at) => this.#bytes.set(bytes, at));
  }
  int4(value: number | null): void {
    this.#field(value, 4, (at) => this.#view.setInt32(at, value ?? 0));
  }
  int8(value: number): void {
    this.#field(value, 8, (at) => this.#view.setBigInt64(at, BigInt(value)));
  }
  float4(value: number | null): void {
    this.#field(value, 4, (at) => this.#view.setFloat32(at, value ?? 0));
  }
  float8(value: number | null): void {
    this.#field(value, 8, (at) => this.#view.setFloat64(at, value ?? 0));
  }

  end(): Uint8Array {
    this.#reserve(COPY_TRAILER.length);
    this.#bytes.set(COPY_TRAILER, this.#end - COPY_TRAILER.length);
    return this.#bytes.slice(0, this.#end);
  }

  #field(value: unknown, length: number, write: (at: number) => void): void {
    this.#reserve(4 + (value === null ? 0 : length));
    const start = this.#end - 4 - (value === null ? 0 : length);
    this.#view.setInt32(start, value === null ? -1 : length);
    if (value !== null) write(start + 4);
  }

  #reserve(length: number): void {
    this.#end += length;
    if (this.#end <= this.#bytes.length) return;
    const larger = new Uint8Array(this.#end * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
