/**
 * Reads the addresses of earlier versions, which had a parameter for each part of a filter: saved filters and links keep
 * working. Unknown values are ignored.
 */
import { assetType, fileType, reviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import { z } from 'zod';
import { joinParts } from '../query/edit-query.ts';
import { quoted } from '../query/parse-query.ts';
import type { QueryNames } from '../query/query-keys.ts';
import { list, type Search } from './search-values.ts';

/** Parameters that only earlier versions wrote. */
export const legacyParameters = [
  'file_type',
  'asset_type',
  'review',
  'picked_up',
  'subject',
  'camera',
  'tag',
  'size',
  'duration',
  'yaw',
  'pitch',
  'problem',
  'sidecars',
  'text',
] as const;

/** Returns the same filter as the text of a query. @param names subjects without a name here are written by their ids. */
export function legacyText(search: Search, names: Pick<QueryNames, 'subjects'>): string {
  const subjectName = (id: string) => names.subjects.find((one) => one.id === id)?.name ?? id;
  const yesOrNo = list(search['picked_up'])[0];
  const terms = [
    term('type', known(fileType, search['file_type'])),
    term('asset', known(assetType, search['asset_type'])),
    term('status', known(reviewStatus, search['review'])),
    yesOrNo === 'yes' ? 'picked:' : yesOrNo === 'no' ? 'picked:no' : '',
    term(
      'subject',
      known(z.union([z.uuid(), z.literal('')]), search['subject']).map((id) => id && subjectName(id)),
    ),
    term('camera', list(search['camera'])),
    ...list(search['tag']).map((tag) => (tag === '' ? '' : term('tag', [tag]))),
    range('size', search['size']),
    range('dur', search['duration']),
    pose(search),
    list(search['problem'])[0] === 'yes' ? 'problem:' : '',
    list(search['sidecars'])[0] === 'yes' ? 'sidecar:any' : '',
  ];
  return joinParts(terms.filter((one) => one !== '').join(' '), list(search['text'])[0] ?? '');
}

/** Writes alternatives; the empty one is the unknown subject or camera. */
function term(key: string, values: readonly string[]): string {
  const written = [...new Set(values)].map((value) => (value === '' ? 'none' : quoted(value)));
  return written.length === 0 ? '' : `${key}:${written.join(',')}`;
}

function range(key: string, value: Search[string]): string {
  const found = RANGE.exec(list(value)[0] ?? '');
  return found?.[1] || found?.[2] ? `${key}:${found[0]}` : '';
}

const RANGE = /^(-?[\d.]*)\.\.(-?[\d.]*)$/;

/** A pose was a box, which needed all of its bounds. */
function pose(search: Search): string {
  const bounds = ['yaw', 'pitch'].map((angle) => RANGE.exec(list(search[angle])[0] ?? ''));
  const written = bounds.map((found) => (found?.[1] && found[2] ? `${found[1]}..${found[2]}` : null));
  return written.includes(null) ? '' : `pose:${written.join(',')}`;
}

function known<Value extends string>(schema: z.ZodType<Value>, value: Search[string]): Value[] {
  return list(value).flatMap((text) => schema.safeParse(text).data ?? []);
}
