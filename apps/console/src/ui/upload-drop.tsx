import { CloudUploadOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useId, useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { UploadProgress } from '../api/upload.ts';
import { formatBytes } from './numbers.ts';

export interface UploadDropProps {
  /** File name endings, such as `.csv`. */
  readonly accept: readonly string[];
  readonly onFile: (file: File) => void;
  readonly file: File | null;
  /** While a file is being sent. */
  readonly progress: UploadProgress | null;
  readonly onStop?: () => void;
  readonly isDisabled?: boolean;
}

function Sending({ progress, onStop }: { readonly progress: UploadProgress; readonly onStop?: (() => void) | undefined }): ReactNode {
  const { t } = useTranslation();
  const { sentBytes, totalBytes } = progress;
  const isSent = sentBytes >= totalBytes;
  return (
    <div className="fb-sending" role="status">
      <Progress
        percent={totalBytes === 0 ? 100 : Math.floor((sentBytes / totalBytes) * 100)}
        aria-label={t('common.upload.progress', { done: formatBytes(sentBytes), total: formatBytes(totalBytes) })}
      />
      <span>
        {isSent ? t('common.upload.sent') : t('common.upload.progress', { done: formatBytes(sentBytes), total: formatBytes(totalBytes) })}
      </span>
      {onStop && !isSent && <Button onClick={onStop}>{t('common.upload.stop')}</Button>}
    </div>
  );
}

/** A place to choose a file or drop it, and how far it has been sent. */
export function UploadDrop({ accept, onFile, file, progress, onStop, isDisabled = false }: UploadDropProps): ReactNode {
  const { t } = useTranslation();
  const [isOver, setIsOver] = useState(false);
  const [isWrongType, setIsWrongType] = useState(false);
  const hint = useId();
  const types = accept.map((ending) => ending.slice(1).toUpperCase()).join(t('common.listSeparator'));
  const choose = (chosen: File | undefined): void => {
    if (!chosen) return;
    const isTaken = accept.some((ending) => chosen.name.toLowerCase().endsWith(ending));
    setIsWrongType(!isTaken);
    if (isTaken) onFile(chosen);
  };
  const drag = (isDragged: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setIsOver(isDragged && !isDisabled);
  };
  if (progress) return <Sending progress={progress} onStop={onStop} />;
  return (
    <div>
      {/* Dropping is for the mouse; the input within is there for everybody. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <label
        className={`fb-drop${isOver ? ' fb-drop-over' : ''}`}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event);
          if (!isDisabled) choose(event.dataTransfer.files[0]);
        }}
      >
        <input
          type="file"
          className="fb-unseen"
          accept={accept.join(',')}
          disabled={isDisabled}
          aria-describedby={hint}
          onChange={(event) => {
            choose(event.target.files?.[0]);
            // The same file may be chosen again after it was changed.
            event.target.value = '';
          }}
        />
        <CloudUploadOutlined aria-hidden />
        <strong>{file ? t('common.upload.chosen', { name: file.name, size: formatBytes(file.size) }) : t('common.upload.drop')}</strong>
        <span id={hint} className="fb-soft">
          {t('common.upload.hint', { types })}
        </span>
      </label>
      {isWrongType && (
        <p role="alert" className="fb-field-error">
          {t('common.upload.wrongType', { types })}
        </p>
      )}
    </div>
  );
}
