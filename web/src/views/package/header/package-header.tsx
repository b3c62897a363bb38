/** The header of a package: name, type with its evidence, status, totals, source, subjects and ingest progress. */
import type { PackageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import { Popover } from '@kobalte/core/popover';
import { For, Show } from 'solid-js';
import { KeepOffline } from '../../../pictures/ui/keep-offline.tsx';
import type { PackageListRow } from '../../../queries/packages.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { formatBytes, formatCountOf, formatDuration } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { PackageStatus } from '../../../ui/package-status.tsx';
import { useReplica } from '../../../ui/replica-context.ts';
import { RunProgress } from '../../../ui/run-progress.tsx';
import { TypeBadge } from '../../../ui/type-badge.tsx';
import { isAbsent } from '../../working-set/is-absent.ts';
import { PackageActions } from './package-actions.tsx';
import styles from './package-header.module.css';

const sources = {
  rules: 'Found by rules',
  gemini: 'Found by Gemini',
  model: 'Found by a model',
  person: 'Set by a person',
} as const;

export function PackageHeader(props: { row: PackageListRow; summary: PackageSummaryRow | undefined }) {
  const { status } = useReplica();
  return (
    <header class={styles['header']}>
      <div class={styles['line']}>
        <h1 title={props.row.name}>{props.row.name}</h1>
        <TypeBadge type={props.row.type} />
        <PackageStatus status={props.row.status} problem={props.row.problem} />
        <Show when={props.row.proposal}>{(proposal) => <Evidence proposal={proposal()} />}</Show>
        <span class={styles['totals']}>
          <Show when={props.summary}>
            {(summary) => (
              <>
                {formatCountOf(summary().asset_count, 'asset')} · {formatBytes(summary().size_bytes)}
                <Show when={summary().duration_seconds !== null}>
                  {' '}
                  · {formatDuration(summary().duration_seconds)} long
                </Show>
                <Show when={summary().problem_count > 0}>
                  {' '}
                  · <span class={styles['problem']}>{formatCountOf(summary().problem_count, 'problem')}</span>
                </Show>
              </>
            )}
          </Show>
        </span>
      </div>
      <div class={styles['line']}>
        <span class={styles['path']}>
          <span class="mono" title={props.row.source_path}>
            {props.row.source_path}
          </span>
          <CopyButton text={props.row.source_path} what="source path" />
        </span>
        <Show when={props.row.subjects.length > 0}>
          <span class={styles['subjects']} title={props.row.subjects.join(', ')}>
            <span class="muted">{props.row.subjects.length === 1 ? 'Subject' : 'Subjects'}</span>{' '}
            {props.row.subjects.join(', ')}
          </span>
        </Show>
        <Show when={!isAbsent(status(), props.row.project_id)}>
          <KeepOffline packageId={props.row.id} />
        </Show>
        <PackageActions row={props.row} />
        <span class={styles['run']}>
          <RunProgress run={props.row} />
        </span>
      </div>
      <Show when={props.row.problem}>
        {(problem) => (
          <p class={styles['problem']}>
            <Icon name="problem" size={14} /> {problem()}
          </p>
        )}
      </Show>
    </header>
  );
}

function Evidence(props: { proposal: NonNullable<PackageListRow['proposal']> }) {
  return (
    <Popover placement="bottom-start" gutter={4}>
      <Popover.Trigger class={`button quiet ${styles['why']}`}>
        Why? <Icon name="chevron" size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content class={`popover ${styles['evidence']}`}>
          <Popover.Title as="h2">
            {sources[props.proposal.source]}
            <Show when={props.proposal.source !== 'person'}>, {Math.round(props.proposal.confidence * 100)}% sure</Show>
          </Popover.Title>
          <ul>
            <For each={props.proposal.evidence}>{(sentence) => <li>{sentence}</li>}</For>
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}
