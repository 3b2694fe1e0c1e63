import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { lyingBars } from '../../../ui/bars.ts';
import { Chart } from '../../../ui/chart.tsx';
import { StateTag, type Tone } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { badFaithQuery, reportAddress, type BadFaith, type Standing } from './api.ts';

export const TONE_OF: Readonly<Record<Standing, Tone>> = { open: 'quiet', waiting: 'wait', suspected: 'bad', 'not-suspected': 'good' };
const BAR_PX = 34;

interface Of {
  readonly complaint: Complaint;
  readonly of: BadFaith;
}

/** The score, sign by sign: how many, out of how much, and beside which complaints. */
function Score({ of: { score, signals, settingsVersion, computedAt } }: Pick<Of, 'of'>): ReactNode {
  const { t } = useTranslation();
  const option = useMemo(
    () => lyingBars(signals.map(({ signal, points }) => ({ name: t(`sorting.badFaith.signal.${signal}`), value: points }))),
    [signals, t],
  );
  if (score === null) return <p className="fb-soft">{t('sorting.badFaith.notYet')}</p>;
  return (
    <>
      <p>
        <strong>{t('sorting.badFaith.score', { score })}</strong>{' '}
        {settingsVersion !== null && computedAt !== null && (
          <span className="fb-soft">{t('sorting.badFaith.computed', { version: settingsVersion, at: localTime(computedAt) })}</span>
        )}
      </p>
      {signals.length === 0 && <p className="fb-soft">{t('sorting.badFaith.nothing')}</p>}
      {signals.length > 0 && (
        <Chart
          title={t('sorting.badFaith.chart')}
          option={option}
          heightPx={signals.length * BAR_PX + 16}
          table={{
            head: [t('sorting.badFaith.signalLabel'), t('sorting.badFaith.pointsShort'), t('sorting.badFaith.of')],
            rows: signals.map(({ signal, points, weight }) => [t(`sorting.badFaith.signal.${signal}`), points, weight]),
          }}
        />
      )}
      <ul className="fb-plain">
        {signals.map(({ signal, count, points, weight, words, complaints }) => (
          <li key={signal}>
            <strong>{t(`sorting.badFaith.explain.${signal}`, { count, words: words.join(t('common.listSeparator')) })}</strong>{' '}
            <span className="fb-soft">{t('sorting.badFaith.points', { points, weight })}</span>
            {complaints.length > 0 && (
              <details>
                <summary>{t('sorting.badFaith.others')}</summary>
                {complaints.map(({ id, number }) => (
                  <Link key={id} to={`/complaints/${id}`}>
                    {number}{' '}
                  </Link>
                ))}
              </details>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Flags({ complaint, of: { flags } }: Of): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const [mayFlag, mayWithdraw] = [useMay('complaints.flagForgedProof'), useMay('complaints.withdrawForgedProof')];
  const path = `/v1/complaints/${complaint.id}/bad-faith-flags`;
  return (
    <>
      {flags.length > 0 && <h3>{t('sorting.badFaith.flags')}</h3>}
      <ul className="fb-plain">
        {flags.map(({ id, note, by, at, withdrawnAt }) => (
          <li key={id}>
            {note ?? t('sorting.badFaith.hidden')}{' '}
            <span className="fb-soft">
              {person(by)} · {localTime(at)}
              {withdrawnAt !== null && ` · ${t('sorting.badFaith.withdrawn')}`}
            </span>{' '}
            {withdrawnAt === null && mayWithdraw && <Act label={t('sorting.badFaith.unflag')} path={`${path}/${id}/withdrawal`} />}
          </li>
        ))}
      </ul>
      {mayFlag && (
        <Act
          label={t('sorting.badFaith.flag')}
          help={t('sorting.badFaith.flagHelp')}
          path={path}
          fields={[{ name: 'note', label: t('sorting.badFaith.flagNote'), kind: 'long' }]}
        />
      )}
    </>
  );
}

/** What people say: one suspects, another agrees or does not. */
function Decisions({ complaint, of: { decisions, standing } }: Of): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const [mayDecide, maySecond] = [useMay('complaints.decideBadFaith'), useMay('complaints.secondBadFaith')];
  const path = `/v1/complaints/${complaint.id}`;
  return (
    <>
      <h3>{t('sorting.badFaith.decisions')}</h3>
      {decisions.length === 0 && <p className="fb-soft">{t('sorting.badFaith.noDecision')}</p>}
      <ol className="fb-plain">
        {decisions.map((one) => (
          <li key={one.id}>
            <strong>{t(`sorting.badFaith.decision.${one.decision}`)}</strong>{' '}
            <span className="fb-soft">
              {person(one.by)} · {localTime(one.at)} · {t('sorting.badFaith.score', { score: one.score })}
            </span>
            <p>{one.reason ?? t('sorting.badFaith.hidden')}</p>
            {one.secondBy !== null && (
              <p>
                {t(one.secondAgrees === true ? 'sorting.badFaith.agreed' : 'sorting.badFaith.disagreed', { who: person(one.secondBy) })}
                {one.secondNote !== null && ` · ${one.secondNote}`}
              </p>
            )}
            {one.decision === 'suspected' && one.secondBy === null && <StateTag tone="wait">{t('sorting.badFaith.waits')}</StateTag>}
          </li>
        ))}
      </ol>
      <div className="fb-row">
        {mayDecide && standing !== 'waiting' && (
          <Act
            label={t('sorting.badFaith.decide')}
            help={t('sorting.badFaith.decideHelp')}
            path={`${path}/bad-faith-decisions`}
            fields={[
              {
                name: 'decision',
                label: t('sorting.badFaith.decisionLabel'),
                kind: 'choice',
                options: (['suspected', 'not-suspected', 'open'] as const).map((value) => ({
                  value,
                  label: t(`sorting.badFaith.decision.${value}`),
                })),
              },
              { name: 'reason', label: t('sorting.badFaith.reason'), kind: 'long' },
            ]}
          />
        )}
        {maySecond && standing === 'waiting' && (
          <Act
            isMain
            label={t('sorting.badFaith.second')}
            help={t('sorting.badFaith.secondHelp')}
            path={`${path}/bad-faith-second`}
            fields={[
              { name: 'agrees', label: t('sorting.badFaith.agrees'), kind: 'flag' },
              { name: 'note', label: t('sorting.badFaith.secondNote'), kind: 'long', optional: true },
            ]}
          />
        )}
      </div>
    </>
  );
}

function Reports({ complaint, of: { reports, standing } }: Of): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const [mayReport, mayRead] = [useMay('complaints.reportBadFaith'), useMay('complaints.downloadBadFaithReport')];
  return (
    <>
      <h3>{t('sorting.badFaith.reports')}</h3>
      {reports.length === 0 && <p className="fb-soft">{t('sorting.badFaith.noReport')}</p>}
      <ul className="fb-plain">
        {reports.map(({ id, number, receiver, madeBy, madeAt }) => (
          <li key={id}>
            {number} · {receiver === 'police' || receiver === 'regulator' ? t(`sorting.badFaith.receiver.${receiver}`) : receiver}{' '}
            <span className="fb-soft">
              {person(madeBy)} · {localTime(madeAt)}
            </span>{' '}
            {mayRead && <a href={reportAddress(complaint.id, id)}>{t('sorting.badFaith.download')}</a>}
          </li>
        ))}
      </ul>
      {mayReport && standing === 'suspected' && (
        <Act
          label={t('sorting.badFaith.report')}
          help={t('sorting.badFaith.reportHelp')}
          path={`/v1/complaints/${complaint.id}/bad-faith-reports`}
          fields={[
            {
              name: 'receiver',
              label: t('sorting.badFaith.receiverLabel'),
              kind: 'choice',
              options: (['regulator', 'police'] as const).map((value) => ({ value, label: t(`sorting.badFaith.receiver.${value}`) })),
            },
            { name: 'addressee', label: t('sorting.badFaith.addressee'), kind: 'line' },
            { name: 'statement', label: t('sorting.badFaith.statement'), kind: 'long' },
          ]}
        />
      )}
    </>
  );
}

/** What speaks for bad faith and what people make of it; the complainant's rights come first, in words. */
export function BadFaithSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const query = useQuery(badFaithQuery(complaint.id));
  return (
    <Loaded title={t('sorting.badFaith.title')} query={query}>
      {(of) => (
        <>
          <Alert className="fb-problem" type="info" showIcon title={t('sorting.badFaith.right')} />
          <p>
            <StateTag tone={TONE_OF[of.standing]}>{t(`sorting.badFaith.standing.${of.standing}`)}</StateTag>
          </p>
          <Score of={of} />
          <Flags complaint={complaint} of={of} />
          <Decisions complaint={complaint} of={of} />
          <Reports complaint={complaint} of={of} />
        </>
      )}
    </Loaded>
  );
}
