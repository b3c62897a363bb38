/** Provides the function that changes assets of the package on the screen. */
import { createContext, useContext } from 'solid-js';
import type { AssetChange } from './asset-changes.ts';

/** Applies a change, or several as one step, and shows the result. Without ids, changes the selected assets, or else the focused one. */
export type ChangeAssets = (change: AssetChange | readonly AssetChange[], ids?: readonly string[]) => void;

export const ChangeAssetsContext = createContext<ChangeAssets>();

export function useChangeAssets(): ChangeAssets {
  const change = useContext(ChangeAssetsContext);
  if (!change) throw new Error('useChangeAssets must be called inside a ChangeAssetsContext.Provider.');
  return change;
}
