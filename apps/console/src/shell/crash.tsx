import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, useRouteError } from 'react-router';

/** What a page shows that broke. */
export function Crash(): ReactNode {
  const { t } = useTranslation();
  const error = useRouteError();
  const said = isRouteErrorResponse(error) ? `${error.status} ${error.statusText}` : error instanceof Error ? error.message : String(error);
  return (
    <div className="fb-alone" role="alert">
      <title>{`${t('shell.crash.title')} · ${t('shell.brand')}`}</title>
      <h1>{t('shell.crash.title')}</h1>
      <p>{t('shell.crash.help')}</p>
      <pre lang="en">{`${globalThis.location.pathname}\n${said}`}</pre>
      <Button type="primary" onClick={() => globalThis.location.reload()}>
        {t('shell.crash.again')}
      </Button>
    </div>
  );
}
