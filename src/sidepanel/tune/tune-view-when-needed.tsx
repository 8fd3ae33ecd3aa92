import { useLoaded } from '../../view/use-loaded';
import { ProblemNotice } from '../shared/problem-notice';
import type { TuneViewProps } from './tune-view';

// Only those load it who tune.
const loadView = () => import('./tune-view');

export function TuneViewWhenNeeded(props: TuneViewProps) {
  const { module: view, hasFailed } = useLoaded(loadView);
  if (hasFailed) return <ProblemNotice problem={{ code: 'part-not-loaded' }} />;
  return view ? <view.TuneView {...props} /> : null;
}
