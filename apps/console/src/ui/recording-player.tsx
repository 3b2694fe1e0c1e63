import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/collections.d.ts';

export type RecordingView = components['schemas']['RecordingView'];

/** Plays a recording that is kept here, or says where it is. */
export function RecordingPlayer({ recording }: { readonly recording: RecordingView }): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  if (!recording.mayListen)
    return recording.uri === null ? null : <span className="fb-soft">{t('collecting.recording.elsewhere', { uri: recording.uri })}</span>;
  // Who hears it is recorded: it is not fetched before somebody wants to.
  if (!isOpen) return <Button onClick={() => setIsOpen(true)}>{t('collecting.recording.listen')}</Button>;
  const url = `/api/collections/v1/recordings/${recording.id}/content`;
  return recording.mediaType.startsWith('video/') ? (
    <video controls src={url} className="fb-full" aria-label={t('collecting.recording.player')}>
      <track kind="captions" />
    </video>
  ) : (
    <audio controls src={url} className="fb-full" aria-label={t('collecting.recording.player')}>
      <track kind="captions" />
    </audio>
  );
}
