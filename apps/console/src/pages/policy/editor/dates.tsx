import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../../ui/empty.tsx';
import { MomentInput } from '../../../ui/moment-input.tsx';
import { Section } from '../../../ui/section.tsx';
import { todayHere } from '../../../ui/moment.ts';
import type { OwnRow } from '../wire.ts';
import { CHANNELS, datesOf, dateRule, isCode, isRange, mayBeRegions, withParams } from './own-rules.ts';
import { LooserHere } from './looser.tsx';
import type { PartProps } from './parts.ts';
import { PRESETS, presetDates, type DateRange, type Preset } from './presets.ts';
import { RuleName } from './rule-name.tsx';
import { REGIONS } from './regions.ts';

interface RangesProps {
  readonly ranges: readonly Partial<DateRange>[];
  readonly isStrict: boolean;
  readonly onChange: (ranges: readonly Partial<DateRange>[]) => void;
}

function Ranges({ ranges, isStrict, onChange }: RangesProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const set = (index: number, change: Partial<DateRange>): void =>
    onChange(ranges.map((range, at) => (at === index ? { ...range, ...change } : range)));
  return (
    <div className="fb-field">
      {ranges.map((range, index) => (
        // Ranges have no name but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="fb-range" role="group" aria-label={`${t('policyEditor.dates.range')} ${index + 1}`}>
          <label htmlFor={`${id}${index}f`}>{t('policyEditor.dates.from')}</label>
          <MomentInput
            id={`${id}${index}f`}
            {...(range.from && { value: range.from })}
            onChange={(from) => set(index, { from: from ?? '', ...(!range.to && from !== undefined && { to: from }) })}
          />
          <label htmlFor={`${id}${index}t`}>{t('policyEditor.dates.to')}</label>
          <MomentInput
            id={`${id}${index}t`}
            {...(range.to && { value: range.to })}
            {...(range.from && { min: range.from })}
            onChange={(to) => set(index, { to: to ?? '' })}
          />
          {ranges.length > 1 && (
            <Button
              type="text"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('policyEditor.dates.removeRange')}
              onClick={() => onChange(ranges.filter((_, at) => at !== index))}
            />
          )}
          {isStrict && !isRange(range) && <p className="fb-field-error">{t('policyEditor.dates.rangeNeeded')}</p>}
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...ranges, { from: '', to: '' }])}>
        {t('policyEditor.dates.addRange')}
      </Button>
    </div>
  );
}

interface DateRuleProps {
  readonly row: OwnRow;
  readonly isStrict: boolean;
  readonly onChange: (row: OwnRow) => void;
}

/** The fields of no-contact dates. */
function DateFields({ row, isStrict, onChange }: DateRuleProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const { dates, channels, regions } = datesOf(row);
  const bad = regions.find((code) => !isCode(code));
  return (
    <>
      <Ranges ranges={dates} isStrict={isStrict} onChange={(next) => onChange(withParams(row, { dates: next }))} />
      <div className="fb-field" role="group" aria-label={t('policyEditor.dates.channels')}>
        <span className="fb-label">{t('policyEditor.dates.channels')}</span>
        <Checkbox.Group
          value={[...channels]}
          options={CHANNELS.map((value) => ({ value, label: t(`contact.channel.${value}`) }))}
          onChange={(next) => onChange(withParams(row, { channels: next }))}
        />
        {isStrict && channels.length === 0 && <p className="fb-field-error">{t('policyEditor.dates.channelsNeeded')}</p>}
      </div>
      <div className="fb-field">
        <label htmlFor={id}>{t('policyEditor.dates.regions')}</label>
        <Select
          id={id}
          mode="tags"
          className="fb-full"
          value={[...regions]}
          optionFilterProp="label"
          tokenSeparators={[',', ' ']}
          aria-describedby={`${id}h`}
          options={REGIONS.map((value) => ({ value, label: `${t(`region.${value}`)} ${value}` }))}
          onChange={(next: string[]) => onChange(mayBeRegions(row, next))}
        />
        <p id={`${id}h`} className="fb-hint">
          {t('policyEditor.dates.regionsHelp')}
        </p>
        {bad !== undefined && <p className="fb-field-error">{t('policyEditor.dates.regionBad', { code: bad })}</p>}
      </div>
    </>
  );
}

/** Dates on which nobody is contacted, with the usual ones at hand. */
export function Dates({ form, onChange, looser, isStrict }: PartProps): ReactNode {
  const { t } = useTranslation();
  const add = (preset: Preset): void => {
    const today = todayHere();
    const name = preset === 'other' || preset === 'disaster' ? '' : t(`policyEditor.dates.preset.${preset}`);
    onChange({ rules: [...form.rules, dateRule(form.rules, { name, range: presetDates(preset, today), today })] });
  };
  const set = (row: OwnRow): void => onChange({ rules: form.rules.map((each) => (each.ruleId === row.ruleId ? row : each)) });
  const remove = ({ ruleId }: OwnRow): void => onChange({ rules: form.rules.filter((each) => each.ruleId !== ruleId) });
  const found = form.rules.map((row, index) => ({ row, index })).filter(({ row }) => row.kind === 'calendar');
  return (
    <Section title={t('policyEditor.dates.title')}>
      <p className="fb-soft fb-first">{t('policyEditor.dates.help')}</p>
      <div className="fb-presets" role="group" aria-label={t('policyEditor.dates.add')}>
        {PRESETS.map((preset) => (
          <Button key={preset} size="small" icon={<PlusOutlined aria-hidden />} onClick={() => add(preset)}>
            {t(`policyEditor.dates.preset.${preset}`)}
          </Button>
        ))}
      </div>
      {found.length === 0 && <Empty title={t('policyEditor.dates.none')} help={t('policyEditor.dates.noneHelp')} />}
      {found.map(({ row, index }) => (
        <div key={row.ruleId} className="fb-own-rule">
          <RuleName row={row} isStrict={isStrict} onChange={set} onRemove={() => remove(row)} />
          <DateFields row={row} isStrict={isStrict} onChange={set} />
          <LooserHere looser={looser} at={`/rules/${index}`} />
        </div>
      ))}
    </Section>
  );
}
