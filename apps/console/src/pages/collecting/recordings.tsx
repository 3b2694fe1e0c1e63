import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, newKey, take } from '../../api/client.ts';
import type { CaseView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { Instant } from '../../ui/instant.tsx';
import { formatBytes } from '../../ui/numbers.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { RecordingPlayer, type RecordingView } from '../../ui/recording-player.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { UploadDrop } from '../../ui/upload-drop.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { useUpload } from '../../ui/use-upload.ts';

const SOUNDS = ['.wav', '.mp3', '.ogg', '.opus', '.m4a', '.flac', '.webm', '.mp4'] as const;

function Hold({ recording }: { readonly recording: RecordingView }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const isHeld = recording.heldAt !== null;
  const change = useMutation({
    mutationFn: (reason: string) => {
      const init = { body: { reason }, params: { path: { id: recording.id }, header: { 'Idempotency-Key': newKey() } } };
      return isHeld
        ? take(collections.POST('/v1/recordings/{id}/legal-hold-lifting', init))
        : take(collections.POST('/v1/recordings/{id}/legal-hold', init));
    },
    onSuccess: () => {
      setIsAsking(false);
      void queries.invalidateQueries({ queryKey: ['recordings'] });
    },
  });
  const words = isHeld ? 'lift' : 'hold';
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>{t(`collecting.recording.${words}`)}</Button>
      {isAsking && (
        <ReasonDialog
          title={t(`collecting.recording.${words}`)}
          help={t(`collecting.recording.${words}Help`)}
          label={t('collecting.reason')}
          needed={t('collecting.reasonNeeded')}
          confirm={t('common.confirm')}
          isSending={change.isPending}
          error={change.error}
          onSend={(reason) => change.mutate(reason)}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

function Recording({ recording }: { readonly recording: RecordingView }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const mayHold = useMay('collections.holdRecording');
  return (
    <li>
      <p className="fb-first">
        <Instant at={recording.recordedAt} withRelative={false} /> {person(recording.createdBy)}{' '}
        {recording.bytes !== null && <span className="fb-soft">{formatBytes(recording.bytes)}</span>}{' '}
        {recording.destroyedAt === null ? (
          <StateTag tone={recording.keptFor === 'term' ? 'quiet' : 'wait'}>
            {t(`collecting.recording.kept.${recording.keptFor ?? 'none'}`, { day: recording.keepUntil })}
          </StateTag>
        ) : (
          <StateTag tone="bad">{t('collecting.recording.destroyed')}</StateTag>
        )}
      </p>
      <div className="fb-row">
        <RecordingPlayer recording={recording} />
        {mayHold && recording.destroyedAt === null && <Hold recording={recording} />}
      </div>
    </li>
  );
}

/** The recordings of a case: how long each is kept, to be heard by those who may. */
export function Recordings({ found: { caseId } }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayKeep = useMay('collections.uploadRecording');
  const { data, error, refetch } = useQuery({
    queryKey: ['recordings', caseId],
    queryFn: ({ signal }) => take(collections.GET('/v1/cases/{id}/recordings', { params: { path: { id: caseId } }, signal })),
  });
  const sending = useUpload<RecordingView>('/api/collections/v1/recordings');
  const send = async (file: File): Promise<void> => {
    if (await sending.send(file, { caseId })) void queries.invalidateQueries({ queryKey: ['recordings', caseId] });
  };
  return (
    <Section title={t('collecting.recording.title')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="fb-soft fb-first">{t('collecting.recording.none')}</p>}
      <ul className="fb-plain">
        {data?.items.map((recording) => (
          <Recording key={recording.id} recording={recording} />
        ))}
      </ul>
      {mayKeep && (
        <UploadDrop accept={SOUNDS} file={null} progress={sending.progress} onFile={(file) => void send(file)} onStop={sending.stop} />
      )}
      {sending.problem && <ProblemAlert error={sending.problem} />}
    </Section>
  );
}
