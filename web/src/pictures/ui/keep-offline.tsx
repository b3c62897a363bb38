/** Keeps all thumbnails of a package or project on this device. Shows their number and size, then the progress. */
import { Popover } from '@kobalte/core/popover';
import { createEffect, createMemo, createResource, createSignal, Match, Show, Switch } from 'solid-js';
import type { Replica } from '../../replica/model/replica.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { askToPersist } from '../../replica/tabs/persist-on-change.ts';
import { formatBytes, formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { createKept } from '../create-kept.ts';
import { describeKeeping } from '../describe-keeping.ts';
import { freeBytes, readDeviceStorage } from '../device-storage.ts';
import { forgetScope, keepScope, keptAmount, keptScope, type ScopeReference } from '../kept-scopes.ts';
import { fetchThumbnailsSize } from '../thumbnails-size.ts';
import { pictureCountQuery } from '../wanted-pictures.ts';
import styles from './keep-offline.module.css';
import { notifyNotStored } from './notify-not-stored.ts';

export type KeepOfflineProps = { readonly packageId: string } | { readonly projectId: string };

export function KeepOffline(props: KeepOfflineProps) {
  const { replica } = useReplica();
  const reference = createMemo(
    (): ScopeReference =>
      'packageId' in props ? { kind: 'package', id: props.packageId } : { kind: 'project', id: props.projectId },
  );
  const kept = createKept(reference, async (of) => {
    const [scope, amount] = await Promise.all([keptScope(of), keptAmount(of)]);
    return { scope, amount };
  });
  const scope = () => kept.value()?.scope ?? null;
  const count = createLiveQuery<{ count: number }>(
    replica,
    () => (scope() === null ? null : pictureCountQuery(reference())),
    { key: null },
  );
  const words = createMemo(() =>
    describeKeeping({
      scope: scope(),
      amount: kept.value()?.amount ?? { pictures: 0, bytes: 0 },
      total: count()[0]?.count ?? null,
      state: kept.state(),
    }),
  );
  const change = (work: () => Promise<unknown>) => void kept.change(work).catch(notifyNotStored);
  const keep = () => {
    askToPersist();
    change(async () => {
      await keepScope(reference());
      await pinProject(replica, reference());
    });
  };
  const [open, setOpen] = createSignal(false);

  return (
    <Popover open={open()} onOpenChange={setOpen} placement="bottom-end" gutter={4}>
      <Popover.Trigger class="button quiet" disabled={kept.value() === null}>
        <Show when={words().isProblem}>
          <Icon name="problem" size={13} />
        </Show>
        {words().label}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content class={`popover ${styles['popover']}`} aria-label="Keep offline">
          <Show when={scope()} fallback={<Offer reference={reference()} onKeep={keep} />}>
            <p role="status">{words().sentence}</p>
            <Show when={words().progress !== null}>
              <ProgressBar value={words().progress} label="Pictures on this device" />
            </Show>
            <div class={styles['actions']}>
              <Switch>
                <Match when={words().action === 'stop'}>
                  <button type="button" class="button" onClick={() => change(() => keepScope(reference(), true))}>
                    Stop
                  </button>
                </Match>
                <Match when={words().action === 'resume'}>
                  <button type="button" class="button primary" onClick={keep}>
                    Resume
                  </button>
                </Match>
                <Match when={words().action === 'try again'}>
                  <button type="button" class="button primary" onClick={() => change(async () => {})}>
                    Try again
                  </button>
                </Match>
              </Switch>
              <button type="button" class="button" onClick={() => change(() => forgetScope(reference()))}>
                Remove from this device
              </button>
            </div>
          </Show>
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}

/** Pins the project of the kept pictures to this device: without its rows, the pictures are useless. */
async function pinProject(
  replica: Pick<Replica, 'query' | 'chooseProject'>,
  { kind, id }: ScopeReference,
): Promise<void> {
  const [row] = await replica.query<{ project_id: string }>({
    text: kind === 'project' ? 'SELECT $1::uuid AS project_id' : 'SELECT project_id FROM packages WHERE id = $1',
    values: [id],
  });
  if (row) await replica.chooseProject(row.project_id, 'pinned');
}

/** Shows how much space the pictures would take, with a button to keep them. */
function Offer(props: { reference: ScopeReference; onKeep: () => void }) {
  const { status } = useReplica();
  const [size] = createResource(
    () => props.reference,
    (reference) => fetchThumbnailsSize(reference).catch(() => null),
  );
  const [free] = createResource(() => readDeviceStorage(status().storage).then(freeBytes, () => null));
  let button!: HTMLButtonElement;
  createEffect(() => button.focus());
  const sentence = () => {
    if (size.loading) return 'Checking the size…';
    const known = size();
    if (!known) return 'Size unknown while offline.';
    return `${formatCountOf(known.count, 'picture')}, about ${formatBytes(known.bytes)}.`;
  };
  const isTooMuch = () => {
    const [bytes, room] = [size()?.bytes ?? null, free() ?? null];
    return bytes !== null && room !== null && bytes > room;
  };
  return (
    <>
      <h2>Keep all pictures on this device</h2>
      <p role="status">
        {sentence()}
        <Show when={free()}>{(bytes) => ` ${formatBytes(bytes())} free.`}</Show>
      </p>
      <Show when={isTooMuch()}>
        <p class={styles['problem']}>There is not enough space for all of them.</p>
      </Show>
      <div class={styles['actions']}>
        <button ref={button} type="button" class="button primary" onClick={() => props.onKeep()}>
          Keep offline
        </button>
      </div>
    </>
  );
}
