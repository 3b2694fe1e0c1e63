import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Upload } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { sealQuery, settingsQuery, SETTINGS } from './api.ts';
import { MessageTabs } from './bits.tsx';

interface Values {
  readonly bankName: string;
  readonly bankContact: string;
  readonly senderAddress: string;
}

function SetBy({ by, at }: { readonly by: string | null; readonly at: string | null }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  if (by === null || at === null) return null;
  return (
    <p className="fb-soft">
      {t('message.settings.setBy', { by: person(by) })} · <Instant at={at} timeZone={READER_ZONE} />
    </p>
  );
}

function Bank(): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayWrite = useMay('collections.setMessageSettings');
  const { data, error } = useQuery(settingsQuery);
  const save = useMutation({
    mutationFn: (body: Values) => take(collections.PUT('/v1/message-settings', { body })),
    onSuccess: (saved) => queries.setQueryData(SETTINGS, saved),
  });
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <PageLoading />;
  const { bankName, bankContact, senderAddress, setBy, setAt } = data;
  const needed = [{ required: true, whitespace: true, message: t('message.editor.required') }];
  return (
    <Section title={t('message.settings.bank')}>
      <Form<Values>
        layout="vertical"
        requiredMark={false}
        disabled={!mayWrite}
        initialValues={{ bankName: bankName ?? '', bankContact: bankContact ?? '', senderAddress: senderAddress ?? '' }}
        onFinish={save.mutate}
      >
        <Form.Item name="bankName" label={t('message.settings.bankName')} rules={needed}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="bankContact" label={t('message.settings.bankContact')} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="senderAddress" label={t('message.settings.senderAddress')} rules={needed}>
          <Input maxLength={300} />
        </Form.Item>
        {mayWrite && (
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('message.settings.save')}
          </Button>
        )}
      </Form>
      {save.isSuccess && <p role="status">{t('message.settings.saved')}</p>}
      {save.error && <ProblemAlert error={save.error} />}
      <SetBy by={setBy} at={setAt} />
    </Section>
  );
}

const base64Of = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

function Seal(): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayWrite = useMay('collections.setLetterSeal');
  const { data, error } = useQuery(sealQuery);
  const set = useMutation({
    mutationFn: async (file: File) => take(collections.PUT('/v1/letter-seal', { body: { png: await base64Of(file) } })),
    onSuccess: (saved) => queries.setQueryData(sealQuery.queryKey, saved),
  });
  if (error) return <ProblemAlert error={error} />;
  if (!data) return null;
  return (
    <Section title={t('message.settings.seal')}>
      {data.png === null ? (
        <p className="fb-soft fb-first">{t('message.settings.noSeal')}</p>
      ) : (
        <img className="fb-message-seal" src={`data:image/png;base64,${data.png}`} alt={t('message.settings.sealAlt')} />
      )}
      <p className="fb-hint">{t('message.settings.sealHelp')}</p>
      {mayWrite && (
        <Upload
          accept="image/png"
          showUploadList={false}
          beforeUpload={(file) => {
            set.mutate(file);
            return false;
          }}
        >
          <Button loading={set.isPending}>{t('message.settings.upload')}</Button>
        </Upload>
      )}
      {set.error && <ProblemAlert error={set.error} />}
      <SetBy by={data.setBy} at={data.setAt} />
    </Section>
  );
}

/** What texts and letters say of the bank. */
export function SettingsPage(): ReactNode {
  const { t } = useTranslation();
  const maySeal = useMay('collections.getLetterSeal');
  return (
    <>
      <PageHeader title={t('message.settings.title')} lead={t('message.settings.lead')} />
      <MessageTabs />
      <div className="fb-columns">
        <Bank />
        {maySeal && <Seal />}
      </div>
    </>
  );
}
