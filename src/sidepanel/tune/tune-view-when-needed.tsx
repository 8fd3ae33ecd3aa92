import { useLoaded } from '../../view/use-loaded';
import type { TuneViewProps } from './tune-view';

// Only those load it who tune.
const loadView = () => import('./tune-view');

export function TuneViewWhenNeeded(props: TuneViewProps) {
  const view = useLoaded(loadView);
  return view ? <view.TuneView {...props} /> : null;
}
