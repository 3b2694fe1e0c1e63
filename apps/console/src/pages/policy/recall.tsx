import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { POLICY, recallVersion } from './api.ts';

/** Takes a version back that has not begun, with the reason. */
export function Recall({ number }: { readonly number: number }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [key] = useState(newKey);
  const recall = useMutation({
    mutationFn: (reason: string) => recallVersion(number, reason, key),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: POLICY });
      setIsOpen(false);
    },
  });
  return (
    <>
      <Button size="small" danger onClick={() => setIsOpen(true)}>
        {t('policy.list.recall')}
      </Button>
      {isOpen && (
        <ReasonDialog
          title={t('policy.list.recallTitle', { number })}
          help={t('policy.list.recallHelp')}
          label={t('policy.list.recallReason')}
          needed={t('policy.list.needReason')}
          confirm={t('policy.list.recall')}
          isDanger
          isSending={recall.isPending}
          error={recall.error}
          onSend={recall.mutate}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
