import { CheckCircleFilled, ClockCircleOutlined, StopFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, AnswerReason } from '../../api/models.ts';
import { useName } from '../../i18n/use-name.ts';
import { Countdown, Instant } from '../../ui/instant.tsx';
import { StateTag } from '../../ui/state-tag.tsx';

// A rule that asks for at least so many, not at most.
const AT_LEAST = new Set(['visit-team']);
const OWN = 'product';
/** What the institution added to the packs itself, or tightened in them. */
const INSTITUTION = 'institution';

function Meter({ reason }: { readonly reason: AnswerReason }): ReactNode {
  const { t } = useTranslation();
  const { counted, limit, ruleId } = reason;
  if (counted === null || limit === null) return null;
  const say = AT_LEAST.has(ruleId) ? t('contact.verdict.atLeast', { counted, limit }) : t('contact.verdict.counted', { counted, limit });
  return (
    <span className="fb-meter">
      <meter min={0} max={Math.max(limit, 1)} value={Math.min(counted, limit)} aria-label={say} />
      <span>{say}</span>
    </span>
  );
}

function Reason({ reason, nextAt }: { readonly reason: AnswerReason; readonly nextAt: string | null }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  return (
    <li className={`fb-reason fb-reason-${reason.severity}`}>
      <p className="fb-reason-head">
        <strong>{reason.pack === INSTITUTION ? t('policy.rule.own') : name('rules', reason.ruleId)}</strong>
        {reason.severity === 'warn' && <StateTag tone="wait">{t('contact.verdict.warn')}</StateTag>}
        <span className="fb-source">
          {t('contact.verdict.source', {
            source:
              reason.source === OWN
                ? t('contact.verdict.ownRule')
                : reason.pack === INSTITUTION
                  ? t('policy.rule.institutionSource')
                  : reason.source,
          })}
        </span>
      </p>
      <p>{reason.message}</p>
      <Meter reason={reason} />
      {/* Said once: below, when it is also when the contact is permitted. */}
      {reason.clearsAt && reason.clearsAt !== nextAt && (
        <p className="fb-soft">
          {t('contact.verdict.clears')} <Instant at={reason.clearsAt} />
        </p>
      )}
    </li>
  );
}

function Next({ answer }: { readonly answer: Answer }): ReactNode {
  const { t } = useTranslation();
  if (answer.verdict === 'permitted') {
    if (answer.mustEndBy === null) return null;
    return (
      <p className="fb-next">
        <ClockCircleOutlined aria-hidden /> {t('contact.verdict.mustEndBy')} <Instant at={answer.mustEndBy} withRelative={false} />
        <span>
          {t('contact.verdict.in')} <Countdown until={answer.mustEndBy} />
        </span>
      </p>
    );
  }
  if (answer.nextPermittedAt === null) return <p className="fb-next">{t('contact.verdict.never')}</p>;
  return (
    <p className="fb-next">
      <ClockCircleOutlined aria-hidden /> {t('contact.verdict.next')} <Instant at={answer.nextPermittedAt} withRelative={false} />
      <span>
        {t('contact.verdict.in')} <Countdown until={answer.nextPermittedAt} over={t('contact.verdict.nowAgain')} />
      </span>
    </p>
  );
}

export interface VerdictProps {
  readonly answer: Answer;
  /** Instead of “permitted” or “not permitted”. */
  readonly heading?: string;
  /** An answer about a contact that is over: nothing is counted down. */
  readonly isPast?: boolean;
  readonly children?: ReactNode;
}

/** An answer of the gate: the verdict first, then every reason with its article and its numbers, then when it changes. */
export function Verdict({ answer, heading, isPast = false, children }: VerdictProps): ReactNode {
  const { t } = useTranslation();
  const isPermitted = answer.verdict === 'permitted';
  const packs = answer.packs
    .map(({ pack, version }) => t('contact.verdict.pack', { pack: pack === INSTITUTION ? t('policy.institution') : pack, version }))
    .join(t('common.listSeparator'));
  return (
    <div className={`fb-verdict fb-verdict-${answer.verdict}`}>
      <p className="fb-verdict-head">
        {isPermitted ? <CheckCircleFilled aria-hidden /> : <StopFilled aria-hidden />}
        <strong>{heading ?? t(`contact.verdict.${answer.verdict}`)}</strong>
        {answer.reasons.length === 0 && <span className="fb-soft">{t('contact.verdict.allPassed')}</span>}
      </p>
      {answer.reasons.length > 0 && (
        <ul className="fb-reasons">
          {answer.reasons.map((reason) => (
            <Reason key={`${reason.ruleId} ${reason.fact ?? ''}`} reason={reason} nextAt={answer.nextPermittedAt} />
          ))}
        </ul>
      )}
      {!isPast && <Next answer={answer} />}
      {children}
      <p className="fb-packs">{t('contact.verdict.packs', { packs })}</p>
    </div>
  );
}
