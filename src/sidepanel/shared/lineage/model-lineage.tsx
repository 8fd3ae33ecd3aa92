import { useContext } from 'preact/hooks';
import { lineageOf } from '../../../core/tuning/training/model-lineage';
import { lineageWords } from './lineage-words';
import { TunedModels } from './tuned-models';

/** Where a model is from; nothing for one that was not tuned. */
export function ModelLineage({ model }: { readonly model: string }) {
  const known = useContext(TunedModels);
  const lineage = lineageOf(model, known.trained);
  if (!lineage) return null;
  return <p class="soft small model-lineage">{lineageWords(lineage, known).join(' ')}</p>;
}
