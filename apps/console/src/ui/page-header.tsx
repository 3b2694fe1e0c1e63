import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigationType } from 'react-router';

export interface PageHeaderProps {
  readonly title: string;
  /** One line on what the page is for or shows. */
  readonly lead?: ReactNode;
  /** Beside the title: a state, a number. */
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
  readonly back?: { readonly to: string; readonly label: string };
}

let isFirstPage = true;

/** The page's one h1, and the title of the window. After a step within the console the focus goes to it, so that a screen reader says where it is. */
export function PageHeader({ title, lead, aside, actions, back }: PageHeaderProps): ReactNode {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const came = useNavigationType();
  useEffect(() => {
    if (!isFirstPage && came !== 'REPLACE') heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, [came]);
  return (
    <header className="fb-page-header">
      <title>{`${title} · ${t('shell.brand')}`}</title>
      {back && (
        <Link className="fb-back" to={back.to}>
          <span aria-hidden>←</span> {back.label}
        </Link>
      )}
      <div className="fb-page-header-line">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside && <div className="fb-page-aside">{aside}</div>}
        {actions && <div className="fb-page-actions">{actions}</div>}
      </div>
      {lead && <p className="fb-lead">{lead}</p>}
    </header>
  );
}
