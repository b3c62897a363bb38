/** Chooses how the grid is divided: as the address asks (`?group=`), else as this person chose last. */
import { useSearchParams } from '@solidjs/router';
import type { Accessor } from 'solid-js';
import { createPreference } from '../../../preferences/create-preference.ts';
import { type GroupChoice, groupChoice } from './group-choice.ts';

const [preferred, prefer] = createPreference<GroupChoice>('grid-group', groupChoice, 'type');

export function createGroupChoice(): [chosen: Accessor<GroupChoice>, choose: (choice: GroupChoice) => void] {
  const [search, setSearch] = useSearchParams<{ group?: string }>();
  const asked = () => groupChoice.safeParse(search.group).data;
  return [
    () => asked() ?? preferred(),
    (choice) => {
      prefer(choice);
      if (search.group !== undefined) setSearch({ group: choice }, { replace: true, scroll: false });
    },
  ];
}
