/** The facets beside the list. Each changes its own terms of the query's text, which says the same in words. */
import { For, Show } from 'solid-js';
import type { HistogramName } from '../../../queries/asset-question.ts';
import type { ListCounts } from '../../../queries/list-counts.ts';
import type { QueryNames } from '../../../queries/query/query-keys.ts';
import { readRange, withRange } from '../../../queries/query/range-choice.ts';
import type { Scope } from '../../../replica/model/mirror-questions.ts';
import { type FacetKind, facetKinds } from './facet-rows.ts';
import styles from './facets.module.css';
import { FlagFacet, type FlagRow } from './flag-facet.tsx';
import { HistogramFacet } from './histogram-facet.tsx';
import { ValueFacet } from './value-facet.tsx';

const pickedRows: readonly FlagRow[] = [
  { key: 'picked', holds: 'yes', name: 'Picked up', icon: 'pickedUp' },
  { key: 'picked', holds: 'no', name: 'Not yet', icon: 'unreviewed' },
];
const fileRows: readonly FlagRow[] = [
  { key: 'missing', holds: 'yes', name: 'Not on disk', icon: 'notOnDisk' },
  { key: 'problem', holds: 'yes', name: 'Problems', icon: 'problem' },
  { key: 'gap', holds: 'yes', name: 'Frame gaps', icon: 'gaps' },
  { key: 'sidecar', holds: 'yes', name: 'Sidecars', icon: 'metadata' },
];

export function FacetColumn(props: {
  id: string;
  ref: (element: HTMLElement) => void;
  scope: Scope['kind'];
  text: string;
  counts: ListCounts;
  names: QueryNames;
  onText: (text: string, options?: { readonly soon: boolean }) => void;
}) {
  const values = (kind: FacetKind) => (
    <ValueFacet kind={kind} text={props.text} counts={props.counts} names={props.names} onText={props.onText} />
  );
  const histogram = (name: HistogramName, label: string) => (
    <Show when={props.counts?.histograms[name]}>
      {(found) => (
        <HistogramFacet
          name={name}
          label={label}
          histogram={found()}
          range={readRange(props.text, name)}
          onRange={(range, soon) => props.onText(withRange(props.text, name, range), { soon })}
        />
      )}
    </Show>
  );
  return (
    <aside id={props.id} ref={props.ref} class={styles['column']} aria-label="Filters">
      <Show when={props.scope !== 'package'}>{values(facetKinds.package)}</Show>
      {values(facetKinds.asset)}
      {values(facetKinds.type)}
      {values(facetKinds.status)}
      {histogram('yaw', 'Yaw')}
      {histogram('pitch', 'Pitch')}
      {histogram('sharp', 'Sharpness')}
      {values(facetKinds.tag)}
      <Show when={props.scope !== 'subject'}>{values(facetKinds.subject)}</Show>
      {values(facetKinds.camera)}
      <For each={[['Picked up', pickedRows] as const, ['Files', fileRows] as const]}>
        {([label, rows]) => (
          <FlagFacet label={label} rows={rows} text={props.text} counts={props.counts} onText={props.onText} />
        )}
      </For>
      {histogram('dur', 'Duration')}
      {histogram('size', 'Size')}
      {histogram('date', 'Date')}
    </aside>
  );
}
