import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/models.ts';
import { Instant } from '../../ui/instant.tsx';

/** That an agency has the case which may not work it, and who has to take it back. */
export function TakeBack({ found: { takeBack, agencyId } }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  if (takeBack === null) return null;
  const { since, reason, responsible } = takeBack;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('cases.takeBack.title', { agency: agencyId ?? '' })}
      description={
        <>
          {t(`cases.standing.${reason}`)} · <Instant at={since} /> ·{' '}
          {t('cases.takeBack.by', { person: responsible.person ?? t('cases.takeBack.manager') })}
        </>
      }
    />
  );
}
