import type { ComponentType } from 'preact';
import { useLoaded } from '../../view/use-loaded';
import { ProblemNotice } from './problem-notice';

/** A view whose code is loaded when it is first shown, or before by `load`. Says so where that cannot be done, as from a damaged package. */
export function whenNeeded<Props extends object>(load: () => Promise<{ readonly View: ComponentType<Props> }>) {
  function ViewWhenNeeded(props: Props) {
    const { module, hasFailed } = useLoaded(load);
    if (hasFailed) return <ProblemNotice problem={{ code: 'part-not-loaded' }} />;
    return module ? <module.View {...props} /> : null;
  }
  return Object.assign(ViewWhenNeeded, { load });
}
