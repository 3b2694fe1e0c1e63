import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useName } from '../../i18n/use-name.ts';
import { Instant } from '../../ui/instant.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { Facts } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { moneyOf, windowOf, type SkippedView, type WorkView } from './api.ts';

export function CaseLink({ caseId }: { readonly caseId: string }): ReactNode {
  return <Link to={`/cases/${encodeURIComponent(caseId)}`}>{caseId}</Link>;
}

export function Stage({ work }: { readonly work: WorkView }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <StateTag tone="quiet">{work.stage ?? t('common.none')}</StateTag>{' '}
      <span className="fb-soft fb-unbroken">{t('worklist.days', { count: work.daysOverdue })}</span>
    </>
  );
}

export function Last({ work }: { readonly work: WorkView }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  if (work.lastContactAt === null) return t('worklist.never');
  return (
    <>
      <Instant at={work.lastContactAt} withRelative={false} />
      {work.lastResult !== null && <span className="fb-soft"> {name('contact.outcome.results', work.lastResult)}</span>}
    </>
  );
}

export function Agreed({ work }: { readonly work: WorkView }): ReactNode {
  const { t } = useTranslation();
  const time = windowOf(work.bestTime);
  if (work.followUpAt === null && work.promiseDueOn === null && time === null) return t('common.none');
  return (
    <div className="fb-stack">
      {work.followUpAt !== null && (
        <span>
          {t('worklist.followUp')} <Instant at={work.followUpAt} withRelative={false} />
        </span>
      )}
      {work.promiseDueOn !== null && (
        <span>
          {t('worklist.promise', {
            day: work.promiseDueOn,
            amount: formatMoney({ ...moneyOf(work.balance), amount: work.promiseAmount ?? '' }),
          })}{' '}
          {work.promise !== null && (
            <StateTag tone={work.promise === 'broken' ? 'bad' : 'wait'}>{t(`worklist.promiseState.${work.promise}`)}</StateTag>
          )}
        </span>
      )}
      {time !== null && <span>{t('worklist.bestTime', { time })}</span>}
    </div>
  );
}

export function Why({ why }: { readonly why: WorkView['why'] }): ReactNode {
  const { t } = useTranslation();
  if (why.length === 0) return null;
  return (
    <ul className="fb-why" aria-label={t('worklist.why')}>
      {why.map(({ key, points, weight }) => (
        <li key={key}>
          {t(`worklist.key.${key}`)}{' '}
          <span className="fb-soft">{t('worklist.points', { points: Math.round(points * 10) / 10, weight })}</span>
        </li>
      ))}
    </ul>
  );
}

/** What there is to know of a case before one calls. */
export function WorkFacts({ work }: { readonly work: WorkView }): ReactNode {
  const { t } = useTranslation();
  return (
    <Facts
      items={[
        { label: t('worklist.balance'), value: <strong className="fb-amount">{formatMoney(moneyOf(work.balance))}</strong> },
        { label: t('worklist.stage'), value: <Stage work={work} /> },
        { label: t('worklist.last'), value: <Last work={work} /> },
        { label: t('worklist.agreed'), value: <Agreed work={work} /> },
      ]}
    />
  );
}

export function Skipped({ skipped, count }: { readonly skipped: readonly SkippedView[]; readonly count: number }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  if (count === 0) return null;
  return (
    <details className="fb-skipped" open={count <= 5}>
      <summary>{t('worklist.skipped', { count })}</summary>
      <ul>
        {skipped.map(({ caseId, reasons, nextPermittedAt }) => (
          <li key={caseId}>
            <CaseLink caseId={caseId} />{' '}
            {reasons.length === 0
              ? t('worklist.noPoint')
              : reasons.map(({ ruleId }) => name('rules', ruleId)).join(t('common.listSeparator'))}
            <span className="fb-soft">
              {' '}
              {nextPermittedAt === null ? (
                t('worklist.notByTime')
              ) : (
                <>
                  {t('worklist.from')} <Instant at={nextPermittedAt} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
