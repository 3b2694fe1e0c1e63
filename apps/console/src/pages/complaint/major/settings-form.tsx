import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LinesEditor } from '../../../ui/lines-editor.tsx';
import { MAJOR_KINDS, putSettings, STEP_ROLES, type SettingsBody, type SettingVersion } from './api.ts';
import { useMajorOptions, useMajorWord } from './words.ts';

const WORDS = ['disaster', 'accident', 'public-health'] as const;
const SURGE = ['minCount', 'minRatioPercent', 'spreads', 'oneIn', 'baselineDays', 'minPastDays'] as const;
const MOST_STEPS = 40;
const ROWS = 3;

type Typed = Omit<SettingsBody, 'version' | 'words'> & { readonly words: Readonly<Record<(typeof WORDS)[number], string>> };

const linesOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const typedOf = ({ reportHours, remindHoursBefore, persons, words, steps, surge }: SettingVersion): Omit<Typed, 'note'> => {
  const lists = words as unknown as Readonly<Record<(typeof WORDS)[number], readonly string[]>>;
  return {
    reportHours,
    remindHoursBefore,
    persons,
    words: { disaster: lists.disaster.join('\n'), accident: lists.accident.join('\n'), 'public-health': lists['public-health'].join('\n') },
    steps,
    surge,
  };
};

function NumberField({ name, label }: { readonly name: string | string[]; readonly label: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: t('major.settings.needed') }]}>
      <InputNumber className="fb-full" precision={0} min={0} />
    </Form.Item>
  );
}

function Steps(): ReactNode {
  const { t } = useTranslation();
  const options = useMajorOptions();
  const needed = [{ required: true, message: t('major.settings.needed') }];
  return (
    <LinesEditor
      name="steps"
      legend={t('major.settings.steps')}
      add={t('major.settings.addStep')}
      blank={{ zh: '', en: '', role: STEP_ROLES[0], withinHours: 24 }}
      most={MOST_STEPS}
    >
      {(at) => (
        <>
          <Form.Item name={[at, 'zh']} label={t('major.settings.zh')} rules={needed}>
            <Input maxLength={300} />
          </Form.Item>
          <Form.Item name={[at, 'en']} label={t('major.settings.en')} rules={needed}>
            <Input maxLength={300} />
          </Form.Item>
          <Form.Item name={[at, 'role']} label={t('major.field.ownerRole')} rules={needed}>
            <Select options={options('role', STEP_ROLES)} />
          </Form.Item>
          <Form.Item name={[at, 'withinHours']} label={t('major.settings.within')} rules={needed}>
            <InputNumber className="fb-full" precision={0} min={0} />
          </Form.Item>
        </>
      )}
    </LinesEditor>
  );
}

/** The next version: what is in force, changed, with the reason. */
export function SettingsForm({
  of,
  onDone,
  onClose,
}: {
  readonly of: SettingVersion;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const word = useMajorWord();
  const [form] = Form.useForm<Typed>();
  const sending = useMutation({ mutationFn: putSettings, onSuccess: onDone });
  const send = ({ words, ...typed }: Typed): void =>
    sending.mutate({
      ...typed,
      version: of.version,
      words: { disaster: linesOf(words.disaster), accident: linesOf(words.accident), 'public-health': linesOf(words['public-health']) },
    });
  return (
    <Form<Typed> form={form} layout="vertical" requiredMark={false} initialValues={typedOf(of)} onFinish={send}>
      <h3>{t('major.settings.hours')}</h3>
      <div className="fb-halves">
        {MAJOR_KINDS.map((kind) => (
          <NumberField key={kind} name={['reportHours', kind]} label={word('kind', kind)} />
        ))}
        <NumberField name="remindHoursBefore" label={t('major.settings.remind')} />
        <NumberField name="persons" label={t('major.settings.persons')} />
      </div>
      <h3>{t('major.settings.words')}</h3>
      {WORDS.map((kind) => (
        <Form.Item key={kind} name={['words', kind]} label={word('kind', kind)}>
          <Input.TextArea rows={ROWS} />
        </Form.Item>
      ))}
      <Steps />
      <h3>{t('major.settings.surge')}</h3>
      <div className="fb-halves">
        {SURGE.map((name) => (
          <NumberField key={name} name={['surge', name]} label={t(`major.settings.${name}`)} />
        ))}
        <Form.Item name={['surge', 'timeZone']} label={t('major.settings.timeZone')}>
          <Input />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('major.settings.note')} rules={[{ required: true, message: t('major.settings.needed') }]}>
        <Input.TextArea rows={ROWS} maxLength={2000} />
      </Form.Item>
      <FormProblem form={form} error={sending.error} />
      <div className="fb-row">
        <Button type="primary" htmlType="submit" loading={sending.isPending}>
          {t('major.settings.save')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </Form>
  );
}
