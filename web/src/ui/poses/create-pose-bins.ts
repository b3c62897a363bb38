/** The pose matrix of a scope, kept current. */
import { type Accessor, createComputed, createSignal, createUniqueId, onCleanup } from 'solid-js';
import {
  type Condition,
  type MirroredList,
  mirroredColumns,
  type PoseBins,
  type PoseQuestion,
  type Scope,
} from '../../replica/model/mirror-questions.ts';
import type { Replica } from '../../replica/model/replica.ts';
import { mayTouch } from '../../replica/read/table-reads.ts';

interface PoseBinsInput {
  readonly scope: Scope;
  readonly where?: Readonly<Record<string, Condition>>;
  readonly pose: PoseQuestion;
}

const reads = [{ table: 'assets', columns: mirroredColumns }];

/**
 * Asks the mirror now, when the input changes, and after changes of assets, at most half of the time.
 *
 * @param input tracked; null asks nothing.
 * @returns null until the answer to the present input has come.
 */
export function createPoseBins(
  replica: Pick<Replica, 'ask' | 'onChange'>,
  input: Accessor<PoseBinsInput | null>,
): Accessor<PoseBins<string> | null> {
  const asker = createUniqueId();
  const [bins, setBins] = createSignal<PoseBins<string> | null>(null);
  let current: PoseBinsInput | null = null;
  let reading = false;
  let stale = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function read(): Promise<void> {
    const asked = current;
    if (asked === null || reading) return;
    reading = true;
    stale = false;
    const begun = performance.now();
    let list: MirroredList | null = null;
    try {
      const { scope, where = {}, pose } = asked;
      list = await replica.ask({ scope, where, pose, sort: { by: 'name', descending: false }, listed: false }, asker);
    } catch (error) {
      // The former answer stays, or none; the lists of the page say why the library cannot be read.
      console.warn(error);
    }
    reading = false;
    if (asked === current && list !== null) setBins(list.pose);
    if (asked !== current) void read();
    else if (stale) timer = setTimeout(() => void read(), performance.now() - begun);
  }

  createComputed(() => {
    current = input();
    clearTimeout(timer);
    setBins(null);
    void read();
  });
  const stop = replica.onChange((change) => {
    if (stale || current === null || !mayTouch(change, reads)) return;
    stale = true;
    if (!reading) timer = setTimeout(() => void read(), 0);
  });
  onCleanup(() => {
    current = null;
    stop();
    clearTimeout(timer);
  });
  return bins;
}
