import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { useMay, useSession } from '../../session/session.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { approveScript, retireScript, SCRIPTS, type Script } from './api.ts';

/** What may be done with a version: approved by a second person, taken out of use, followed by another. */
export function ScriptActions({ script }: { readonly script: Script }): ReactNode {
  const { t } = useTranslation();
  const { subject } = useSession();
  const mayApprove = useMay('collections.approveScript');
  const mayRetire = useMay('collections.retireScript');
  const mayWrite = useMay('collections.createScript');
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const [isRetiring, setIsRetiring] = useState(false);
  const refresh = (): void => {
    setIsRetiring(false);
    void queries.invalidateQueries({ queryKey: SCRIPTS });
    // Collectors read them in the case.
    void queries.invalidateQueries({ queryKey: ['scripts'] });
  };
  const approve = useMutation({ mutationFn: () => approveScript(script, `${key}-approve`), onSuccess: refresh });
  const retire = useMutation({ mutationFn: (reason: string) => retireScript(script, reason, `${key}-retire`), onSuccess: refresh });
  const { scriptId, version, state, author } = script;
  return (
    <>
      <div className="fb-row">
        {state === 'draft' &&
          mayApprove &&
          (author === subject ? (
            <span className="fb-soft">{t('collecting.setup.script.second')}</span>
          ) : (
            <Button size="small" type="primary" loading={approve.isPending} onClick={() => approve.mutate()}>
              {t('collecting.setup.script.approve')}
            </Button>
          ))}
        {mayWrite && (
          <LinkButton size="small" to={`/collecting/scripts/new?${new URLSearchParams({ scriptId, version: String(version) }).toString()}`}>
            {t('collecting.setup.newVersion')}
          </LinkButton>
        )}
        {state !== 'retired' && mayRetire && (
          <Button size="small" danger onClick={() => setIsRetiring(true)}>
            {t('collecting.setup.retire')}
          </Button>
        )}
      </div>
      {approve.error && <ProblemAlert error={approve.error} />}
      {isRetiring && (
        <ReasonDialog
          title={t('collecting.setup.version', { id: script.title, version })}
          help={t('collecting.setup.script.retireHelp')}
          label={t('collecting.reason')}
          needed={t('collecting.reasonNeeded')}
          confirm={t('collecting.setup.retire')}
          isDanger
          isSending={retire.isPending}
          error={retire.error}
          onSend={(reason) => retire.mutate(reason)}
          onClose={() => setIsRetiring(false)}
        />
      )}
    </>
  );
}
