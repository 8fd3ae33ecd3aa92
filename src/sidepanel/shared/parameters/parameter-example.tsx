import type { ComponentChildren } from 'preact';
import type { ModelParameters, ParameterName } from '../../../core/models/model-parameters';
import { atTemperature, cutAtStop, drawWords, penalised, withinTopP } from '../../../core/models/sampling';
import { moveInstructions } from '../../../core/prompt/move-instructions';
import { estimateTokens } from '../../../core/text/estimate-tokens';
import { t } from '../../../view/translate';
import { WordBars } from './word-bars';

interface ParameterExampleProps {
  readonly name: ParameterName;
  readonly parameters: ModelParameters;
}

/** How likely each of the words of the example is; they come to 1. */
const probabilities = [0.42, 0.24, 0.14, 0.1, 0.06, 0.04];
/** How often the first words have come already, in the example of the penalties. */
const counts = [3, 1];
const seedWithout = 20_260_703;

/** What a parameter does to a small text, worked out with the value that is set. */
export function ParameterExample({ name, parameters }: ParameterExampleProps) {
  const chances = t('example_words')
    .split(',')
    .map((word, index) => ({ word, probability: probabilities[index] ?? 0 }));
  const counted = new Map(chances.slice(0, counts.length).map(({ word }, index) => [word, counts[index] ?? 0]));
  switch (name) {
    case 'temperature':
      return (
        <Example words={t('example_next_word')}>
          <WordBars chances={atTemperature(chances, parameters.temperature ?? 1)} />
        </Example>
      );
    case 'topP': {
      const kept = withinTopP(chances, parameters.topP ?? 1);
      return (
        <Example words={t('example_top_p', kept.length, chances.length)}>
          <WordBars chances={kept} />
        </Example>
      );
    }
    case 'frequencyPenalty':
    case 'presencePenalty':
      return (
        <Example words={t('example_penalty', chances[0]?.word ?? '', counts[0] ?? 0, chances[1]?.word ?? '', counts[1] ?? 0)}>
          <WordBars chances={penalised(chances, counted, { [name]: parameters[name] ?? 0 })} />
        </Example>
      );
    case 'stop':
      return <Example words={t('example_stop')}>{cutAtStop(t('example_text'), parameters.stop ?? [])}</Example>;
    case 'maximumTokens':
      return <Example words={t('example_maximum_tokens')}>{firstTokens(t('example_text'), parameters.maximumTokens)}</Example>;
    case 'seed': {
      const draw = (seed: number) => drawWords(chances, seed, 5).join(' · ');
      const { seed } = parameters;
      return (
        <Example words={t(seed === undefined ? 'example_no_seed' : 'example_seed')}>
          {draw(seed ?? seedWithout)}
          <br />
          {draw(seed ?? seedWithout + 1)}
        </Example>
      );
    }
    case 'reasoningEffort':
      return <Example words={t('example_reasoning_effort')} />;
    case 'verbosity': {
      const texts = { low: t('example_verbosity_low'), medium: t('example_verbosity_medium'), high: t('example_verbosity_high') };
      return <Example words={t('example_verbosity')}>{texts[parameters.verbosity as keyof typeof texts] ?? texts.medium}</Example>;
    }
    case 'answers':
      return <Example words={t('example_answers', parameters.answers ?? 1)} />;
    case 'takeBest':
      return null;
    case 'systemMessage': {
      const messages = [
        { role: 'system', content: t('example_instructions') },
        { role: 'user', content: t('example_question') },
      ] as const;
      const sent = parameters.systemMessage === false ? moveInstructions(messages) : messages;
      return (
        <Example words={t('example_sent')}>
          {sent.map(({ role, content }) => (
            <span key={role} class="example-message">
              <b>{role}</b> {content}
            </span>
          ))}
        </Example>
      );
    }
  }
}

function Example({ words, children }: { readonly words: string; readonly children?: ComponentChildren }) {
  return (
    <div class="parameter-example">
      <p class="soft small">{words}</p>
      {children && <div>{children}</div>}
    </div>
  );
}

/** As much of a text as comes to so many tokens, by estimate. */
function firstTokens(text: string, most = Number.POSITIVE_INFINITY): string {
  const words = text.split(' ');
  let kept = '';
  for (const word of words) {
    const longer = kept ? `${kept} ${word}` : word;
    if (estimateTokens(longer) > most) return `${kept}…`;
    kept = longer;
  }
  return kept;
}
