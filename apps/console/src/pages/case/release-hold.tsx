import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, newKey, take } from '../../api/client.ts';
import { may, useSession } from '../../session/session.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

/** Ends a hold, for a reason that is kept; for who may, and not for one that a complaint asks for. */
export function ReleaseHold({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const release = useMutation({
    mutationFn: () =>
      take(
        collections.POST('/v1/holds/{id}/release', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: { reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      setIsOpen(false);
      void queries.invalidateQueries({ queryKey: ['case'] });
      void queries.invalidateQueries({ queryKey: ['contactability'] });
    },
  });
  if (!may(session, 'collections.releaseHold')) return null;
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {t('cases.holds.release')}
      </Button>
      <Modal
        open={isOpen}
        title={t('cases.holds.releaseTitle')}
        okText={t('cases.holds.release')}
        cancelText={t('common.back')}
        okButtonProps={{ disabled: reason.trim() === '', loading: release.isPending }}
        onOk={() => release.mutate()}
        onCancel={() => setIsOpen(false)}
      >
        <p className="fb-soft">{t('cases.holds.releaseHelp')}</p>
        <Input.TextArea
          rows={3}
          maxLength={2000}
          value={reason}
          aria-label={t('cases.register.reason')}
          onChange={({ target }) => setReason(target.value)}
        />
        {release.error && <ProblemAlert error={release.error} />}
      </Modal>
    </>
  );
}
