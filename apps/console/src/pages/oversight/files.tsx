import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../ui/numbers.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { UploadDrop } from '../../ui/upload-drop.tsx';
import { useUpload } from '../../ui/use-upload.ts';
import { OVERSIGHT, type InspectionView } from './api.ts';

const ACCEPT = ['.pdf', '.jpg', '.jpeg', '.png', '.zip', '.docx', '.xlsx', '.mp3', '.wav', '.mp4'];

interface FilesProps {
  readonly inspectionId: string;
  readonly files: InspectionView['files'];
  readonly findingId: string | null;
  readonly mayAdd: boolean;
}

/** Evidence with its SHA-256, and a place to add some. */
export function Files({ inspectionId, files, findingId, mayAdd }: FilesProps): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const address = `/api/collections/v1/inspections/${encodeURIComponent(inspectionId)}/files`;
  const upload = useUpload<{ id: string }>(address);
  const send = async (file: File): Promise<void> => {
    const sent = await upload.send(file, findingId === null ? {} : { finding: findingId });
    if (sent) await queries.invalidateQueries({ queryKey: OVERSIGHT });
  };
  return (
    <>
      {files.length === 0 && !mayAdd && <p className="fb-soft fb-first">{t('oversight.files.none')}</p>}
      <ul className="fb-lines">
        {files.map(({ id, fileName, bytes, sha256 }) => (
          <li key={id}>
            <a href={`${address}/${id}`} download>
              {fileName}
            </a>{' '}
            <span className="fb-soft">{formatBytes(bytes)}</span>
            <p className="fb-soft fb-digest">SHA-256 {sha256}</p>
          </li>
        ))}
      </ul>
      {mayAdd && (
        <UploadDrop accept={ACCEPT} file={null} progress={upload.progress} onStop={upload.stop} onFile={(file) => void send(file)} />
      )}
      {upload.problem && <ProblemAlert error={upload.problem} />}
    </>
  );
}
