import { useQueries, useQueryClient } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useId, type ChangeEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { complaints, take } from '../../../api/client.ts';
import type { components } from '../../../api/complaints.d.ts';
import { useMay } from '../../../session/session.ts';
import { formatBytes } from '../../../ui/numbers.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useUpload } from '../../../ui/use-upload.ts';
import { localTime } from '../dates.ts';
import './files.css';

type File_ = components['schemas']['ComplaintFileView'];
export type FileKind = File_['kind'];

const filesOf = (id: string) => ({
  queryKey: ['complaints', 'files', id],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    take(complaints.GET('/v1/complaints/{id}/files', { params: { path: { id } }, signal })),
});

export interface FilePickerProps {
  /** Files of any of these may be chosen; a new one is added to the first. */
  readonly complaintIds: readonly string[];
  /** What a new file is for. */
  readonly kind: FileKind;
  readonly id?: string;
  readonly value?: readonly string[];
  readonly onChange?: (ids: readonly string[]) => void;
}

function OneFile({
  file,
  isChosen,
  onToggle,
}: {
  readonly file: File_;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const why = file.removedAt !== null ? 'removed' : file.scanState === 'infected' ? 'infected' : null;
  return (
    <li>
      <Checkbox checked={isChosen} disabled={why !== null} onChange={onToggle}>
        {file.fileName}{' '}
        <span className="fb-soft">
          {t(`filePicker.kind.${file.kind}`)} · {formatBytes(file.bytes)} · {localTime(file.uploadedAt)}
          {why !== null && ` · ${t(`filePicker.why.${why}`)}`}
        </span>
      </Checkbox>
    </li>
  );
}

/** A place to add a file; it is chosen as soon as it is there. */
function Add({
  complaintId,
  kind,
  onAdded,
}: {
  readonly complaintId: string;
  readonly kind: FileKind;
  readonly onAdded: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const queries = useQueryClient();
  const { progress, problem, send } = useUpload<File_>(`/api/complaints/v1/complaints/${complaintId}/files`);
  const add = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    const added = file && (await send(file, { kind }));
    if (!added) return;
    await queries.invalidateQueries({ queryKey: ['complaints', 'files', complaintId] });
    onAdded(added.id);
  };
  return (
    <div>
      <label htmlFor={id}>{t('filePicker.upload')}</label>{' '}
      <input id={id} type="file" disabled={progress !== null} aria-describedby={`${id}-help`} onChange={(event) => void add(event)} />
      <p id={`${id}-help`} className="fb-hint">
        {t('filePicker.uploadHelp')}
      </p>
      {progress !== null && <progress max={progress.totalBytes || 1} value={progress.sentBytes} aria-label={t('filePicker.upload')} />}
      {problem && <ProblemAlert error={problem} />}
    </div>
  );
}

/** The files of a complaint to choose from, and a place to add one: for every form whose request takes ids of files. */
export function FilePicker({ complaintIds, kind, id, value = [], onChange }: FilePickerProps): ReactNode {
  const { t } = useTranslation();
  const mayAdd = useMay('complaints.addComplaintFile');
  const lists = useQueries({ queries: complaintIds.map(filesOf) });
  const files = lists.flatMap(({ data }) => data?.items ?? []);
  const error = lists.find((list) => list.error)?.error;
  const toggle = (fileId: string): void =>
    onChange?.(value.includes(fileId) ? value.filter((each) => each !== fileId) : [...value, fileId]);
  const isRead = lists.every(({ isPending }) => !isPending);
  const [first] = complaintIds;
  return (
    <div id={id} className="fb-file-picker">
      {error && <ProblemAlert error={error} />}
      {isRead && files.length === 0 && !error && <p className="fb-soft">{t(mayAdd ? 'filePicker.none' : 'filePicker.noneToChoose')}</p>}
      <ul className="fb-plain">
        {files.map((file) => (
          <OneFile key={file.id} file={file} isChosen={value.includes(file.id)} onToggle={() => toggle(file.id)} />
        ))}
      </ul>
      {value.length > 0 && <p role="status">{t('filePicker.chosen', { count: value.length })}</p>}
      {mayAdd && first !== undefined && <Add complaintId={first} kind={kind} onAdded={(added) => onChange?.([...value, added])} />}
    </div>
  );
}
