import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Act, type ActField } from '../after/act-form.tsx';
import { MAJOR_KINDS } from './api.ts';
import { useMajorOptions } from './words.ts';

/** What is asked of whoever says that something is a major matter. */
function useMarkFields(): readonly ActField[] {
  const { t } = useTranslation();
  const options = useMajorOptions();
  return [
    { name: 'kind', label: t('major.field.kind'), kind: 'choice', options: options('kind', MAJOR_KINDS) },
    { name: 'title', label: t('major.field.title'), kind: 'line' },
    { name: 'reason', label: t('major.field.reason'), kind: 'long' },
    { name: 'persons', label: t('major.field.persons'), kind: 'number', optional: true, help: t('major.help.persons') },
    { name: 'knownAt', label: t('major.field.knownAt'), kind: 'instant', optional: true, help: t('major.help.knownAt') },
  ];
}

/** Makes a complaint a major one. */
export function MarkAct({ complaintId, timeZone }: { readonly complaintId: string; readonly timeZone: string }): ReactNode {
  const { t } = useTranslation();
  const fields = useMarkFields();
  return <Act label={t('major.act.mark')} path={`/v1/complaints/${complaintId}/major`} timeZone={timeZone} fields={fields} />;
}

/** Runs the plan as an exercise. */
export function DrillAct(): ReactNode {
  const { t } = useTranslation();
  const fields = useMarkFields();
  return (
    <Act
      label={t('major.page.startDrill')}
      help={t('major.page.drillHelp')}
      path="/v1/major-complaints"
      fixed={{ drill: true }}
      fields={fields}
    />
  );
}

/** It is a major matter: a new one, or one that is open. */
export function ConfirmAct({ alarmId, title }: { readonly alarmId: string; readonly title: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Act
      isMain
      label={t('major.act.confirm')}
      path={`/v1/major-alarms/${alarmId}/confirmation`}
      fields={[
        { name: 'title', label: t('major.field.title'), kind: 'line', initial: title, optional: true, help: t('major.help.title') },
        { name: 'reason', label: t('major.field.reason'), kind: 'long' },
        { name: 'matterId', label: t('major.field.matter'), kind: 'line', optional: true },
      ]}
    />
  );
}
