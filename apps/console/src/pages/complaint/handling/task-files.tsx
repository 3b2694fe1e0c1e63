import { useQuery } from '@tanstack/react-query';
import { useId, type ChangeEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../../api/client.ts';
import { upload } from '../../../api/upload.ts';
import { useMay } from '../../../session/session.ts';
import { formatBytes } from '../../../ui/numbers.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { localTime } from '../dates.ts';
import { taskFilesQuery, taskFileUrl, type Task } from './api.ts';
import { useDone } from './use-done.ts';

/** The files of a task: whoever is asked answers with them, the desk shows them to who is asked. */
export function TaskFiles({ task }: { readonly task: Task }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const mayList = useMay('complaints.listTaskFiles');
  const mayAdd = useMay('complaints.addTaskFile') && task.state === 'open';
  const mayRead = useMay('complaints.downloadTaskFile');
  const { data, error } = useQuery({ ...taskFilesQuery(task.id), enabled: mayList });
  const add = useDone(
    (file: File) => upload<unknown>({ url: taskFileUrl(task.id), fields: {}, file, key: newKey(), onProgress: () => undefined }),
    ['complaints', 'task-files', task.id],
  );
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.target.files ?? [];
    if (file) add.mutate(file);
    event.target.value = '';
  };
  return (
    <div>
      {error && <ProblemAlert error={error} />}
      {data && data.items.length > 0 && (
        <ul aria-label={t('handling.task.files')}>
          {data.items.map((file) => (
            <li key={file.id}>
              {mayRead ? <a href={`${taskFileUrl(task.id)}/${file.id}/download`}>{file.fileName}</a> : file.fileName}{' '}
              <span className="fb-soft">
                {formatBytes(file.bytes)} · {localTime(file.addedAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {mayAdd && (
        <p>
          <label htmlFor={id}>{t('handling.task.addFile')}</label> <input id={id} type="file" onChange={choose} disabled={add.isPending} />
        </p>
      )}
      {add.error && <ProblemAlert error={add.error} />}
    </div>
  );
}
