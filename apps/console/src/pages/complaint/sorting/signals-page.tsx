import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Facts, Section } from '../../../ui/section.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import './sorting.css';
import { setSignals, SIGNALS, signalsQuery, SORTING, type BadFaithSettings } from './api.ts';

const NUMBERS = { weight: 100, from: 60, full: 60 } as const;
const PARTS = ['weight', 'from', 'full'] as const;
const LIMITS = { windowDays: [7, 730], alikePercent: [50, 100], lookFrom: [10, 100] } as const;
const WHOLES = ['lookFrom', 'alikePercent', 'windowDays'] as const;
const WORD_ROWS = 8;
const MAX_NOTE = 2000;

type Signal = (typeof SIGNALS)[number];

interface Values extends Pick<BadFaithSettings, 'signals' | (typeof WHOLES)[number]> {
  readonly words: string;
  readonly note: string;
}

const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  ),
];

function Editor({ settings }: { readonly settings: BadFaithSettings }): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: ({ words, ...values }: Values) => setSignals({ ...values, words: wordsOf(words), version: settings.version }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...SORTING, 'signals'] }),
  });
  const needed = [{ required: true, message: t('sorting.signals.needed') }];
  const { signals, words, windowDays, alikePercent, lookFrom } = settings;
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ signals, words: words.join('\n'), windowDays, alikePercent, lookFrom }}
      onFinish={(values) => save.mutate(values)}
    >
      {SIGNALS.map((signal) => (
        <fieldset key={signal} className="fb-signal">
          <legend>{t(`sorting.badFaith.signal.${signal}`)}</legend>
          {PARTS.map((part) => (
            <Form.Item key={part} name={['signals', signal, part]} label={t(`sorting.signals.${part}`)} rules={needed}>
              <InputNumber min={1} max={NUMBERS[part]} precision={0} />
            </Form.Item>
          ))}
        </fieldset>
      ))}
      {WHOLES.map((name) => (
        <Form.Item key={name} name={name} label={t(`sorting.signals.${name}`)} rules={needed}>
          <InputNumber min={LIMITS[name][0]} max={LIMITS[name][1]} precision={0} />
        </Form.Item>
      ))}
      <Form.Item name="words" label={t('sorting.signals.words')}>
        <Input.TextArea rows={WORD_ROWS} />
      </Form.Item>
      <Form.Item
        name="note"
        label={t('sorting.signals.note')}
        rules={[{ required: true, whitespace: true, message: t('sorting.signals.needed') }]}
      >
        <Input maxLength={MAX_NOTE} />
      </Form.Item>
      <FormProblem form={form} error={save.error} />
      <div className="fb-row">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('sorting.signals.save')}
        </Button>
        {save.data && <span role="status">{t('sorting.signals.saved', { version: save.data.version })}</span>}
      </div>
    </Form>
  );
}

function InForce({ settings }: { readonly settings: BadFaithSettings }): ReactNode {
  const { t } = useTranslation();
  const columns: Column<Signal>[] = [
    { key: 'signal', title: t('sorting.badFaith.signalLabel'), onCard: 'head', render: (signal) => t(`sorting.badFaith.signal.${signal}`) },
    ...PARTS.map((part): Column<Signal> => ({
      key: part,
      title: t(`sorting.signals.${part}`),
      align: 'end',
      render: (signal) => settings.signals[signal][part],
    })),
  ];
  return (
    <>
      <DataTable
        label={t('sorting.signals.title')}
        columns={columns}
        rows={SIGNALS}
        rowKey={(signal) => signal}
        empty={{ title: t('sorting.signals.title') }}
      />
      <Facts items={WHOLES.map((name) => ({ label: t(`sorting.signals.${name}`), value: settings[name] }))} />
      <details>
        <summary>{t('sorting.signals.wordsCount', { count: settings.words.length })}</summary>
        <p>{settings.words.join(t('common.listSeparator'))}</p>
      </details>
    </>
  );
}

/** The signs of bad faith and what each weighs; compliance sets the next version. */
export function SignalsPage(): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const maySet = useMay('complaints.putBadFaithSettings');
  const query = useQuery(signalsQuery);
  const settings = query.data;
  return (
    <>
      <PageHeader
        title={t('sorting.signals.title')}
        lead={t('sorting.signals.lead')}
        back={{ to: '/complaints/suspected', label: t('sorting.suspected.title') }}
      />
      <Loaded title={settings ? t('sorting.signals.version', { version: settings.version }) : t('sorting.signals.title')} query={query}>
        {(known) => (
          <>
            <p className="fb-soft fb-first">
              {known.setBy === null
                ? t('sorting.signals.own')
                : t('sorting.signals.setBy', { who: person(known.setBy), at: localTime(known.setAt ?? ''), note: known.note ?? '' })}
            </p>
            <InForce settings={known} />
          </>
        )}
      </Loaded>
      {maySet && settings && (
        <Section title={t('sorting.signals.save')}>
          <Editor key={settings.version} settings={settings} />
        </Section>
      )}
    </>
  );
}
