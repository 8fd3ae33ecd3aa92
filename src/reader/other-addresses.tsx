import { useState } from 'preact/hooks';
import type { OtherAddress, Page } from '../core/pages/page';
import { type Problem, problemOf } from '../core/problem';
import { OutsideLink } from '../view/outside-link';
import { problemWords } from '../view/problem-words';
import { t } from '../view/translate';

interface OtherAddressesProps {
  readonly page: Page;
  readonly keepApart: (address: string) => Promise<unknown>;
}

/** Where nearly the same text was saved from, with a way to say that it is another page. */
export function OtherAddresses({ page: { otherAddresses = [] }, keepApart }: OtherAddressesProps) {
  const [apart, setApart] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<Problem>();
  if (otherAddresses.length === 0) return null;
  const part = async ({ canonicalUrl }: OtherAddress) => {
    setProblem(undefined);
    try {
      await keepApart(canonicalUrl);
      setApart((before) => [...before, canonicalUrl]);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <div class="note other-addresses">
      <p>{t('also_read_at')}</p>
      <ul>
        {otherAddresses.map((other) => (
          <li key={other.canonicalUrl}>
            <OutsideLink href={other.url}>{other.url}</OutsideLink>
            {apart.includes(other.canonicalUrl) ? (
              <span role="status">{t('kept_apart')}</span>
            ) : (
              <button type="button" class="text-button" onClick={() => void part(other)}>
                {t('keep_apart')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {problem && <p role="alert">{problemWords(problem)}</p>}
    </div>
  );
}
