import { Button, Input, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../buckets.ts';
import { CATEGORIES, CHANNELS } from '../codes.ts';
import { useWord } from '../words.ts';

const STATES = ['running', 'paused', 'met', 'missed', 'withdrawn', 'declined', 'merged'] as const;

export interface FilterBarProps {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  // What stands in the address may be a code of the institution's own.
  const known = value === undefined || options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
  return (
    <div className="fb-board-filter">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={value ?? ''}
        onChange={(next: string) => onChange(next === '' ? undefined : next)}
        options={[{ value: '', label: t('complaint.board.any') }, ...known]}
        popupMatchSelectWidth={false}
      />
    </div>
  );
}

/** Whose, about what, how it came in, against whom. What is chosen stands in the address. */
export function FilterBar({ filters, onChange }: FilterBarProps): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  const agency = useId();
  const [agencyId, setAgencyId] = useState(filters.agencyId ?? '');
  const set = (part: Filters): void => onChange({ ...filters, ...part });
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <search className="fb-board-filters" aria-label={t('complaint.board.filters')}>
      <Choice
        label={t('complaint.board.handler')}
        value={filters.handler}
        options={[
          { value: 'me', label: t('complaint.board.mine') },
          { value: 'none', label: t('complaint.board.unassigned') },
        ]}
        onChange={(handler) => set({ handler })}
      />
      <Choice
        label={t('complaint.board.category')}
        value={filters.category}
        options={CATEGORIES.map((value) => ({ value, label: word('complaint.category', value) }))}
        onChange={(category) => set({ category })}
      />
      <Choice
        label={t('complaint.board.channel')}
        value={filters.channel}
        options={CHANNELS.map((value) => ({ value, label: word('complaint.channel', value) }))}
        onChange={(channel) => set({ channel })}
      />
      <Choice
        label={t('complaint.board.state')}
        value={filters.state}
        options={STATES.map((value) => ({ value, label: word('clock.state', value) }))}
        onChange={(state) => set({ state })}
      />
      <form
        className="fb-board-filter"
        onSubmit={(event) => {
          event.preventDefault();
          set({ agencyId });
        }}
      >
        <label htmlFor={agency}>{t('complaint.board.agency')}</label>
        <Input
          id={agency}
          value={agencyId}
          placeholder={t('complaint.board.agencyPlaceholder')}
          onChange={(event) => setAgencyId(event.target.value)}
          onBlur={() => agencyId !== (filters.agencyId ?? '') && set({ agencyId })}
        />
      </form>
      {isFiltered && (
        <Button
          type="link"
          onClick={() => {
            setAgencyId('');
            onChange({});
          }}
        >
          {t('complaint.board.clear')}
        </Button>
      )}
    </search>
  );
}
