import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import type { CaseView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Choice } from '../../ui/choice.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';

type Audience = 'debtor' | 'third-party';
const AUDIENCES: readonly Audience[] = ['debtor', 'third-party'];

/** What is said in a call, filled from the register: the identity statement first. */
export function Scripts({ found: { caseId } }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const [audience, setAudience] = useState<Audience>('debtor');
  const { data, error, refetch } = useQuery({
    queryKey: ['scripts', caseId, language, audience],
    queryFn: ({ signal }) =>
      take(collections.GET('/v1/cases/{id}/scripts', { params: { path: { id: caseId }, query: { language, audience } }, signal })),
  });
  return (
    <Section title={t('collecting.script.title')}>
      <Choice
        label={t('collecting.script.audience')}
        value={audience}
        onChange={setAudience}
        options={AUDIENCES.map((value) => ({ value, label: t(`collecting.script.to.${value}`) }))}
      />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="fb-soft">{t('collecting.script.none')}</p>}
      {data?.items.map(({ scriptId, title, identity, text, missing }, n) => (
        <details key={scriptId} open={n === 0}>
          <summary>{title}</summary>
          <p>
            <strong>{t('collecting.script.first')}</strong> {identity}
          </p>
          <p className="fb-pre">{text}</p>
          {missing.length > 0 && (
            <p className="fb-note">{t('collecting.script.missing', { names: missing.join(t('common.listSeparator')) })}</p>
          )}
        </details>
      ))}
    </Section>
  );
}
