import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { StateTag, type Tone } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { findCorrections, type Correction } from './api.ts';

interface Of {
  readonly complaint: Complaint;
}

const TONES: Readonly<Record<Correction['state'], Tone>> = { asked: 'wait', applied: 'good', refused: 'bad', withdrawn: 'quiet' };

function One({ complaint, correction }: Of & { readonly correction: Correction }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const mayWithdraw = useMay('complaints.withdrawReceiptCorrection');
  const path = (step: string): string => `/v1/complaints/${complaint.id}/receipt-corrections/${correction.id}/${step}`;
  const { state, receivedBefore, receivedAt, dueOnBefore, dueOnAfter, reason, askedBy, askedAt, settledBy, settledAt, note, awaitsMe } =
    correction;
  const said = (isOptional: boolean) => [{ name: 'note', label: t('intake.receipt.note'), kind: 'long' as const, optional: isOptional }];
  return (
    <div className="fb-after">
      <p>
        <StateTag tone={TONES[state]}>{t(`intake.receipt.state.${state}`)}</StateTag>{' '}
        {t('intake.receipt.change', {
          before: localTime(receivedBefore),
          after: localTime(receivedAt),
          dueBefore: dueOnBefore,
          dueAfter: dueOnAfter,
        })}
      </p>
      {reason !== null && <p>{reason}</p>}
      <p className="fb-soft">
        {t('intake.receipt.asked', { person: person(askedBy), time: localTime(askedAt) })}
        {settledBy !== null &&
          settledAt !== null &&
          ` · ${t('intake.receipt.settled', { person: person(settledBy), time: localTime(settledAt) })}`}{' '}
        {note}
      </p>
      {state === 'asked' && (
        <div className="fb-row">
          {awaitsMe && (
            <>
              <Act
                isMain
                label={t('intake.receipt.approve')}
                help={t('intake.receipt.approveHelp', { date: dueOnAfter })}
                path={path('approval')}
                fields={said(true)}
              />
              <Act isDanger label={t('intake.receipt.refuse')} path={path('refusal')} fields={said(false)} />
            </>
          )}
          {!awaitsMe && mayWithdraw && <Act label={t('intake.receipt.withdraw')} path={path('withdrawal')} fields={said(true)} />}
        </div>
      )}
    </div>
  );
}

/** When the bank received it: corrected with a reason, and approved by another. */
export function ReceiptSection({ complaint }: Of): ReactNode {
  const { t } = useTranslation();
  const mayAsk = useMay('complaints.askReceiptCorrection');
  const query = useQuery({
    queryKey: ['complaints', 'receipt', complaint.id],
    queryFn: ({ signal }) => findCorrections(complaint.id, signal),
  });
  return (
    <Loaded title={t('intake.receipt.title')} query={query}>
      {(corrections) => (
        <>
          <p>{t('intake.receipt.onRecord', { time: localTime(corrections.receivedAt) })}</p>
          {corrections.items.map((correction) => (
            <One key={correction.id} complaint={complaint} correction={correction} />
          ))}
          {corrections.items.length === 0 && (
            <p className="fb-soft">{complaint.closedAt === null ? t('intake.receipt.none') : t('intake.receipt.fixed')}</p>
          )}
          {mayAsk && corrections.mayAsk && (
            <Act
              label={t('intake.receipt.ask')}
              help={t('intake.receipt.askHelp')}
              path={`/v1/complaints/${complaint.id}/receipt-corrections`}
              timeZone={complaint.timeZone}
              fields={[
                { name: 'receivedAt', label: t('intake.receipt.receivedAt'), kind: 'instant' },
                { name: 'reason', label: t('intake.receipt.reason'), kind: 'long' },
              ]}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
