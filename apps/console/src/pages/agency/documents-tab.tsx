import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { formatBytes } from '../../ui/numbers.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { UploadDrop } from '../../ui/upload-drop.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { useUpload } from '../../ui/use-upload.ts';
import { AGENCIES } from './api.ts';
import { useNeeded } from './entry-dialog.tsx';
import { listDocuments, type AgencyDocument } from './registry-api.ts';

const KINDS = [
  'licence',
  'ownership',
  'approval',
  'contract',
  'no-subcontracting-declaration',
  'insurance',
  'training',
  'inspection',
  'other',
] as const;
const ENDINGS = ['.pdf', '.png', '.jpg', '.jpeg', '.docx', '.xlsx'];
const addressOf = (agencyId: string): string => `/api/collections/v1/agencies/${encodeURIComponent(agencyId)}/documents`;

interface Fields {
  readonly kind: string;
  readonly title: string;
  readonly validUntil?: string;
}

function UploadDialog({ agencyId, onClose }: { readonly agencyId: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const needed = useNeeded();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const sending = useUpload<AgencyDocument>(addressOf(agencyId));
  const save = async ({ kind, title, validUntil }: Fields): Promise<void> => {
    if (!file) return;
    const made = await sending.send(file, { kind, title, ...(validUntil && { validUntil }) });
    if (!made) return;
    await queries.invalidateQueries({ queryKey: AGENCIES });
    onClose();
  };
  return (
    <Modal
      open
      title={t('registry.document.add')}
      onCancel={onClose}
      okText={t('registry.save')}
      okButtonProps={{ htmlType: 'submit', form: 'agency-document', disabled: file === null, loading: sending.progress !== null }}
      cancelText={t('common.cancel')}
    >
      <Form<Fields> id="agency-document" layout="vertical" requiredMark={false} onFinish={(fields) => void save(fields)}>
        <Form.Item name="kind" label={t('registry.document.kind')} rules={needed}>
          <Select options={KINDS.map((value) => ({ value, label: t(`registry.document.of.${value}`) }))} />
        </Form.Item>
        <Form.Item name="title" label={t('registry.document.title')} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="validUntil" label={t('registry.document.until')}>
          <MomentInput />
        </Form.Item>
        <UploadDrop accept={ENDINGS} file={file} onFile={setFile} progress={sending.progress} onStop={sending.stop} />
      </Form>
      {sending.problem && <ProblemAlert error={sending.problem} />}
    </Modal>
  );
}

/** The documents of the agency with their hashes, all versions. */
export function DocumentsTab({ agency: { agencyId } }: { readonly agency: AgencyView }): ReactNode {
  const { t } = useTranslation();
  const mayWrite = useMay('collections.uploadAgencyDocument');
  const mayRead = useMay('collections.downloadAgencyDocument');
  const [isOpen, setIsOpen] = useState(false);
  const pages = usePages([...AGENCIES, agencyId, 'documents'], listDocuments(agencyId));
  const columns: Column<AgencyDocument>[] = [
    { key: 'title', title: t('registry.document.title'), onCard: 'head', render: ({ title, version }) => `${title} v${version}` },
    { key: 'kind', title: t('registry.document.kind'), render: ({ kind }) => t(`registry.document.of.${kind}`) },
    {
      key: 'old',
      title: t('registry.device.state'),
      onCard: 'corner',
      render: ({ isNewest }) => (
        <StateTag tone={isNewest ? 'good' : 'quiet'}>{t(isNewest ? 'registry.document.newest' : 'registry.document.old')}</StateTag>
      ),
    },
    { key: 'until', title: t('registry.document.until'), render: ({ validUntil }) => validUntil ?? t('registry.profile.noEnd') },
    {
      key: 'hash',
      title: 'SHA-256',
      render: ({ sha256, bytes }) => (
        <>
          <code title={sha256}>{sha256.slice(0, 16)}…</code> <span className="fb-soft">{formatBytes(bytes)}</span>
        </>
      ),
    },
    { key: 'at', title: t('registry.document.uploaded'), render: ({ uploadedAt }) => <Instant at={uploadedAt} withRelative={false} /> },
    {
      key: 'download',
      title: t('registry.actions'),
      render: ({ id }) =>
        mayRead && (
          <a href={`${addressOf(agencyId)}/${id}/file`} download>
            {t('registry.document.download')}
          </a>
        ),
    },
  ];
  const add = mayWrite && (
    <Button type="primary" onClick={() => setIsOpen(true)}>
      {t('registry.document.add')}
    </Button>
  );
  if (pages.error) return <ProblemAlert error={pages.error} onRetry={pages.retry} />;
  return (
    <>
      {pages.items.length > 0 && <div className="fb-list-filter">{add}</div>}
      <DataTable
        label={t('registry.tab.documents')}
        columns={columns}
        rows={pages.items}
        rowKey={({ id }) => id}
        isLoading={pages.isLoading}
        empty={{ title: t('registry.document.empty'), help: t('registry.document.emptyHelp'), action: add }}
      />
      <MoreRows {...pages.more} />
      {isOpen && <UploadDialog agencyId={agencyId} onClose={() => setIsOpen(false)} />}
    </>
  );
}
