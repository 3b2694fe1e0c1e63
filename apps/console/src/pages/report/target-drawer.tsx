import { Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useSession } from '../../session/session.ts';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { AUDIENCES, KIND_NAMES, KINDS } from './api.ts';
import { CHANNELS, createTarget, type Channel, type NewTarget } from './delivery-api.ts';
import { SERVICES } from '../../api/service.ts';

const SSH_PORT = 22;
const MOST_PORT = 65_535;
const SECRET_LENGTH = 32;

interface TextProps {
  readonly name: string | readonly string[];
  readonly label: string;
  readonly help?: string;
  readonly isNeeded?: boolean;
  readonly kind?: 'line' | 'secret' | 'lines';
  readonly min?: number;
}

function Text({ name, label, help, isNeeded = true, kind = 'line', min }: TextProps): ReactNode {
  const { t } = useTranslation();
  const rules = [
    ...(isNeeded ? [{ required: true, whitespace: true, message: t('report.needed') }] : []),
    ...(min === undefined ? [] : [{ min, message: t('report.target.secretShort', { count: min }) }]),
  ];
  return (
    <Form.Item name={name as string[]} label={label} rules={rules} {...(help !== undefined && { extra: help })}>
      {kind === 'lines' ? (
        <Input.TextArea rows={3} autoComplete="off" />
      ) : kind === 'secret' ? (
        <Input.Password autoComplete="new-password" />
      ) : (
        <Input autoComplete="off" />
      )}
    </Form.Item>
  );
}

function SftpFields(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Text name={['sftp', 'host']} label={t('report.target.host')} />
      <Form.Item name={['sftp', 'port']} label={t('report.target.port')} initialValue={SSH_PORT}>
        <InputNumber min={1} max={MOST_PORT} precision={0} className="fb-full" />
      </Form.Item>
      <Text name={['sftp', 'user']} label={t('report.target.user')} />
      <Text name={['sftp', 'hostKey']} label={t('report.target.hostKey')} help={t('report.target.hostKeyHelp')} />
      <Text name={['sftp', 'folder']} label={t('report.target.folder')} />
      <Text
        name={['sftp', 'password']}
        label={t('report.target.password')}
        help={t('report.target.passwordHelp')}
        kind="secret"
        isNeeded={false}
      />
      <Text name={['sftp', 'privateKey']} label={t('report.target.privateKey')} kind="lines" isNeeded={false} />
    </>
  );
}

function AddressFields({ channel }: { readonly channel: Channel }): ReactNode {
  const { t } = useTranslation();
  switch (channel) {
    case 'portal':
      return null;
    case 'email':
      return <Text name={['email', 'to']} label={t('report.target.to')} />;
    case 'sftp':
      return <SftpFields />;
    case 'webhook':
      return (
        <>
          <Text name={['webhook', 'url']} label={t('report.target.url')} />
          <Text
            name={['webhook', 'secret']}
            label={t('report.target.secret')}
            help={t('report.target.secretHelp')}
            kind="secret"
            min={SECRET_LENGTH}
          />
        </>
      );
  }
}

/** Where reports that are signed from now on go. */
export function TargetDrawer({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const services = SERVICES.filter((service) => may(session, `${service}.createReportTarget`));
  const [first] = services;
  return (
    <AskDrawer<NewTarget, unknown>
      title={t('report.target.create')}
      help={t('report.target.help')}
      confirm={t('report.target.create')}
      initial={{ channel: 'portal', ...(first && { service: first }) }}
      touches={['reports']}
      send={createTarget}
      onClose={onClose}
    >
      <Text name="name" label={t('report.target.name')} />
      <Form.Item name="service" label={t('report.target.of')}>
        <Select options={services.map((value) => ({ value, label: t(`report.target.service.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['service']}>
        {({ getFieldValue }) => (
          <Form.Item name="kinds" label={t('report.target.kinds')} extra={t('report.target.kindsHelp')}>
            <Select
              mode="multiple"
              allowClear
              options={KIND_NAMES.filter((kind) => KINDS[kind].service === getFieldValue('service')).map((value) => ({
                value,
                label: t(`report.kindName.${value}`),
              }))}
            />
          </Form.Item>
        )}
      </Form.Item>
      <Form.Item name="audience" label={t('report.audience.label')} extra={t('report.target.audienceHelp')}>
        <Select allowClear options={AUDIENCES.map((value) => ({ value, label: t(`report.audience.${value}`) }))} />
      </Form.Item>
      <Form.Item name="channel" label={t('report.target.channel.label')}>
        <Select options={CHANNELS.map((value) => ({ value, label: t(`report.target.channel.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['channel']}>
        {({ getFieldValue }) => <AddressFields channel={getFieldValue('channel') as Channel} />}
      </Form.Item>
    </AskDrawer>
  );
}
