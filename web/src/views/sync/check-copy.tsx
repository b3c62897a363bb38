/** Compares this device's copy of the library with the server's, and says what was found. */
import { createSignal, Show } from 'solid-js';
import type { AuditReport } from '../../replica/model/replica.ts';
import { formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { notifyFailure } from '../../ui/notices.ts';
import { useReplica } from '../../ui/replica-context.ts';

export function createCopyCheck() {
  const { replica } = useReplica();
  const [checking, setChecking] = createSignal(false);
  const [result, setResult] = createSignal<AuditReport | null>(null);
  async function check(): Promise<void> {
    setChecking(true);
    setResult(null);
    try {
      setResult(await replica.audit());
    } catch (error) {
      notifyFailure('Could not check the copy', error);
    } finally {
      setChecking(false);
    }
  }
  return { checking, result, check };
}

export type CopyCheck = ReturnType<typeof createCopyCheck>;

export function CheckButton(props: { check: CopyCheck }) {
  const { online } = useReplica();
  return (
    <button
      type="button"
      class="button quiet"
      disabled={props.check.checking() || !online()}
      title={online() ? undefined : 'Needs the server'}
      onClick={() => void props.check.check()}
    >
      <Icon name="check" /> {props.check.checking() ? 'Checking…' : 'Check this copy'}
    </button>
  );
}

export function CheckResult(props: { check: CopyCheck }) {
  return (
    <div role="status">
      <Show when={props.check.result()}>
        {(report) => (
          <p class="note" classList={{ danger: report().unrepaired.length > 0 }}>
            <Icon name={report().unrepaired.length > 0 ? 'problem' : 'check'} />
            <span>{describeCheck(report())}</span>
          </p>
        )}
      </Show>
    </div>
  );
}

function describeCheck({ compared, skipped, repairedRows, unrepaired }: AuditReport): string {
  if (unrepaired.length > 0) return 'Some data still differs from the server. Send the report to your admin.';
  const differed = repairedRows === 0 ? 'no differences' : `${formatCountOf(repairedRows, 'row')} reloaded`;
  const later = skipped === 0 ? '' : ` ${formatCountOf(skipped, 'part')} changed meanwhile and will be checked later.`;
  return `Compared ${formatCountOf(compared, 'part')} with the server: ${differed}.${later}`;
}
