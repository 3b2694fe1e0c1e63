import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { decideRule, listKinds, type Kind } from './api.ts';
import { DecisionButtons } from './decision-buttons.tsx';
import { RuleForm } from './rule-form.tsx';
import { useChanges } from './use-retention.ts';
import type { Service } from '../../api/service.ts';

// Of the product itself: the words say so.
const PRODUCT = 'product';

function Winner({ kind }: { readonly kind: Kind }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { winner, rules, isBundle, hasOwnTerms } = kind;
  const rule = rules.find(({ id }) => id === winner.id);
  return (
    <>
      <strong>{t('retention.years', { count: winner.years })}</strong>
      <div className="fb-soft">
        {rule
          ? winner.source === PRODUCT
            ? rule.words[language]
            : t('retention.byRule', { words: rule.words[language], source: winner.source })
          : t('retention.byInstitution', { source: winner.source })}
      </div>
      {hasOwnTerms && <div className="fb-soft">{t('retention.ownTerm')}</div>}
      {isBundle && <div className="fb-soft">{t('retention.bundle')}</div>}
    </>
  );
}

function Open({ service, kind, mayChange }: { readonly service: Service; readonly kind: Kind; readonly mayChange: boolean }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { open } = kind;
  if (open === null) return null;
  const { id, proposedBy, years, source } = open;
  const who = person(proposedBy);
  return (
    <div>
      <p>
        {years === null
          ? t('retention.waitingEnd', { who, source })
          : t('retention.waiting', { who, source, years: t('retention.years', { count: years }) })}
      </p>
      {mayChange && <DecisionButtons proposedBy={proposedBy} decide={(decision, key) => decideRule(service, id, decision, key)} />}
    </div>
  );
}

/** Every kind of record, the rule that won and why; who may, proposes a longer one. */
export function KindsSection({ service }: { readonly service: Service }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const mayChange = useChanges(service);
  const [chosen, setChosen] = useState<Kind | null>(null);
  const kinds = useQuery({ queryKey: ['retention', 'kinds', service], queryFn: ({ signal }) => listKinds(service, signal) });
  const columns: Column<Kind>[] = [
    { key: 'kind', title: t('retention.kind'), onCard: 'head', render: ({ title }) => title[language] },
    { key: 'since', title: t('retention.since'), render: ({ since }) => since[language] },
    {
      key: 'term',
      title: t('retention.term'),
      render: (kind) => (
        <>
          <Winner kind={kind} />
          <Open service={service} kind={kind} mayChange={mayChange} />
        </>
      ),
    },
    { key: 'destroying', title: t('retention.destroying'), render: ({ destroying }) => destroying[language] },
    ...(mayChange
      ? [
          {
            key: 'longer',
            title: t('retention.longer'),
            onCard: 'corner' as const,
            render: (kind: Kind) => (
              <Button size="small" disabled={kind.open !== null} onClick={() => setChosen(kind)}>
                {t('retention.longer')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <Section title={t('retention.kinds')} aside={<span className="fb-soft">{kinds.data?.timeZone}</span>}>
        {kinds.error && <ProblemAlert error={kinds.error} onRetry={() => void kinds.refetch()} />}
        <DataTable
          label={t('retention.kinds')}
          columns={columns}
          rows={kinds.data?.items ?? []}
          rowKey={({ kind }) => kind}
          isLoading={kinds.isPending}
          empty={{ title: t('retention.none') }}
        />
      </Section>
      {kinds.data && (
        <Section title={t('retention.forEver')}>
          <Facts items={kinds.data.forEver.map(({ what, why }) => ({ label: what[language], value: why[language] }))} />
        </Section>
      )}
      {chosen && <RuleForm service={service} kind={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}
