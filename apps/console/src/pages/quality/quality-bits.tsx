import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { MARKS, type Mark, type Result, type Sheet } from './api.ts';
import '../task/task.css';
import './quality.css';

/** The pages of the room that the reader may enter. */
export function QualityTabs(): ReactNode {
  const { t } = useTranslation();
  const [mayReview, mayPlan] = [useMay('collections.listQualityReviews'), useMay('collections.listQualityPlans')];
  const maySheet = useMay('collections.listQualitySheets');
  const tabs = [
    { to: '/quality', label: t('quality.tab.results'), is: true },
    { to: '/quality/reviews', label: t('quality.tab.reviews'), is: mayReview },
    { to: '/quality/plans', label: t('quality.tab.plans'), is: mayPlan },
    { to: '/quality/sheet', label: t('quality.tab.sheet'), is: maySheet },
    { to: '/quality/calibration', label: t('quality.tab.calibration'), is: mayPlan },
  ].filter(({ is }) => is);
  return (
    <nav className="fb-room-tabs" aria-label={t('quality.tab.label')}>
      {tabs.map(({ to, label }) => (
        <NavLink key={to} to={to} end>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}

export function ScoreTag({ result }: { readonly result: Pick<Result, 'score' | 'fatal' | 'passed'> }): ReactNode {
  const { t } = useTranslation();
  const { score, fatal, passed } = result;
  return <StateTag tone={passed ? 'good' : 'bad'}>{fatal ? t('quality.fatal') : t('quality.score', { score })}</StateTag>;
}

export interface SheetMarksProps {
  readonly sheet: Sheet;
  readonly marks: Readonly<Record<string, Mark>>;
  /** Left out: to be read alone. */
  readonly onMark?: (item: string, mark: Mark) => void;
}

/** The lines of a score sheet, with their marks or to be marked. */
export function SheetMarks({ sheet, marks, onMark }: SheetMarksProps): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ul className="fb-sheet">
      {sheet.items.map((item) => {
        const mark = marks[item.id];
        return (
          <li key={item.id}>
            <div>
              <strong>{item[language]}</strong>
              <p className="fb-soft">
                {t('quality.weight', { weight: item.weight })}
                {item.source && ` · ${item.source}`}
                {item.fatal && ` · ${t('quality.isFatal')}`}
              </p>
            </div>
            {onMark ? (
              <Choice
                label={item[language]}
                value={mark ?? ('' as Mark)}
                onChange={(value) => onMark(item.id, value)}
                options={MARKS.map((value) => ({ value, label: t(`quality.mark.${value}`) }))}
              />
            ) : (
              <StateTag tone={mark === 'met' ? 'good' : mark === 'not-met' ? 'bad' : 'quiet'}>
                {mark ? t(`quality.mark.${mark}`) : '–'}
              </StateTag>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** What a recording is called: its case, else whoever is heard in it. */
export function useRecordingName(): (of: Pick<Result, 'caseId' | 'collectorIds'>) => string {
  const { t } = useTranslation();
  return ({ caseId, collectorIds }) => caseId ?? (collectorIds.join(t('common.listSeparator')) || t('quality.noCase'));
}

export const marksOf = (marks: readonly { readonly item: string; readonly mark: Mark }[]): Record<string, Mark> =>
  Object.fromEntries(marks.map(({ item, mark }) => [item, mark]));
