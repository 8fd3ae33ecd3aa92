import { useEffect, useState } from 'preact/hooks';
import type { Refusal } from '../../core/models/refusals';
import type { SettingsState } from '../state/settings-state';

/** What a model of a server is known not to take; nothing until that is known. */
export function useRefusals({ refusalsOf }: Pick<SettingsState, 'refusalsOf'>, baseUrl: string, model: string): readonly Refusal[] {
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void refusalsOf(baseUrl, model).then((known) => isCurrent && setRefusals(known));
    return () => {
      isCurrent = false;
    };
  }, [refusalsOf, baseUrl, model]);
  return refusals;
}
