import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { checklistsQuery, type ChecklistView } from './api.ts';
import { ChecklistForm } from './checklist-form.tsx';
import { OversightTabs } from './tabs.tsx';
import './oversight.css';

const KINDS = ['on-site', 'off-site'] as const;

function Shown({ found }: { readonly found: ChecklistView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const person = usePerson();
  return (
    <>
      <p className="fb-first fb-row">
        <strong>{found.title[language]}</strong>
        <StateTag tone={found.inForce ? 'good' : 'quiet'}>
          {t(found.inForce ? 'oversight.checklist.inForce' : 'oversight.checklist.earlier')}
        </StateTag>
        <span className="fb-soft">
          {found.author === null ? t('oversight.checklist.ofProduct') : person(found.author)}{' '}
          {found.createdAt && <Instant at={found.createdAt} timeZone={READER_ZONE} />}
        </span>
      </p>
      <ol className="fb-lines fb-numbered">
        {found.items.map((item) => (
          <li key={item.itemId}>
            {item[language]} <span className="fb-soft">{item.sources.join(t('common.listSeparator'))}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Kind({ kind, all }: { readonly kind: ChecklistView['kind']; readonly all: readonly ChecklistView[] }): ReactNode {
  const { t } = useTranslation();
  const mayWrite = useMay('collections.createInspectionChecklist');
  const [version, setVersion] = useState<number | null>(null);
  const [isEditing, setEditing] = useState(false);
  const newest = all.find(({ inForce }) => inForce);
  const found = all.find((one) => one.version === version) ?? newest;
  if (!found || !newest) return null;
  if (isEditing)
    return (
      <Section title={t('oversight.checklist.next', { kind: t(`oversight.kind.${kind}`), version: newest.version + 1 })}>
        <ChecklistForm found={found} onClose={() => setEditing(false)} />
      </Section>
    );
  return (
    <Section
      title={t('oversight.checklist.of', { kind: t(`oversight.kind.${kind}`), version: found.version })}
      aside={mayWrite && <Button onClick={() => setEditing(true)}>{t('oversight.checklist.change')}</Button>}
    >
      {all.length > 1 && (
        <Field label={t('oversight.inspection.version')}>
          {(ids) => (
            <Select
              {...ids}
              value={found.version}
              options={all
                .toReversed()
                .map((one) => ({ value: one.version, label: t('oversight.checklist.version', { version: one.version }) }))}
              onChange={setVersion}
            />
          )}
        </Field>
      )}
      <Shown found={found} />
    </Section>
  );
}

/** What inspections ask, and the next version of it. */
export function ChecklistPage(): ReactNode {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ChecklistView['kind']>('on-site');
  const { data, error, refetch } = useQuery(checklistsQuery);
  return (
    <>
      <PageHeader title={t('oversight.checklist.title')} lead={t('oversight.checklist.lead')} />
      <OversightTabs />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data && (
        <>
          <div className="fb-list-filter">
            <Choice
              label={t('oversight.checklist.kind')}
              value={kind}
              onChange={setKind}
              options={KINDS.map((value) => ({ value, label: t(`oversight.kind.${value}`) }))}
            />
          </div>
          <Kind key={kind} kind={kind} all={data.items.filter((one) => one.kind === kind)} />
        </>
      )}
    </>
  );
}
