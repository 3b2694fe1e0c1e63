import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../ui/data-table.tsx';
import { formatBytes } from '../../ui/numbers.ts';
import { Section } from '../../ui/section.tsx';
import { fileAddress, type Report } from './api.ts';

/** The files of a report, each with what it takes to see that it is the one that was made. */
export function Files({ report }: { readonly report: Report }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async (sha256: string): Promise<void> => {
    await navigator.clipboard.writeText(sha256);
    void message.success(t('common.copied'));
  };
  return (
    <Section title={t('report.files')}>
      <DataTable
        label={`${t('report.files')} · ${t('report.sha256')}`}
        rows={report.files}
        rowKey={({ name }) => name}
        empty={{ title: t('common.none') }}
        columns={[
          {
            key: 'name',
            title: t('report.file'),
            onCard: 'head',
            render: ({ name }) => (
              <a href={fileAddress(report.service, report.id, name)} download={name}>
                <DownloadOutlined aria-hidden /> {name}
              </a>
            ),
          },
          { key: 'format', title: t('report.formats'), render: ({ format }) => t(`report.format.${format}`) },
          { key: 'size', title: t('report.size'), align: 'end', render: ({ bytes }) => formatBytes(bytes) },
          {
            key: 'sha256',
            title: t('report.sha256'),
            render: ({ sha256, name }) => (
              <span className="fb-sha256">
                <code>{sha256}</code>{' '}
                <Button
                  size="small"
                  type="link"
                  aria-label={`${t('common.copy')} ${t('report.sha256')} ${name}`}
                  onClick={() => void copy(sha256)}
                >
                  {t('common.copy')}
                </Button>
              </span>
            ),
          },
        ]}
      />
      <p className="fb-soft">{t('report.sha256Help')}</p>
    </Section>
  );
}
