import { PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, InputNumber, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice } from '../../../ui/choice.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Section } from '../../../ui/section.tsx';
import { todayHere } from '../../../ui/moment.ts';
import { TimeInput } from '../../../ui/time-input.tsx';
import type { OwnRow } from '../wire.ts';
import { windowOf } from './form.ts';
import { LooserHere } from './looser.tsx';
import { CHANNELS, counterRule, datesOf, spanOf, windowParam, windowRule, withParams, type Span } from './own-rules.ts';
import type { PartProps } from './parts.ts';
import { RuleName } from './rule-name.tsx';

const MODES = ['informational', 'interactive'] as const;
const RESULTS = ['placed', 'unanswered', 'connected', 'conversation', 'connected-regf'] as const;
const SEATS = ['debtor', 'debt', 'contact-point'] as const;
const SCOPES = ['all-actors', 'agency', 'collector'] as const;
const SPANS: readonly Span[] = ['local-day', 'minutes', 'days'];
const MAX_DAYS = 365;
const MAX_MINUTES = 10_080;

interface RowProps {
  readonly row: OwnRow;
  readonly isStrict: boolean;
  readonly onChange: (row: OwnRow) => void;
}

interface PickProps {
  readonly label: string;
  readonly value: unknown;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

function Pick({ label, value, options, onChange }: PickProps): ReactNode {
  const id = useId();
  return (
    <div className="fb-field">
      <label htmlFor={id}>{label}</label>
      <Select id={id} className="fb-full" value={typeof value === 'string' ? value : ''} options={[...options]} onChange={onChange} />
    </div>
  );
}

function Severity({ row, onChange }: RowProps): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="fb-field">
      <span className="fb-label">{t('policyEditor.own.severity')}</span>
      <Choice
        label={t('policyEditor.own.severity')}
        value={row.severity}
        onChange={(severity) => onChange({ ...row, severity })}
        options={(['block', 'warn'] as const).map((value) => ({ value, label: t(`policy.severity.${value}`) }))}
      />
    </div>
  );
}

function Within({ row, onChange }: RowProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const { span, amount } = spanOf(row);
  const set = (next: Span, count: number): void => onChange(withParams(row, { window: windowParam(next, count) }));
  return (
    <>
      <Pick
        label={t('policyEditor.own.window')}
        value={span}
        options={SPANS.map((value) => ({ value, label: t(`policyEditor.own.windows.${value}`) }))}
        onChange={(value) => set(SPANS.find((each) => each === value) ?? 'local-day', value === 'minutes' ? 60 : 7)}
      />
      {span !== 'local-day' && (
        <div className="fb-field">
          <label htmlFor={id}>{t(`policyEditor.own.amount.${span}`)}</label>
          <InputNumber
            id={id}
            className="fb-full"
            min={1}
            max={span === 'days' ? MAX_DAYS : MAX_MINUTES}
            precision={0}
            value={amount}
            onChange={(count) => set(span, count ?? 1)}
          />
        </div>
      )}
    </>
  );
}

function CounterFields(props: RowProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const { row, onChange } = props;
  const { params } = row;
  const set = (change: Readonly<Record<string, unknown>>): void => onChange(withParams(row, change));
  return (
    <div className="fb-own-fields">
      <Pick
        label={t('policyEditor.own.channel')}
        value={params['channel']}
        options={CHANNELS.map((value) => ({ value, label: t(`contact.channel.${value}`) }))}
        onChange={(channel) => set({ channel, mode: null })}
      />
      {params['channel'] === 'voice' && (
        <Pick
          label={t('policyEditor.own.mode')}
          value={params['mode'] ?? 'any'}
          options={[
            { value: 'any', label: t('policyEditor.own.anyMode') },
            ...MODES.map((value) => ({ value, label: t(`policyEditor.own.modes.${value}`) })),
          ]}
          onChange={(mode) => set({ mode: mode === 'any' ? null : mode })}
        />
      )}
      <Pick
        label={t('policyEditor.own.results')}
        value={params['results']}
        options={RESULTS.map((value) => ({ value, label: t(`policyEditor.own.result.${value}`) }))}
        onChange={(results) => set({ results })}
      />
      <Pick
        label={t('policyEditor.own.seat')}
        value={params['seat']}
        options={SEATS.map((value) => ({ value, label: t(`policyEditor.own.seats.${value}`) }))}
        onChange={(seat) => set({ seat })}
      />
      <Pick
        label={t('policyEditor.own.scope')}
        value={params['scope']}
        options={SCOPES.map((value) => ({ value, label: t(`policyEditor.own.scopes.${value}`) }))}
        onChange={(scope) => set({ scope })}
      />
      <Within {...props} />
      <div className="fb-field">
        <label htmlFor={id}>{t('policyEditor.own.cap')}</label>
        <InputNumber
          id={id}
          className="fb-full"
          min={0}
          precision={0}
          value={typeof params['cap'] === 'number' ? params['cap'] : null}
          onChange={(cap) => set({ cap })}
        />
      </div>
      <Severity {...props} />
    </div>
  );
}

function WindowFields(props: RowProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const { row, onChange, isStrict } = props;
  const hours = windowOf(row) ?? { from: '', to: '' };
  const { channels } = datesOf(row);
  const set = (part: { readonly from?: string; readonly to?: string }): void =>
    onChange(withParams(row, { refused: { ...hours, ...part } }));
  return (
    <div className="fb-own-fields">
      {(['from', 'to'] as const).map((end) => (
        <div key={end} className="fb-field">
          <label htmlFor={`${id}${end}`}>{t(`policyEditor.dates.${end}`)}</label>
          <TimeInput id={`${id}${end}`} value={hours[end].slice(0, 5)} onChange={(time) => set({ [end]: time })} />
        </div>
      ))}
      <div className="fb-field fb-own-channels" role="group" aria-label={t('policyEditor.dates.channels')}>
        <span className="fb-label">{t('policyEditor.dates.channels')}</span>
        <Checkbox.Group
          value={[...channels]}
          options={CHANNELS.map((value) => ({ value, label: t(`contact.channel.${value}`) }))}
          onChange={(next) => onChange(withParams(row, { channels: next }))}
        />
        {isStrict && channels.length === 0 && <p className="fb-field-error">{t('policyEditor.dates.channelsNeeded')}</p>}
      </div>
      <div className="fb-field fb-own-channels">
        <Checkbox
          checked={row.params['consent'] === 'out-of-hours'}
          onChange={({ target }) => onChange(withParams(row, { consent: target.checked ? 'out-of-hours' : null }))}
        >
          {t('policyEditor.own.consent')}
        </Checkbox>
      </div>
      <Severity {...props} />
    </div>
  );
}

function Fields(props: RowProps): ReactNode {
  const { t } = useTranslation();
  if (props.row.kind === 'counter') return <CounterFields {...props} />;
  if (props.row.kind === 'time-window') return <WindowFields {...props} />;
  return <p className="fb-soft">{t('policyEditor.own.other', { kind: props.row.kind })}</p>;
}

/** Limits and hours beside those of the packs. */
export function Own({ form, onChange, looser, isStrict }: PartProps): ReactNode {
  const { t } = useTranslation();
  const set = (row: OwnRow): void => onChange({ rules: form.rules.map((each) => (each.ruleId === row.ruleId ? row : each)) });
  const remove = ({ ruleId }: OwnRow): void => onChange({ rules: form.rules.filter((each) => each.ruleId !== ruleId) });
  const add = (row: OwnRow): void => onChange({ rules: [...form.rules, row] });
  const found = form.rules.map((row, index) => ({ row, index })).filter(({ row }) => row.kind !== 'calendar');
  return (
    <Section title={t('policyEditor.own.title')}>
      <p className="fb-soft fb-first">{t('policyEditor.own.help')}</p>
      <div className="fb-presets">
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => add(counterRule(form.rules, todayHere()))}>
          {t('policyEditor.own.addCounter')}
        </Button>
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => add(windowRule(form.rules, todayHere()))}>
          {t('policyEditor.own.addWindow')}
        </Button>
      </div>
      {found.length === 0 && <Empty title={t('policyEditor.own.none')} help={t('policyEditor.own.noneHelp')} />}
      {found.map(({ row, index }) => (
        <div key={row.ruleId} className="fb-own-rule">
          <RuleName row={row} isStrict={isStrict} onChange={set} onRemove={() => remove(row)} />
          <Fields row={row} isStrict={isStrict} onChange={set} />
          <LooserHere looser={looser} at={`/rules/${index}`} />
        </div>
      ))}
    </Section>
  );
}
