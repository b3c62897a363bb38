/** Pages by two keys in turn: `G D` opens the dashboard. */
import { PACKAGE_TYPES } from '@ingesthub/schema/library/package-kinds.ts';
import { useNavigate } from '@solidjs/router';
import { createShortcuts } from '../shortcuts/create-shortcuts.ts';

export function createGoTo(): void {
  const navigate = useNavigate();
  const to = (href: string) => () => navigate(href);
  const [faces, clips] = PACKAGE_TYPES;
  createShortcuts({
    goDashboard: to('/'),
    goProjects: to('/projects'),
    goSubjects: to('/subjects'),
    goVfx: to(`/packages/${faces}`),
    goAtman: to(`/packages/${clips}`),
    goSearch: to('/search'),
    goSync: to('/sync'),
    goSettings: to('/settings'),
  });
}
