import type { ImportIssue } from '../../core/import/import-item';
import { leastMinutes } from '../../core/import/least-minutes';
import { t, tCount } from '../../view/translate';
import { ImportCost } from './import-cost';
import type { ImportState } from './import-state';
import { LeaveOut } from './leave-out';

const issuesShown = 200;

/** The second step: what was found, what of it is to be imported, and what that takes. Nothing has been fetched or stored yet. */
export function ImportPreview({ imports }: { readonly imports: ImportState }) {
  const parsed = imports.parsed.value;
  if (!parsed) return null;
  const { source, items, issues, issueCount, duplicates } = parsed;
  const chosen = imports.chosen.value;
  const saved = imports.leftOut.value.saved.size;
  const toFetch = chosen.filter(({ text }) => !text).length;
  return (
    <>
      <p>{t('import_found', t(`import_source_${underscored(source)}`), tCount('pages', items.length))}</p>
      <ul class="import-facts small soft">
        {saved > 0 && <li>{tCount('import_saved_already', saved)}</li>}
        {duplicates > 0 && <li>{tCount('import_duplicates', duplicates)}</li>}
        {issueCount > 0 && (
          <li>
            <details>
              <summary>{tCount('import_unreadable', issueCount)}</summary>
              <ul class="import-issues">
                {issues.slice(0, issuesShown).map((issue, index) => (
                  // Nothing else tells them apart, and they never change.
                  <li key={index}>{issueWords(issue)}</li>
                ))}
                {issueCount > issuesShown && <li>{t('import_more', issueCount - Math.min(issues.length, issuesShown))}</li>}
              </ul>
            </details>
          </li>
        )}
      </ul>
      <LeaveOut imports={imports} />
      <p>
        <strong>{tCount('import_chosen', chosen.length)}</strong>
      </p>
      {toFetch > 0 && (
        <>
          <p class="small soft">
            {tCount('import_fetching', toFetch)} {timeWords(leastMinutes(chosen))}
          </p>
          <OriginsNote origins={imports.origins.value} />
        </>
      )}
      {imports.estimate.value && chosen.length > 0 && <ImportCost estimate={imports.estimate.value} />}
      <div class="actions">
        <button type="button" class="button primary" disabled={chosen.length === 0} onClick={() => void imports.start()}>
          {tCount('import_start', chosen.length)}
        </button>
        <button type="button" class="button quiet" onClick={imports.back}>
          {t('back')}
        </button>
        <button type="button" class="button quiet" onClick={imports.close}>
          {t('cancel')}
        </button>
      </div>
    </>
  );
}

function OriginsNote({ origins }: { readonly origins: readonly string[] }) {
  const hosts = [...new Set(origins.map((origin) => origin.replace(/^https?:\/\/(\*\.)?|\/\*$/g, '')))];
  const isAll = hosts.includes('*');
  return <p class="small soft">{isAll ? t('import_asks_all') : t('import_asks_some', hosts.join(', '))}</p>;
}

function timeWords(minutes: number): string {
  if (minutes < 2) return '';
  return minutes < 120 ? t('import_minutes', minutes) : t('import_hours', Math.round(minutes / 60));
}

function issueWords({ reason, line, file, excerpt }: ImportIssue): string {
  const why = t(`import_issue_${underscored(reason)}`);
  const place = line === undefined ? file : t('import_line', line);
  return [place, why, excerpt].filter(Boolean).join(' · ');
}

type Underscored<Text extends string> = Text extends `${infer Head}-${infer Tail}` ? `${Head}_${Underscored<Tail>}` : Text;

function underscored<Text extends string>(text: Text): Underscored<Text> {
  return text.replaceAll('-', '_') as Underscored<Text>;
}
