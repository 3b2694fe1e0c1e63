import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { screeningQuery } from './api.ts';

const PAUSE_MS = 400;

/** A value once it has not changed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

interface Place {
  readonly from: number;
  readonly to: number;
}

/** The text with the places marked; places that overlap are one. */
function Marked({ text, places }: { readonly text: string; readonly places: readonly Place[] }): ReactNode {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, to } of places) {
    const begin = Math.max(at, from);
    if (to <= begin) continue;
    parts.push(text.slice(at, begin), <mark key={begin}>{text.slice(begin, to)}</mark>);
    at = to;
  }
  return (
    <p className="fb-message-text">
      {parts}
      {text.slice(at)}
    </p>
  );
}

/** What the gate would say of the words, while they are being written. */
export function LiveScreening({ text, caseId }: { readonly text: string; readonly caseId?: string }): ReactNode {
  const { t } = useTranslation();
  const settled = useSettled(text);
  const { data, error } = useQuery(screeningQuery(settled, caseId, useLanguage()));
  if (settled.trim() === '') return <p className="fb-soft">{t('message.screening.empty')}</p>;
  if (error) return <ProblemAlert error={error} />;
  if (!data) return null;
  return (
    <div role="status" aria-label={t('message.screening.title')}>
      {data.matches.length === 0 && <p className="fb-soft">{t('message.screening.clean')}</p>}
      {data.matches.length > 0 && (
        <>
          <p className="fb-field-error">{t('message.screening.refused', { count: data.matches.length })}</p>
          <Marked text={settled} places={data.matches} />
          <ul className="fb-bullets">
            {data.matches.map(({ ban, name, words, from, source }) => (
              <li key={`${ban} ${from}`}>
                <strong>{name}</strong> {t('message.screening.words', { words })} <span className="fb-source">{source}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {data.unknownAmounts && caseId === undefined && <p className="fb-field-error">{t('message.screening.amounts')}</p>}
    </div>
  );
}
