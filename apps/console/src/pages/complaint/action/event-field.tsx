import { Checkbox, Form, Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../../../session/session.ts';
import { MomentInput } from '../../../ui/moment-input.tsx';
import { useNow } from '../../../ui/use-now.ts';
import type { Action, ActionField } from '../actions.ts';
import { localTime, wallClock } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { useWord, type WordGroup } from '../words.ts';

const MINUTE_MS = 60_000;
const MOST_CHARS = 4000;

const GROUPS: Readonly<Record<string, WordGroup>> = {
  reason: 'clock.reason',
  outcome: 'complaint.action.outcome',
  form: 'complaint.action.form',
};

function Control({
  field,
  complaint,
  ...given
}: {
  readonly field: ActionField;
  readonly complaint: Complaint;
  readonly id?: string;
}): ReactNode {
  const word = useWord();
  const isSupervisor = useHasRole('complaint-supervisor');
  const { timeZone, receivedAt } = complaint;
  const nowThere = wallClock(timeZone, new Date(useNow(MINUTE_MS)));
  switch (field.kind) {
    case 'instant':
      return <MomentInput {...given} withTime min={localTime(receivedAt).replace(' ', 'T')} max={nowThere.slice(0, 16)} />;
    case 'date':
      return <MomentInput {...given} min={nowThere.slice(0, 10)} />;
    case 'choice': {
      const group = GROUPS[field.name] ?? 'complaint.action.form';
      return <Radio.Group {...given} options={(field.choices ?? []).map((value) => ({ value, label: word(group, value) }))} />;
    }
    case 'long':
      return <Input.TextArea {...given} rows={field.name === 'text' ? 6 : 3} maxLength={field.name === 'text' ? 20_000 : MOST_CHARS} />;
    case 'person':
      // A handler takes a complaint for himself; a supervisor gives it to anybody.
      return <Input {...given} maxLength={200} readOnly={!isSupervisor} />;
    case 'text':
    case 'check':
      return <Input {...given} maxLength={200} />;
  }
}

/** One field of an event's form, named and explained. */
export function EventField({
  action,
  field,
  complaint,
}: {
  readonly action: Action;
  readonly field: ActionField;
  readonly complaint: Complaint;
}): ReactNode {
  const { t } = useTranslation();
  const label = t(`complaint.action.field.${field.name}` as 'complaint.action.field.at');
  const helps: Readonly<Record<string, string>> = {
    at: t('complaint.action.help.at', { zone: complaint.timeZone }),
    proof: t('complaint.action.help.proof'),
    handler: t('complaint.action.help.handler'),
  };
  const extra = helps[field.name];
  if (field.kind === 'check') {
    return (
      <Form.Item
        name={field.name}
        valuePropName="checked"
        rules={[
          { validator: (_rule, value) => (value === true ? Promise.resolve() : Promise.reject(new Error(t('complaint.action.required')))) },
        ]}
      >
        <Checkbox>{label}</Checkbox>
      </Form.Item>
    );
  }
  const rules = field.required ? [{ required: true, whitespace: field.kind !== 'choice', message: t('complaint.action.required') }] : [];
  return (
    <Form.Item name={field.name} label={label} rules={rules} extra={extra} key={`${action.name} ${field.name}`}>
      <Control field={field} complaint={complaint} />
    </Form.Item>
  );
}
