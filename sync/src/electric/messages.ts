/** The protocol's messages as JSON text. Pure: what Electric 1.7 writes, key for key. */

/** Values by column in Postgres' text format. */
export type Values = Readonly<Record<string, string | null>>;

export interface ChangeMessage {
  readonly operation: 'insert' | 'update' | 'delete';
  readonly key: string;
  readonly value: Values;
  /** Of an update in a shape with `replica=full`: what the changed columns held before. */
  readonly oldValue?: Values;
  /** The other half of a changed primary key. */
  readonly keyChange?: { readonly to: string } | { readonly from: string };
  readonly position: number;
}

export interface MessageContext {
  readonly schema: string;
  readonly table: string;
  readonly lsn: bigint;
  readonly xid: number;
}

/** @param last whether it is the transaction's last message for the shape. */
export function changeMessage(change: ChangeMessage, context: MessageContext, last: boolean): string {
  const { keyChange } = change;
  return JSON.stringify({
    value: change.value,
    key: change.key,
    headers: {
      ...(last ? { last: true } : {}),
      relation: [context.schema, context.table],
      operation: change.operation,
      ...(keyChange && 'to' in keyChange ? { key_change_to: keyChange.to } : {}),
      ...(keyChange && 'from' in keyChange ? { key_change_from: keyChange.from } : {}),
      lsn: context.lsn.toString(),
      op_position: change.position,
      txids: [context.xid],
    },
    ...(change.oldValue ? { old_value: change.oldValue } : {}),
  });
}

export function upToDateMessage(lsn: bigint): string {
  return `{"headers":{"control":"up-to-date","global_last_seen_lsn":"${lsn}"}}`;
}

/** What a snapshot sees: xmin, xmax and those in progress between them, full 64-bit transaction ids. */
export interface SnapshotBounds {
  readonly xmin: bigint;
  readonly xmax: bigint;
  readonly inProgress: readonly bigint[];
}

export function snapshotEndMessage({ xmin, xmax, inProgress }: SnapshotBounds): string {
  const list = inProgress.map((xid) => `"${xid}"`).join(',');
  return `{"headers":{"control":"snapshot-end","xip_list":[${list}],"xmax":"${xmax}","xmin":"${xmin}"}}`;
}

export const MUST_REFETCH = '[{"headers":{"control":"must-refetch"}}]';

/** `"public"."items"/"1"`: the relation and the primary key's values, `/` and `.` doubled where they would divide. */
export function rowKey(prefix: string, values: readonly (string | null)[]): string {
  return prefix + values.map((value) => (value === null ? '/_' : `/"${value.replaceAll('/', '//')}"`)).join('');
}

export function rowKeyPrefix(schema: string, table: string): string {
  const doubled = (name: string) => name.replaceAll('/', '//').replaceAll('.', '..');
  return `"${doubled(schema)}"."${doubled(table)}"`;
}

/** A response's body: messages that are JSON text already, as an array. */
export function messageArray(messages: readonly Buffer[]): Buffer {
  return Buffer.concat([
    OPEN,
    ...messages.flatMap((message, index) => (index === 0 ? [message] : [COMMA, message])),
    CLOSE,
  ]);
}

const OPEN = Buffer.from('[');
const COMMA = Buffer.from(',');
const CLOSE = Buffer.from(']');
