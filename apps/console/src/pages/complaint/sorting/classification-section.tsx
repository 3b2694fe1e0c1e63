import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { Facts } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act, type ActField } from '../after/act-form.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { classificationQuery, codesQuery, DIMENSIONS, type Classification } from './api.ts';
import { useCodePath, useVersionWord, useWordsOf } from './bits.ts';

function Confirmed({ of }: { readonly of: Classification }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const word = useWordsOf(of);
  const version = useVersionWord();
  const { confirmed, confirmedBy, confirmedAt } = of;
  if (confirmed === null) return <StateTag tone="wait">{t('sorting.classification.open')}</StateTag>;
  return (
    <>
      <Facts
        items={DIMENSIONS.map((dimension) => ({
          label: t(`sorting.dimension.${dimension}`),
          value: word(dimension, confirmed[dimension]),
        }))}
      />
      <p className="fb-soft">
        {t('sorting.classification.by', { who: person(confirmedBy ?? ''), at: localTime(confirmedAt ?? '') })} ·{' '}
        {version(confirmed.tableVersion)}
      </p>
    </>
  );
}

/** What the rules suggest, each with the words that made it do so. */
function Suggested({ of }: { readonly of: Classification }): ReactNode {
  const { t } = useTranslation();
  const word = useWordsOf(of);
  return (
    <details open={of.confirmed === null}>
      <summary>{t('sorting.classification.suggestion')}</summary>
      <p className="fb-soft">
        {of.suggested.length === 0
          ? t('sorting.classification.noSuggestion')
          : t('sorting.classification.suggestionLead', { version: of.rulesVersion })}
      </p>
      <ul className="fb-plain">
        {of.suggested.map(({ dimension, code, score, reasons }) => (
          <li key={dimension}>
            <strong>
              {t(`sorting.dimension.${dimension}`)}: {word(dimension, code)}
            </strong>{' '}
            <span className="fb-soft">{t('sorting.classification.score', { score })}</span>
            <ul>
              {reasons.map(({ rule, weight, words }) => (
                <li key={rule} className="fb-soft">
                  {words.length === 0
                    ? t('sorting.classification.ruleOnly', { rule, weight })
                    : t('sorting.classification.rule', { rule, weight, words: words.join(t('common.listSeparator')) })}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}

function History({ of }: { readonly of: Classification }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const word = useWordsOf(of);
  const version = useVersionWord();
  if (of.history.length < 2) return null;
  return (
    <details>
      <summary>{t('sorting.classification.history')}</summary>
      <ol className="fb-plain">
        {of.history.map((change) => (
          <li key={`${change.at} ${change.by}`}>
            {DIMENSIONS.map((dimension) => word(dimension, change[dimension])).join(' · ')}
            <div className="fb-soft">
              {localTime(change.at)} · {person(change.by)} · {version(change.tableVersion)}
            </div>
            {change.reason !== null && <p>{change.reason}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Acts({ complaint, of }: { readonly complaint: Complaint; readonly of: Classification }): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery(codesQuery);
  const codes = data?.codes ?? [];
  const path = useCodePath(codes);
  const suggestionOf = (dimension: string): string | undefined => of.suggested.find((each) => each.dimension === dimension)?.code;
  const mayGive = (dimension: string, code: string | undefined): boolean =>
    code !== undefined && codes.some((each) => each.dimension === dimension && each.code === code);
  const suggested = Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, suggestionOf(dimension)]));
  const isWhole = DIMENSIONS.every((dimension) => mayGive(dimension, suggested[dimension]));
  const address = `/v1/complaints/${complaint.id}/classification`;
  const fields = DIMENSIONS.map((dimension): ActField => {
    const initial = of.confirmed?.[dimension] ?? suggested[dimension];
    return {
      name: dimension,
      label: t(`sorting.dimension.${dimension}`),
      kind: 'choice',
      options: codes.filter((code) => code.dimension === dimension).map(({ code }) => ({ value: code, label: path(dimension, code) })),
      ...(mayGive(dimension, initial) && { initial }),
    };
  });
  if (codes.length === 0) return null;
  return (
    <div className="fb-row">
      {of.confirmed === null && isWhole && (
        <Act
          isMain
          label={t('sorting.classification.accept')}
          help={t('sorting.classification.acceptHelp', {
            codes: DIMENSIONS.map((dimension) => path(dimension, suggested[dimension] ?? '')).join(t('common.listSeparator')),
          })}
          path={address}
          fixed={suggested}
        />
      )}
      <Act
        isMain={of.confirmed === null && !isWhole}
        label={t(of.confirmed === null ? 'sorting.classification.classify' : 'sorting.classification.change')}
        path={address}
        fields={[
          ...fields,
          ...(of.confirmed === null ? [] : [{ name: 'reason', label: t('sorting.classification.reason'), kind: 'long' as const }]),
        ]}
      />
    </div>
  );
}

/** What a complaint is: suggested with its reasons, confirmed by a person, and how that changed. */
export function ClassificationSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const mayClassify = useMay('complaints.classifyComplaint');
  const query = useQuery(classificationQuery(complaint.id));
  return (
    <Loaded title={t('sorting.classification.title')} query={query}>
      {(of) => (
        <>
          <Confirmed of={of} />
          <Suggested of={of} />
          {mayClassify && <Acts complaint={complaint} of={of} />}
          <History of={of} />
        </>
      )}
    </Loaded>
  );
}
