import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MoreRows } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Field } from '../../../ui/field.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { localTime } from '../dates.ts';
import { listChanges, PARTS, ruleQuery, setRule, type DeskChange, type Rule } from './api.ts';
import './handling.css';
import { useDone } from './use-done.ts';
import { useMemberName } from './use-names.ts';

function RuleForm({ rule, maySet }: { readonly rule: Rule; readonly maySet: boolean }): ReactNode {
  const { t } = useTranslation();
  const [draft, setDraft] = useState({ automatic: rule.automatic, weights: rule.weights });
  const save = useDone(setRule, ['desk', 'rule']);
  return (
    <>
      <Field label={t('handling.desk.automatic')}>
        {(ids) => (
          <Switch
            {...ids}
            disabled={!maySet}
            checked={draft.automatic}
            onChange={(automatic) => setDraft((before) => ({ ...before, automatic }))}
          />
        )}
      </Field>
      <p className="fb-label">{t('handling.desk.weights')}</p>
      <div className="fb-limit-line">
        {PARTS.map((part) => (
          <Field key={part} label={t(`handling.handler.parts.${part}`)}>
            {(ids) => (
              <InputNumber
                {...ids}
                min={0}
                max={100}
                precision={0}
                disabled={!maySet}
                value={draft.weights[part]}
                onChange={(value) => setDraft((before) => ({ ...before, weights: { ...before.weights, [part]: value ?? 0 } }))}
              />
            )}
          </Field>
        ))}
      </div>
      {save.error && <ProblemAlert error={save.error} />}
      {maySet && (
        <div className="fb-row">
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate(draft)}>
            {t('handling.desk.save')}
          </Button>
          {save.isSuccess && <span role="status">{t('handling.desk.ruleSaved')}</span>}
        </div>
      )}
    </>
  );
}

/** Whether new complaints are assigned at once, and what counts how much. */
export function RuleSection({ mayKeep }: { readonly mayKeep: boolean }): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery(ruleQuery);
  if (!data) return null;
  return (
    <Section title={t('handling.desk.rule')}>
      <RuleForm rule={data} maySet={mayKeep} />
    </Section>
  );
}

/** What was changed of units and people. */
export function Changes(): ReactNode {
  const { t } = useTranslation();
  const memberName = useMemberName();
  const changes = usePages(['desk', 'changes'], listChanges);
  const actionOf = ({ action }: DeskChange): string => {
    const known = (['added', 'changed', 'absence-added', 'absence-cancelled'] as const).find((each) => each === action);
    return known ? t(`handling.desk.action.${known}`) : action;
  };
  return (
    <Section title={t('handling.desk.changes')}>
      {changes.error && <ProblemAlert error={changes.error} onRetry={changes.retry} />}
      {!changes.isLoading && changes.items.length === 0 && (
        <Empty title={t('handling.desk.changesEmpty')} help={t('handling.desk.changesHelp')} />
      )}
      <ol className="fb-handling-list">
        {changes.items.map((change) => (
          <li key={change.id} className="fb-handling-head">
            <time dateTime={change.at}>{localTime(change.at)}</time>
            <span>
              {t(`handling.desk.of.${change.kind}`)} {change.of}
            </span>
            <strong>{actionOf(change)}</strong>
            <span className="fb-soft">{memberName(change.actor)}</span>
          </li>
        ))}
      </ol>
      <MoreRows {...changes.more} />
    </Section>
  );
}
