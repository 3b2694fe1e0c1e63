import { Checkbox, InputNumber, Switch } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeInput } from '../../../ui/time-input.tsx';
import type { Adjustment, PackRow } from '../wire.ts';
import { capOf, collectorsOf, isLooserCap, windowOf, type Tightenable } from './form.ts';

export interface RuleControlsProps {
  readonly found: Tightenable;
  readonly adjustment: Adjustment;
  readonly onSet: <Field extends keyof Adjustment>(field: Field, value: Adjustment[Field] | undefined) => void;
}

/** What the packs say, beside the control that tightens it. */
function useBounds(rows: readonly PackRow[]): (say: (row: PackRow) => string | null) => string {
  const { t } = useTranslation();
  return (say) => {
    const said = rows.flatMap((row) => {
      const value = say(row);
      return value === null ? [] : [{ pack: row.pack, value }];
    });
    if (said.length === 1) return t('policyEditor.tighten.bound', { value: said[0]?.value });
    return said.map((each) => t('policyEditor.tighten.boundOf', each)).join(t('common.listSeparator'));
  };
}

function Cap({ found, adjustment, onSet }: RuleControlsProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const bounds = useBounds(found.rows);
  const caps = found.rows.flatMap((row) => capOf(row) ?? []);
  const isLooser = isLooserCap(found.rows, adjustment.cap);
  return (
    <div className="fb-control">
      <label htmlFor={id}>{t('policyEditor.tighten.cap')}</label>
      <InputNumber
        id={id}
        min={0}
        precision={0}
        value={adjustment.cap ?? null}
        placeholder={String(Math.min(...caps))}
        status={isLooser ? 'error' : ''}
        aria-describedby={`${id}b`}
        onChange={(cap) => onSet('cap', cap ?? undefined)}
      />
      <span id={`${id}b`} className="fb-bound">
        {bounds((row) => {
          const cap = capOf(row);
          if (cap === null) return null;
          return row.tenantValue ? t('policyEditor.tighten.capFree', { cap }) : t('policyEditor.tighten.capPack', { cap });
        })}
        {isLooser && <em> {t('policyEditor.tighten.looserCap')}</em>}
      </span>
    </div>
  );
}

function Hours({ found, adjustment, onSet }: RuleControlsProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const bounds = useBounds(found.rows);
  const pack = found.rows.flatMap((row) => windowOf(row) ?? [])[0];
  const shown = adjustment.refused ?? pack ?? { from: '', to: '' };
  const set = (part: { readonly from?: string; readonly to?: string }): void => {
    const next = { ...shown, ...part };
    const isPack = next.from.slice(0, 5) === pack?.from.slice(0, 5) && next.to.slice(0, 5) === pack?.to.slice(0, 5);
    onSet('refused', isPack || next.from === '' || next.to === '' ? undefined : next);
  };
  return (
    <div className="fb-control" role="group" aria-label={t('policyEditor.tighten.refused')}>
      <label htmlFor={`${id}f`}>
        {t('policyEditor.tighten.refused')} {t('policyEditor.tighten.from')}
      </label>
      <TimeInput id={`${id}f`} value={shown.from.slice(0, 5)} aria-describedby={`${id}b`} onChange={(from) => set({ from })} />
      <label htmlFor={`${id}t`}>{shown.from > shown.to ? t('policyEditor.tighten.to') : t('policyEditor.tighten.toSame')}</label>
      <TimeInput id={`${id}t`} value={shown.to.slice(0, 5)} aria-describedby={`${id}b`} onChange={(to) => set({ to })} />
      <span id={`${id}b`} className="fb-bound">
        {bounds((row) => {
          const hours = windowOf(row);
          return hours && t('policyEditor.tighten.window', hours);
        })}{' '}
        {t('policyEditor.tighten.windowHelp')}
      </span>
    </div>
  );
}

function Team({ found, adjustment, onSet }: RuleControlsProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const bounds = useBounds(found.rows);
  const least = Math.max(...found.rows.map((row) => collectorsOf(row) ?? 0));
  return (
    <div className="fb-control">
      <label htmlFor={id}>{t('policyEditor.tighten.minCollectors')}</label>
      <InputNumber
        id={id}
        min={1}
        max={20}
        precision={0}
        value={adjustment.minCollectors ?? null}
        placeholder={String(least)}
        aria-describedby={`${id}b`}
        onChange={(count) => onSet('minCollectors', count ?? undefined)}
      />
      <span id={`${id}b`} className="fb-bound">
        {bounds((row) => {
          const count = collectorsOf(row);
          return count === null ? null : t('policyEditor.tighten.minPack', { count });
        })}
      </span>
    </div>
  );
}

function Weight({ found, adjustment, onSet }: RuleControlsProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const isWarning = found.rows.some(({ severity }) => severity === 'warn');
  const other = isWarning ? 'block' : 'warn';
  return (
    <div className="fb-control">
      <Switch
        id={id}
        checked={adjustment.severity === other}
        aria-labelledby={`${id}l`}
        onChange={(isOther) => onSet('severity', isOther ? other : undefined)}
      />
      <label htmlFor={id} id={`${id}l`}>
        {isWarning ? t('policyEditor.tighten.toBlock') : t('policyEditor.tighten.toWarn')}
      </label>
    </div>
  );
}

function Off({ adjustment, onSet }: RuleControlsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="fb-control">
      <Checkbox checked={adjustment.off === true} onChange={({ target }) => onSet('off', target.checked ? true : undefined)}>
        {t('policyEditor.tighten.off')}
      </Checkbox>
    </div>
  );
}

const CONTROLS = { cap: Cap, refused: Hours, minCollectors: Team, severity: Weight, off: Off } as const;

/** The controls that a rule's kind has. */
export function RuleControls(props: RuleControlsProps): ReactNode {
  return props.found.fields.map((field) => {
    const Control = CONTROLS[field];
    return <Control key={field} {...props} />;
  });
}
