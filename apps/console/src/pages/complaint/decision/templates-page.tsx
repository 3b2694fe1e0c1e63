import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Facts } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { findNoticeSetting, listTemplates, putNoticeSetting, type NoticeSetting, type Template } from './api.ts';
import { useDecisionOptions, useDecisionWord } from './bits.ts';
import { blocksOfLines, linesOfBlocks } from './template-lines.ts';

const KINDS = [
  'acknowledgement',
  'term-extended',
  'documents-requested',
  'pause-told',
  'decision',
  'declined',
  'closing',
  'review-decision',
] as const;

const build = ({ blocksZh, blocksEn, ...typed }: Readonly<Record<string, unknown>>): object => ({
  ...typed,
  blocksZh: blocksOfLines((blocksZh as string[] | undefined) ?? []),
  ...(blocksEn !== undefined && { blocksEn: blocksOfLines(blocksEn as string[]) }),
});

/** Writes the next version, from the one that is there. */
function Write({ before }: { readonly before: Template | null }): ReactNode {
  const { t } = useTranslation();
  const options = useDecisionOptions();
  const given = (value: string | null | undefined) => (value ? { initial: value } : {});
  const help = t('decision.help.blocks');
  return (
    <Act
      isMain={before === null}
      label={before === null ? t('decision.act.newTemplate') : t('decision.act.nextVersion')}
      path="/v1/letter-templates"
      build={build}
      {...(before !== null && { fixed: { kind: before.kind } })}
      fields={[
        ...(before === null
          ? [{ name: 'kind', label: t('decision.field.kind'), kind: 'choice' as const, options: options('about', KINDS) }]
          : []),
        { name: 'titleZh', label: t('decision.field.titleZh'), kind: 'line', ...given(before?.titleZh) },
        { name: 'blocksZh', label: t('decision.field.blocksZh'), kind: 'lines', help, ...given(before && linesOfBlocks(before.blocksZh)) },
        { name: 'smsZh', label: t('decision.field.smsZh'), kind: 'long', optional: true, ...given(before?.smsZh) },
        { name: 'titleEn', label: t('decision.field.titleEn'), kind: 'line', optional: true, ...given(before?.titleEn) },
        {
          name: 'blocksEn',
          label: t('decision.field.blocksEn'),
          kind: 'lines',
          optional: true,
          help,
          ...given(before?.blocksEn && linesOfBlocks(before.blocksEn)),
        },
        { name: 'smsEn', label: t('decision.field.smsEn'), kind: 'long', optional: true, ...given(before?.smsEn) },
      ]}
    />
  );
}

function OneTemplate({ template }: { readonly template: Template }): ReactNode {
  const { t } = useTranslation();
  const word = useDecisionWord();
  const person = usePerson();
  const [mayWrite, mayApprove] = [useMay('complaints.createLetterTemplate'), useMay('complaints.approveLetterTemplate')];
  const { kind, version, state, inUse, titleZh, blocksZh, smsZh, author, createdAt, approvedBy } = template;
  const path = `/v1/letter-templates/${kind}/versions/${version}`;
  return (
    <div className="fb-after">
      <p>
        <strong>
          {word('about', kind)} · {t('decision.version', { version })}
        </strong>{' '}
        <StateTag tone={inUse ? 'good' : state === 'draft' ? 'wait' : 'quiet'}>
          {inUse ? t('decision.inUse') : word('templateState', state)}
        </StateTag>
        <span className="fb-soft">
          {` ${person(author)} · ${localTime(createdAt)}`}
          {approvedBy !== null && ` · ${t('decision.approvedBy', { who: person(approvedBy) })}`}
        </span>
      </p>
      <details>
        <summary>{titleZh}</summary>
        {blocksZh.map(({ text }, index) => (
          <p key={index}>{text}</p>
        ))}
        {smsZh !== null && <p className="fb-soft">{`${t('decision.field.smsZh')}: ${smsZh}`}</p>}
      </details>
      <div className="fb-row">
        {mayWrite && state !== 'retired' && <Write before={template} />}
        {mayApprove && state === 'draft' && <Act isMain label={t('decision.act.approve')} path={`${path}/approval`} />}
        {mayApprove && state !== 'retired' && <Act isDanger label={t('decision.act.retire')} path={`${path}/retirement`} />}
      </div>
    </div>
  );
}

function SettingForm({ setting }: { readonly setting: NoticeSetting }): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<NoticeSetting>();
  const queries = useQueryClient();
  const saving = useMutation({
    mutationFn: putNoticeSetting,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['complaints', 'notice-setting'] }),
  });
  const texts = ['bankName', 'bankAddress', 'bankContact'] as const;
  const numbers = ['unreachableTries', 'unreachableDays', 'unreachableForms'] as const;
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={setting}
      onFinish={(values) => saving.mutate(values as Parameters<typeof putNoticeSetting>[0])}
    >
      {texts.map((name) => (
        <Form.Item key={name} name={name} label={t(`decision.field.${name}`)} rules={[{ required: true, message: t('after.needed') }]}>
          <Input maxLength={200} />
        </Form.Item>
      ))}
      {numbers.map((name) => (
        <Form.Item key={name} name={name} label={t(`decision.field.${name}`)} rules={[{ required: true, message: t('after.needed') }]}>
          <InputNumber min={1} max={20} />
        </Form.Item>
      ))}
      <FormProblem form={form} error={saving.error} />
      <Button type="primary" htmlType="submit" loading={saving.isPending}>
        {t('decision.act.save')}
      </Button>
    </Form>
  );
}

function SettingSection(): ReactNode {
  const { t } = useTranslation();
  const maySet = useMay('complaints.putNoticeSetting');
  const query = useQuery({ queryKey: ['complaints', 'notice-setting'], queryFn: ({ signal }) => findNoticeSetting(signal) });
  return (
    <Loaded title={t('decision.setting')} query={query}>
      {(setting) =>
        maySet ? (
          <SettingForm setting={setting} />
        ) : (
          <Facts
            items={(['bankName', 'bankAddress', 'bankContact', 'unreachableTries', 'unreachableDays', 'unreachableForms'] as const).map(
              (name) => ({
                label: t(`decision.field.${name}`),
                value: setting[name] ?? '–',
              }),
            )}
          />
        )
      }
    </Loaded>
  );
}

/** Templates of letters and notices, and who writes them. */
export function LetterTemplatesPage(): ReactNode {
  const { t } = useTranslation();
  const mayWrite = useMay('complaints.createLetterTemplate');
  const query = useQuery({ queryKey: ['complaints', 'letter-templates'], queryFn: ({ signal }) => listTemplates(signal) });
  return (
    <>
      <PageHeader title={t('decision.tab.templates')} lead={t('decision.templatesLead')} />
      <HandlingTabs />
      <Loaded title={t('decision.tab.templates')} query={query}>
        {({ items }) => (
          <>
            {mayWrite && <Write before={null} />}
            {items.length === 0 && <p className="fb-soft">{t('decision.noTemplates')}</p>}
            {items.map((template) => (
              <OneTemplate key={template.id} template={template} />
            ))}
          </>
        )}
      </Loaded>
      <SettingSection />
    </>
  );
}
