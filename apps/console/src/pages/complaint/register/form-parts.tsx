import { Alert, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MomentInput } from '../../../ui/moment-input.tsx';
import { Section } from '../../../ui/section.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { CodeSelect } from '../code-select.tsx';
import { CATEGORIES, CHANNELS, isAboutCollection } from '../codes.ts';
import { wallClock } from '../dates.ts';
import type { RegisterDraft } from './draft.ts';

const MINUTE_MS = 60_000;
export const ZONE = 'Asia/Shanghai';

export const must = (message: string) => [{ required: true, whitespace: true, message }];

/** What it is about and how it came in. */
export function WhatPart(): ReactNode {
  const { t } = useTranslation();
  const nowMs = useNow(MINUTE_MS);
  return (
    <Section title={t('complaint.register.what')}>
      <div className="fb-form-row">
        <Form.Item name="channel" label={t('complaint.register.channel')} rules={must(t('complaint.register.required'))}>
          <CodeSelect group="complaint.channel" codes={CHANNELS} />
        </Form.Item>
        <Form.Item name="category" label={t('complaint.register.category')}>
          <CodeSelect group="complaint.category" codes={CATEGORIES} allowClear />
        </Form.Item>
        <Form.Item
          name="receivedAt"
          label={t('complaint.register.receivedAt')}
          extra={t('complaint.register.receivedHelp', { zone: ZONE })}
        >
          <MomentInput withTime max={wallClock(ZONE, new Date(nowMs)).slice(0, 16)} />
        </Form.Item>
        <Form.Item name="externalRef" label={t('complaint.register.externalRef')}>
          <Input />
        </Form.Item>
      </div>
      <Form.Item name="subject" label={t('complaint.register.subject')} rules={must(t('complaint.register.required'))}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="narrative" label={t('complaint.register.narrative')} rules={must(t('complaint.register.required'))}>
        <Input.TextArea rows={5} maxLength={20_000} />
      </Form.Item>
      <Form.Item
        name="requests"
        label={t('complaint.register.requests')}
        rules={must(t('complaint.register.required'))}
        extra={t('complaint.register.requestsHelp')}
      >
        <Input.TextArea rows={3} maxLength={20_000} />
      </Form.Item>
    </Section>
  );
}

/** Whether contact will stop because of this complaint, and whose: said before it is registered. */
function HoldNote({ draft }: { readonly draft: RegisterDraft }): ReactNode {
  const { t } = useTranslation();
  const { account = '', category = '', against = {} } = draft;
  const agency = against.agencyId?.trim() ?? '';
  const collector = against.collectorId?.trim() ?? '';
  if (!isAboutCollection(category) && agency === '' && collector === '') return null;
  const scope =
    account.trim() === ''
      ? t('complaint.register.holdNone')
      : collector !== ''
        ? t('complaint.register.holdCollector', { collector })
        : agency !== ''
          ? t('complaint.register.holdAgency', { agency })
          : t('complaint.register.holdAll');
  return (
    <Alert
      type={account.trim() === '' ? 'warning' : 'info'}
      showIcon
      role="status"
      title={t('complaint.register.aboutCollection')}
      description={
        <>
          <p>{t('complaint.register.aboutCollectionHelp')}</p>
          <p>{scope}</p>
        </>
      }
    />
  );
}

/** Whom it is against; where it is about collection, what that will do. */
export function AgainstPart({ draft }: { readonly draft: RegisterDraft }): ReactNode {
  const { t } = useTranslation();
  return (
    <Section title={t('complaint.register.against')}>
      <div className="fb-form-row">
        <Form.Item name="account" label={t('complaint.register.account')} extra={t('complaint.register.accountHelp')}>
          <Input />
        </Form.Item>
        <Form.Item name={['against', 'agencyId']} label={t('complaint.register.agencyId')}>
          <Input />
        </Form.Item>
        <Form.Item name={['against', 'collectorId']} label={t('complaint.register.collectorId')}>
          <Input />
        </Form.Item>
        <Form.Item name={['against', 'staffId']} label={t('complaint.register.staffId')} extra={t('complaint.register.staffHelp')}>
          <Input />
        </Form.Item>
      </div>
      <HoldNote draft={draft} />
    </Section>
  );
}
