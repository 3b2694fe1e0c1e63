import { useMutation } from '@tanstack/react-query';
import { Input, Modal, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { upload, type UploadProgress } from '../../api/upload.ts';
import { Field } from '../../ui/field.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { UploadDrop } from '../../ui/upload-drop.tsx';
import { agreeOrally, signAddress, type PlanDetail } from './api.ts';
import { useAfter } from './use-after.ts';

const WAYS = ['signed-document', 'oral-recording'] as const;
const ENDINGS = ['.pdf', '.jpg', '.jpeg', '.png'];

/** Proof that both sides agreed: from then on nobody contacts the debtor while the plan is kept. */
export function Agree({ plan, onClose }: { readonly plan: PlanDetail; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const after = useAfter();
  const [key] = useState(newKey);
  const [way, setWay] = useState<(typeof WAYS)[number]>('signed-document');
  const [file, setFile] = useState<File | null>(null);
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [recordingId, setRecordingId] = useState('');
  const [agreedAt, setAgreedAt] = useState<string | undefined>(undefined);
  const isReady = agreedAt !== undefined && (way === 'signed-document' ? file !== null : recordingId.trim() !== '');
  const send = useMutation({
    mutationFn: async (): Promise<unknown> => {
      const instant = new Date(agreedAt ?? '').toISOString();
      if (way === 'oral-recording') return agreeOrally(plan.id, { recordingId: recordingId.trim(), agreedAt: instant }, key);
      if (file === null) return null;
      return upload({ url: signAddress(plan.id), fields: { agreedAt: instant }, file, key, onProgress: setProgress });
    },
    onSettled: () => setProgress(null),
    onSuccess: async () => {
      await after();
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('plan.act.agree')}
      okText={t('plan.agree.confirm')}
      okButtonProps={{ disabled: !isReady, loading: send.isPending }}
      cancelText={t('common.cancel')}
      onOk={() => send.mutate()}
      onCancel={onClose}
    >
      <p className="fb-first">{t('plan.agree.help')}</p>
      <Segmented
        aria-label={t('plan.steps.evidence')}
        value={way}
        onChange={setWay}
        options={WAYS.map((value) => ({ value, label: t(`plan.evidence.${value}`) }))}
      />
      {way === 'signed-document' ? (
        <div className="fb-field">
          <UploadDrop accept={ENDINGS} file={file} onFile={setFile} progress={progress} />
        </div>
      ) : (
        <Field label={t('plan.agree.recording')} help={t('plan.agree.recordingHelp')}>
          {(ids) => <Input {...ids} value={recordingId} onChange={({ target }) => setRecordingId(target.value)} />}
        </Field>
      )}
      <Field label={t('plan.agree.at')}>
        {({ id }) => <MomentInput id={id} withTime {...(agreedAt !== undefined && { value: agreedAt })} onChange={setAgreedAt} />}
      </Field>
      {send.error && <ProblemAlert error={send.error} />}
    </Modal>
  );
}
