/** Writes the state of this device's copy into a file that a person can send to their admin. */
import { followedPartsQuery } from '../../queries/followed-parts.ts';
import { unsentQuery } from '../../queries/unsent.ts';
import type { AuditReport, Replica } from '../../replica/model/replica.ts';
import { saveFile } from '../../ui/save-file.ts';

/** Saves a JSON file with positions, waiting and refused changes, and the latest check. It holds no pictures or facts of assets. */
export async function saveSyncReport(
  replica: Pick<Replica, 'query' | 'status'>,
  check: AuditReport | null,
): Promise<void> {
  const { projects, ...status } = replica.status();
  const report = {
    savedAt: new Date(),
    browser: navigator.userAgent,
    status: { ...status, projects: [...projects].map(([id, project]) => ({ id, ...project })) },
    parts: await replica.query(followedPartsQuery().statement),
    waiting: await replica.query(unsentQuery().statement),
    check,
  };
  const file = new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' });
  saveFile(file, `ingesthub-sync-${new Date().toISOString().slice(0, 10)}.json`);
}
