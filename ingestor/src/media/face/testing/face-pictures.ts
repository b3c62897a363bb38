/** Small pictures with face metadata, written as face pipelines do. */
import { deflateSync } from 'node:zlib';
import { insertBeforeEnd } from '@ingesthub/fixtures/png-chunks.ts';
import sharp from 'sharp';

const plain = sharp({ create: { width: 8, height: 8, channels: 3, background: '#345' } });
export const PNG = await plain.clone().png().toBuffer();
export const JPEG = await plain.clone().jpeg().toBuffer();

export function pngWith(type: string, data: Buffer | string): Buffer {
  return insertBeforeEnd(PNG, type, Buffer.from(data));
}

export const text = (key: string, value: string): Buffer => pngWith('tEXt', `${key}\0${value}`);

export function compressedText(key: string, value: string | Buffer): Buffer {
  return pngWith('zTXt', Buffer.concat([Buffer.from(`${key}\0\0`), deflateSync(value)]));
}

export function internationalText(key: string, value: string | Buffer, compressed = false): Buffer {
  const head = `${key}\0${compressed ? '\x01' : '\0'}\0en\0Gesicht\0`;
  return pngWith('iTXt', Buffer.concat([Buffer.from(head), compressed ? deflateSync(value) : Buffer.from(value)]));
}

/** @param parts each in an APP15 segment of its own, after the first segment. */
export function jpegWith(...parts: readonly Buffer[]): Buffer {
  const behind = 4 + JPEG.readUInt16BE(4);
  const segments = parts.map((part) => {
    const head = Buffer.from([0xff, 0xef, 0, 0]);
    head.writeUInt16BE(part.length + 2, 2);
    return Buffer.concat([head, part]);
  });
  return Buffer.concat([JPEG.subarray(0, behind), ...segments, JPEG.subarray(behind)]);
}
