/** Filters by subject and by camera, each offered when the package has more than one. */
import { createMemo, createSignal, Show } from 'solid-js';
import type { AssetFilter } from '../../../queries/asset-filter.ts';
import { countsOf, type ListCounts } from '../../../queries/list-counts.ts';
import type { SubjectListRow } from '../../../queries/subjects.ts';
import { Icon } from '../../../ui/icon.tsx';
import { NamePicker } from '../../../ui/name-picker.tsx';
import styles from './filter-bar.module.css';
import { toggled } from './toggled.ts';

export function PeopleAndCameras(props: {
  subjects: readonly SubjectListRow[];
  filter: AssetFilter;
  counts: ListCounts;
  onFilter: (change: Partial<AssetFilter>) => void;
}) {
  const subjectName = (id: string | null) =>
    id === null ? 'Unknown subject' : (props.subjects.find((subject) => subject.id === id)?.name ?? 'Deleted subject');
  return (
    <>
      <ValuePicker
        kind="subject"
        label="Subjects"
        counts={countsOf(props.counts, 'subjects')}
        nameOf={subjectName}
        picked={props.filter.subjects}
        onPicked={(picked) => props.onFilter({ subjects: picked })}
      />
      <ValuePicker
        kind="camera"
        label="Cameras"
        counts={countsOf(props.counts, 'cameras')}
        nameOf={(camera) => camera ?? 'No camera'}
        picked={props.filter.cameras}
        onPicked={(picked) => props.onFilter({ cameras: picked })}
      />
    </>
  );
}

function ValuePicker(props: {
  kind: 'subject' | 'camera';
  label: string;
  counts: ReadonlyMap<string | null, number>;
  nameOf: (value: string | null) => string;
  picked: readonly (string | null)[];
  onPicked: (picked: (string | null)[]) => void;
}) {
  const [open, setOpen] = createSignal(false);
  const values = createMemo(() =>
    [...new Set([...props.counts.keys(), ...props.picked])]
      .map((value) => ({ value, name: props.nameOf(value), count: props.counts.get(value) ?? 0 }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  );
  const pickedNames = () => props.picked.map(props.nameOf);
  function pick(name: string): void {
    const found = values().find((one) => one.name === name);
    if (found) props.onPicked(toggled(props.picked, found.value));
  }
  return (
    <Show when={values().length > 1 || props.picked.length > 0}>
      <NamePicker
        label={
          <>
            <Show when={pickedNames().length > 0} fallback={props.label}>
              <span class={styles['picked']} title={pickedNames().join(', ')}>
                {pickedNames().join(', ')}
              </span>
            </Show>
            <Icon name="chevron" size={12} />
          </>
        }
        fieldLabel={`Filter by ${props.kind}`}
        kind={props.kind}
        names={values()}
        picked={pickedNames()}
        staysOpen
        open={open()}
        onOpenChange={setOpen}
        onPick={pick}
      />
    </Show>
  );
}
