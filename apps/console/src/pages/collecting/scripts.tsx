import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import type { CaseView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useName } from '../../i18n/use-name.ts';
import { useSession } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { useCollectorNumber } from '../../ui/use-remembered.ts';

type Audience = 'debtor' | 'third-party';
const AUDIENCES: readonly Audience[] = ['debtor', 'third-party'];

/** What is said in a call, filled from the register: the identity statement first. */
export function Scripts({ found: { caseId } }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  const { name: reader } = useSession();
  const [collectorId, setCollectorId] = useCollectorNumber();
  const number = collectorId.trim();
  const language = useLanguage();
  const [audience, setAudience] = useState<Audience>('debtor');
  const { data, error, refetch } = useQuery({
    queryKey: ['scripts', caseId, language, audience, number],
    queryFn: ({ signal }) =>
      take(
        collections.GET('/v1/cases/{id}/scripts', {
          params: { path: { id: caseId }, query: { language, audience, ...(number !== '' && { collectorId: number }) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  // Who reads it knows their own name, which the register may not.
  const named = (text: string): string => text.replaceAll('{{callerName}}', reader);
  const unknown = (missing: readonly string[]): string[] => missing.filter((one) => one !== 'callerName');
  return (
    <Section title={t('collecting.script.title')}>
      <Choice
        label={t('collecting.script.audience')}
        value={audience}
        onChange={setAudience}
        options={AUDIENCES.map((value) => ({ value, label: t(`collecting.script.to.${value}`) }))}
      />
      <Field label={t('collecting.script.number')} help={t('collecting.script.numberHelp')}>
        {(ids) => <Input {...ids} value={collectorId} onChange={({ target }) => setCollectorId(target.value)} maxLength={200} />}
      </Field>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="fb-soft">{t('collecting.script.none')}</p>}
      {data?.items.map(({ scriptId, title, identity, text, missing }, n) => (
        <details key={scriptId} open={n === 0}>
          <summary>{title}</summary>
          <p>
            <strong>{t('collecting.script.first')}</strong> {named(identity)}
          </p>
          <p className="fb-pre">{named(text)}</p>
          {unknown(missing).length > 0 && (
            <p className="fb-note">
              {t('collecting.script.missing', {
                names: unknown(missing)
                  .map((one) => name('collecting.variable', one))
                  .join(t('common.listSeparator')),
              })}
            </p>
          )}
        </details>
      ))}
    </Section>
  );
}
