import { Button, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { UploadDrop } from '../../ui/upload-drop.tsx';
import { useUpload } from '../../ui/use-upload.ts';
import './complaint.css';
import { ImportOutcome } from './import-outcome.tsx';

const KINDS = ['complaints', 'cfpb'] as const;

/** Complaints from a file: the institution's own format, or the public one of the CFPB. */
export function ComplaintImportPage(): ReactNode {
  const { t } = useTranslation();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('complaints');
  const [file, setFile] = useState<File | null>(null);
  const [id, setId] = useState<string | null>(null);
  const { progress, problem, send, stop } = useUpload<{ id: string }>('/api/complaints/v1/imports');
  const start = async (chosen: File): Promise<void> => {
    const answer = await send(chosen, { kind });
    if (!answer) return;
    setId(answer.id);
    setFile(null);
  };
  const header = (
    <PageHeader
      title={t('complaint.import.title')}
      lead={t('complaint.import.lead')}
      back={{ to: '/complaints', label: t('complaint.page.back') }}
    />
  );
  if (id !== null) {
    return (
      <>
        {header}
        <ImportOutcome key={id} id={id} onAnother={() => setId(null)} />
      </>
    );
  }
  return (
    <>
      {header}
      {problem && <ProblemAlert error={problem} />}
      <Section title={t('complaint.import.kind')}>
        <Radio.Group
          className="fb-import-kinds"
          value={kind}
          disabled={progress !== null}
          aria-label={t('complaint.import.kind')}
          onChange={(event) => setKind(event.target.value)}
          options={KINDS.map((value) => ({
            value,
            label: (
              <>
                {t(`complaint.import.kindName.${value}`)} <span className="fb-soft">{t(`complaint.import.kindHelp.${value}`)}</span>
              </>
            ),
          }))}
        />
        <UploadDrop accept={['.csv', '.xlsx']} file={file} onFile={setFile} progress={progress} onStop={stop} />
        <div className="fb-form-foot">
          <Button type="primary" disabled={file === null || progress !== null} onClick={() => file && void start(file)}>
            {t('complaint.import.start')}
          </Button>
        </div>
      </Section>
    </>
  );
}
