/** The protocol's messages as JSON text. Pure: identical to Electric 1.7, key for key. */

export interface ChangeMessage {
  readonly operation: 'insert' | 'update' | 'delete';
  readonly key: string;
  /** JSON text: an object of values by column, in Postgres' text format. */
  readonly value: string;
  /** For an update in a shape with `replica=full`: the old values of the changed columns, as JSON text. */
  readonly oldValue?: string;
  /** The other half of a primary key change. */
  readonly keyChange?: { readonly to: string } | { readonly from: string };
  readonly position: number;
}

export interface MessageContext {
  /** `["public","items"]` as JSON text. */
  readonly relation: string;
  readonly lsn: bigint;
  readonly xid: number;
}

/** @param last true for the transaction's last message for the shape. */
export function changeMessage(change: ChangeMessage, context: MessageContext, last: boolean): string {
  const { value, key, operation, oldValue, position } = change;
  return (
    `{"value":${value},"key":${JSON.stringify(key)},"headers":{${last ? '"last":true,' : ''}` +
    `"relation":${context.relation},"operation":"${operation}",${keyChangeHeader(change)}` +
    `"lsn":"${context.lsn}","op_position":${position},"txids":[${context.xid}]}` +
    `${oldValue === undefined ? '' : `,"old_value":${oldValue}`}}`
  );
}

function keyChangeHeader({ keyChange }: ChangeMessage): string {
  if (!keyChange) return '';
  return 'to' in keyChange
    ? `"key_change_to":${JSON.stringify(keyChange.to)},`
    : `"key_change_from":${JSON.stringify(keyChange.from)},`;
}

export function upToDateMessage(lsn: bigint): string {
  return `{"headers":{"control":"up-to-date","global_last_seen_lsn":"${lsn}"}}`;
}

/** The transactions that a snapshot sees: xmin, xmax and those in progress between them, as 64-bit transaction ids. */
export interface SnapshotBounds {
  readonly xmin: bigint;
  readonly xmax: bigint;
  readonly inProgress: readonly bigint[];
}

export function snapshotEndMessage(bounds: SnapshotBounds): string {
  return `{"headers":{"control":"snapshot-end",${boundsFields(bounds)}}}`;
}

/** Returns the bounds as fields of a JSON object. */
export function boundsFields({ xmin, xmax, inProgress }: SnapshotBounds): string {
  const list = inProgress.map((xid) => `"${xid}"`).join(',');
  return `"xip_list":[${list}],"xmax":"${xmax}","xmin":"${xmin}"`;
}

export const MUST_REFETCH = '[{"headers":{"control":"must-refetch"}}]';

/** Returns `"public"."items"/"1"`: the relation and the primary key's values, with `/` and `.` doubled where they would be ambiguous. */
export function rowKey(prefix: string, values: readonly (string | null)[]): string {
  return prefix + values.map((value) => (value === null ? '/_' : `/"${value.replaceAll('/', '//')}"`)).join('');
}

export function rowKeyPrefix(schema: string, table: string): string {
  const doubled = (name: string) => name.replaceAll('/', '//').replaceAll('.', '..');
  return `"${doubled(schema)}"."${doubled(table)}"`;
}
