import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { instantOf } from '../../ui/moment.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { AgencyField, LineField, MomentField, WordsField } from './fields.tsx';
import { header, type PlacedView } from './wire.ts';

interface EntrustFields {
  readonly agencyId: string;
  readonly reason: string;
  readonly noticeToldAt?: string;
  readonly noticeEvidence?: string;
}

const TONES = { entrusted: 'good', 'awaiting-notice': 'wait', 'awaiting-time': 'wait', refused: 'bad', withdrawn: 'quiet' } as const;

export function PlacedTag({ state }: { readonly state: PlacedView['state'] }): ReactNode {
  const { t } = useTranslation();
  return <StateTag tone={TONES[state]}>{t(`portfolio.placed.${state}`)}</StateTag>;
}

export function Blocks({ blocks }: { readonly blocks: PlacedView['blocks'] }): ReactNode {
  const { t } = useTranslation();
  return blocks.map(({ code }) => t(`portfolio.block.${code}`)).join(t('common.listSeparator'));
}

function Placed({ items }: { readonly items: readonly PlacedView[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <p className="fb-first" role="status">
        {t('portfolio.entrust.result', { count: items.filter(({ state }) => state !== 'refused').length, all: items.length })}
      </p>
      <ul className="fb-lines">
        {items.map(({ caseId, state, blocks }) => (
          <li key={caseId}>
            <p className="fb-row">
              <strong>{caseId}</strong> <PlacedTag state={state} />
            </p>
            {blocks.length > 0 && (
              <p className="fb-soft">
                <Blocks blocks={blocks} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <LinkButton to="/portfolio/waiting">{t('portfolio.entrust.toWaiting')}</LinkButton>
    </>
  );
}

const showPlaced = ({ items }: { readonly items: readonly PlacedView[] }): ReactNode => <Placed items={items} />;

/** Gives cases to an agency; those whose debtors were not told wait. */
export function EntrustDrawer({ caseIds, onClose }: { readonly caseIds: readonly string[]; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<EntrustFields, { readonly items: readonly PlacedView[] }>
      title={t('portfolio.entrust.title', { count: caseIds.length })}
      help={t('portfolio.entrust.help')}
      confirm={t('portfolio.entrust.confirm')}
      touches={['case', 'cases', 'agencies', 'waiting']}
      send={({ noticeToldAt, noticeEvidence, ...fields }, key) =>
        take(
          collections.POST('/v1/entrustments', {
            params: { header: header(key) },
            body: {
              ...fields,
              caseIds: [...caseIds],
              noticeToldAt: noticeToldAt ? instantOf(noticeToldAt) : null,
              noticeEvidence: noticeEvidence ?? null,
            },
          }),
        )
      }
      show={showPlaced}
      onClose={onClose}
    >
      <AgencyField name="agencyId" label={t('portfolio.agency')} />
      <WordsField name="reason" label={t('portfolio.reason')} />
      <MomentField name="noticeToldAt" label={t('portfolio.entrust.toldAt')} help={t('portfolio.entrust.toldHelp')} />
      <LineField name="noticeEvidence" label={t('portfolio.evidence')} isNeeded={false} max={500} />
    </AskDrawer>
  );
}

/** Takes cases back from their agencies. */
export function RecallDrawer({ caseIds, onClose }: { readonly caseIds: readonly string[]; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<{ readonly reason: string }, unknown>
      title={t('portfolio.recall.title', { count: caseIds.length })}
      help={t('portfolio.recall.help')}
      confirm={t('portfolio.recall.confirm')}
      isDanger
      touches={['case', 'cases', 'agencies']}
      send={({ reason }, key) =>
        take(collections.POST('/v1/entrustments/recall', { params: { header: header(key) }, body: { caseIds: [...caseIds], reason } }))
      }
      onClose={onClose}
    >
      <WordsField name="reason" label={t('portfolio.reason')} />
    </AskDrawer>
  );
}

/** Notes that the debtors of cases that wait were told of the referral. */
export function NoticeDrawer({ caseIds, onClose }: { readonly caseIds: readonly string[]; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<{ readonly toldAt: string; readonly evidence: string }, unknown>
      title={t('portfolio.notice.title', { count: caseIds.length })}
      help={t('portfolio.notice.help')}
      confirm={t('portfolio.notice.confirm')}
      touches={['case', 'cases', 'waiting']}
      send={({ toldAt, evidence }, key) =>
        take(
          collections.POST('/v1/entrustments/notices', {
            params: { header: header(key) },
            body: { caseIds: [...caseIds], toldAt: instantOf(toldAt), evidence },
          }),
        )
      }
      onClose={onClose}
    >
      <MomentField name="toldAt" label={t('portfolio.notice.toldAt')} isNeeded />
      <LineField name="evidence" label={t('portfolio.evidence')} max={500} />
    </AskDrawer>
  );
}
