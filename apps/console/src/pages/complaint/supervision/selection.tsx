import { Button, Checkbox } from 'antd';
import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import type { Chosen } from './api.ts';
import { ProposeBulk } from './propose-bulk.tsx';

interface Selection {
  readonly has: (id: string) => boolean;
  readonly toggle: (one: Chosen) => void;
}

const Context = createContext<Selection | null>(null);
// So many take part in one bulk act.
const MOST = 1000;

/** A tick at a complaint, while complaints are being chosen. */
export function SelectBox({ one }: { readonly one: Chosen }): ReactNode {
  const { t } = useTranslation();
  const selection = use(Context);
  if (selection === null) return null;
  return (
    <Checkbox
      className="fb-select-box"
      checked={selection.has(one.id)}
      onChange={() => selection.toggle(one)}
      aria-label={t('supervision.selection.choose', { number: one.number })}
    />
  );
}

/** Lists in here can be chosen from, page by page, and something is done to all that are chosen. */
export function Selectable({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const mayPropose = useMay('complaints.proposeBulk');
  const [isOn, setOn] = useState(false);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const [isProposing, setProposing] = useState(false);
  const selection = useMemo<Selection>(
    () => ({
      has: (id) => chosen.has(id),
      toggle: (one) => {
        const next = new Map(chosen);
        if (!next.delete(one.id) && next.size < MOST) next.set(one.id, one);
        setChosen(next);
      },
    }),
    [chosen],
  );
  if (!mayPropose) return children;
  const stop = (): void => {
    setOn(false);
    setChosen(new Map());
  };
  return (
    <Context value={isOn ? selection : null}>
      <div className={`fb-row fb-selection${isOn ? ' fb-selection-on' : ''}`}>
        {isOn ? (
          <>
            <span role="status">{t('supervision.selection.chosen', { count: chosen.size })}</span>
            <Button type="primary" disabled={chosen.size === 0} onClick={() => setProposing(true)}>
              {t('supervision.bulk.propose')}
            </Button>
            <Button onClick={() => setChosen(new Map())} disabled={chosen.size === 0}>
              {t('supervision.selection.clear')}
            </Button>
            <Button onClick={stop}>{t('supervision.selection.stop')}</Button>
          </>
        ) : (
          <Button onClick={() => setOn(true)}>{t('supervision.selection.start')}</Button>
        )}
      </div>
      {children}
      {isProposing && <ProposeBulk chosen={[...chosen.values()]} onClose={() => setProposing(false)} />}
    </Context>
  );
}
