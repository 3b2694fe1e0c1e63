import { LogoutOutlined } from '@ant-design/icons';
import { App, Button, Popover } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem.ts';
import { useName } from '../i18n/use-name.ts';
import { signOut, useSession } from '../session/session.ts';
import { useProblemWords } from '../ui/problem-alert.tsx';

function Account(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const { message } = App.useApp();
  const words = useProblemWords();
  const name = useName();
  const [isLeaving, setIsLeaving] = useState(false);
  const leave = async (): Promise<void> => {
    setIsLeaving(true);
    try {
      await signOut();
    } catch (error) {
      setIsLeaving(false);
      void message.error(words(asProblem(error)).title);
    }
  };
  return (
    <div className="fb-account">
      <p className="fb-soft">{t('shell.signedInAs')}</p>
      <p className="fb-account-name">{session.name}</p>
      <p>{session.roles.map((role) => name('shell.role', role)).join(t('common.listSeparator'))}</p>
      <dl>
        <div>
          <dt>{t('shell.institution')}</dt>
          <dd>{session.institutionId}</dd>
        </div>
        {session.agencyId && (
          <div>
            <dt>{t('shell.agency')}</dt>
            <dd>{session.agencyId}</dd>
          </div>
        )}
      </dl>
      <Button block icon={<LogoutOutlined aria-hidden />} loading={isLeaving} onClick={() => void leave()}>
        {isLeaving ? t('shell.signingOut') : t('shell.signOut')}
      </Button>
    </div>
  );
}

/** Who is signed in, with which role; and the way out. */
export function AccountMenu(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const name = useName();
  const [role] = session.roles;
  const roleName = role === undefined ? '' : name('shell.role', role);
  return (
    <Popover
      getPopupContainer={(button) => button.parentElement ?? document.body}
      trigger="click"
      placement="bottomRight"
      content={<Account />}
      open={isOpen}
      onOpenChange={setIsOpen}
    >
      <button type="button" className="fb-account-button" aria-haspopup="dialog" aria-expanded={isOpen}>
        <span className="fb-avatar" aria-hidden>
          {session.name.slice(0, 1)}
        </span>
        {/* In words and not as a label over what is seen: on a narrow screen the avatar alone is. */}
        <span className="fb-unseen">
          {t('shell.account')}: {session.name}
        </span>
        <span className="fb-wide-only" aria-hidden>
          {session.name} <small>{roleName}</small>
        </span>
      </button>
    </Popover>
  );
}
