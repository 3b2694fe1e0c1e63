import { Button, Checkbox } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useSession } from '../../session/session.ts';
import { EntrustDrawer, RecallDrawer } from './entrust-drawers.tsx';

/** Cases that the reader has ticked. */
export interface Chosen {
  readonly caseIds: ReadonlySet<string>;
  readonly isOffered: boolean;
  readonly toggle: (caseId: string) => void;
  readonly clear: () => void;
}

export function useChosen(): Chosen {
  const session = useSession();
  const [caseIds, setCaseIds] = useState<ReadonlySet<string>>(new Set());
  return {
    caseIds,
    isOffered: session.agencyId === null && (may(session, 'collections.entrustCases') || may(session, 'collections.recallCases')),
    toggle: (caseId) =>
      setCaseIds((before) => (before.has(caseId) ? new Set([...before].filter((one) => one !== caseId)) : new Set([...before, caseId]))),
    clear: () => setCaseIds(new Set()),
  };
}

export function ChooseCase({ chosen, caseId }: { readonly chosen: Chosen; readonly caseId: string }): ReactNode {
  const { t } = useTranslation();
  if (!chosen.isOffered) return null;
  return (
    <Checkbox
      checked={chosen.caseIds.has(caseId)}
      onChange={() => chosen.toggle(caseId)}
      aria-label={t('portfolio.choose', { id: caseId })}
    />
  );
}

/** What can be done with the ticked cases together. */
export function CaseBulk({ chosen }: { readonly chosen: Chosen }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [act, setAct] = useState<'entrust' | 'recall' | null>(null);
  const count = chosen.caseIds.size;
  if (!chosen.isOffered || count === 0) return null;
  const caseIds = [...chosen.caseIds];
  const close = (): void => {
    setAct(null);
    chosen.clear();
  };
  return (
    <>
      {may(session, 'collections.entrustCases') && (
        <Button type="primary" onClick={() => setAct('entrust')}>
          {t('portfolio.entrust.title', { count })}
        </Button>
      )}
      {may(session, 'collections.recallCases') && (
        <Button danger onClick={() => setAct('recall')}>
          {t('portfolio.recall.title', { count })}
        </Button>
      )}
      {act === 'entrust' && <EntrustDrawer caseIds={caseIds} onClose={close} />}
      {act === 'recall' && <RecallDrawer caseIds={caseIds} onClose={close} />}
    </>
  );
}
