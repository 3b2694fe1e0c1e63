import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { RowErrors } from '../../ui/row-errors.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import { findImport } from './api.ts';
import type { ImportView } from './wire.ts';

const POLL_MS = 1000;
const TONES: Readonly<Record<ImportView['state'], Tone>> = { queued: 'quiet', running: 'busy', done: 'good', failed: 'bad' };

const isOver = (state: ImportView['state']): boolean => state === 'done' || state === 'failed';

function Counts({ rows }: Pick<ImportView, 'rows'>): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <dl className="fb-figures">
      {(['inserted', 'unchanged', 'rejected'] as const).map((name) => (
        <div key={name}>
          <dt>{t(`complaint.import.${name}`)}</dt>
          <dd>{formatCount(rows[name], language)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How far an import has come, and which rows it left out. */
export function ImportOutcome({ id, onAnother }: { readonly id: string; readonly onAnother: () => void }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['complaint-import', id],
    queryFn: async ({ signal }) => {
      const found = await findImport(id, signal);
      if (isOver(found.state)) void queries.invalidateQueries({ queryKey: ['complaints'] });
      return found;
    },
    refetchInterval: (query) => (query.state.data && isOver(query.state.data.state) ? false : POLL_MS),
  });
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { rows, state, errors, bytes, fileName } = data;
  const label = t(`complaint.import.state.${state}`);
  const total = rows.total ?? rows.done;
  return (
    <>
      <Section title={fileName} aside={<StateTag tone={TONES[state]}>{label}</StateTag>}>
        {!isOver(state) && (
          <JobProgress
            label={label}
            done={bytes.total === 0 ? 0 : bytes.done / bytes.total}
            lines={[t('complaint.import.rows', { count: total, total, done: rows.done })]}
          />
        )}
        <Counts rows={rows} />
        <div className="fb-row fb-form-foot">
          <LinkButton to="/complaints" type="primary">
            {t('complaint.import.toBoard')}
          </LinkButton>
          {isOver(state) && <Button onClick={onAnother}>{t('complaint.import.another')}</Button>}
        </div>
      </Section>
      {errors.length > 0 && (
        <RowErrors
          title={state === 'failed' ? t('imports.errors.failedTitle') : t('complaint.import.errors')}
          help={errors.length < rows.rejected ? t('complaint.import.errorsCut', { count: errors.length }) : t('complaint.import.lead')}
          errors={errors}
        />
      )}
    </>
  );
}
