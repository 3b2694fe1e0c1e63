import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { onSessionEnd } from '../api/session-end.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { followSession, SessionContext, signIn } from './session.ts';

function EndedDialog(): ReactNode {
  const { t } = useTranslation();
  const [ended, setEnded] = useState(false);
  useEffect(() => onSessionEnd(() => setEnded(true)), []);
  return (
    <Modal
      open={ended}
      title={t('shell.ended.title')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={signIn}>
          {t('shell.ended.signIn')}
        </Button>
      }
    >
      <p>{t('shell.ended.help')}</p>
    </Modal>
  );
}

/** Shows its children to who is signed in, and sends anybody else to sign in. */
export function SessionGate({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => followSession(signal), staleTime: 60_000 });
  const isSignedOut = data === null;
  useEffect(() => {
    if (isSignedOut) signIn();
  }, [isSignedOut]);
  if (data) {
    return (
      <SessionContext value={data}>
        {children}
        <EndedDialog />
      </SessionContext>
    );
  }
  if (error) {
    return (
      <main className="fb-alone">
        <h1>{t('shell.noSession.title')}</h1>
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </main>
    );
  }
  return (
    <p className="first-paint" role="status">
      {t('shell.loadingSession')}
    </p>
  );
}
