import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/index.ts';
import { useMay } from '../../../session/session.ts';
import { Section } from '../../../ui/section.tsx';
import { StateTag, type Tone } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { localTime } from '../dates.ts';
import { STEP_ROLES, type MajorStep, type MajorView } from './api.ts';
import './major.css';
import { useMajorOptions, useMajorWord } from './words.ts';

const toneOf = ({ state, late }: MajorStep): Tone => (state === 'open' ? (late ? 'bad' : 'busy') : state === 'done' ? 'good' : 'quiet');

function Step({ step, of }: { readonly step: MajorStep; readonly of: MajorView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useMajorWord();
  const person = usePerson();
  const mayGive = useMay('complaints.giveMajorStep');
  const path = `/v1/major-complaints/${of.id}/steps/${step.id}`;
  const { text, owner, ownerRole, dueAt, state, late, settledBy, settledAt, proof, files } = step;
  return (
    <li className="fb-major-step">
      <p>
        {text === null ? t('major.plan.hidden') : language.startsWith('zh') ? text.zh : text.en}{' '}
        <StateTag tone={toneOf(step)}>
          {word('stepState', state)}
          {late && ` · ${t('major.plan.late')}`}
        </StateTag>
      </p>
      <p className="fb-soft">
        {owner === null ? word('role', ownerRole) : person(owner)} · {t('major.field.dueAt')} {localTime(dueAt)}
        {settledBy !== null &&
          settledAt !== null &&
          ` · ${t('major.plan.settledBy', { who: person(settledBy), at: localTime(settledAt) })}`}
        {files.length > 0 && ` · ${t('major.plan.files', { count: files.length })}`}
      </p>
      {proof !== null && <p>{proof}</p>}
      {of.state === 'open' && state === 'open' && (
        <div className="fb-row">
          {step.mine && (
            <>
              <Act
                label={t('major.act.done')}
                path={`${path}/settlement`}
                fixed={{ state: 'done' }}
                fields={[{ name: 'proof', label: t('major.field.proof'), kind: 'long' }]}
              />
              <Act
                label={t('major.act.skip')}
                path={`${path}/settlement`}
                fixed={{ state: 'skipped' }}
                fields={[{ name: 'proof', label: t('major.field.skipReason'), kind: 'long' }]}
              />
            </>
          )}
          {mayGive && (
            <Act
              label={t('major.act.give')}
              path={`${path}/owner`}
              fields={[{ name: 'owner', label: t('major.field.owner'), kind: 'line' }]}
            />
          )}
        </div>
      )}
    </li>
  );
}

/** The emergency plan: who does what by when, and what shows that it is done. */
export function PlanSection({ of }: { readonly of: MajorView }): ReactNode {
  const { t } = useTranslation();
  const options = useMajorOptions();
  const mayAdd = useMay('complaints.addMajorStep');
  const { steps, stepsOpen, stepsOverdue } = of;
  return (
    <Section
      title={t('major.plan.title')}
      aside={
        <span className="fb-soft">
          {t('major.plan.progress', { done: steps - stepsOpen, all: steps })}
          {stepsOverdue > 0 && of.state === 'open' && ` · ${t('major.plan.overdue', { count: stepsOverdue })}`}
        </span>
      }
    >
      <ol>
        {of.plan.map((step) => (
          <Step key={step.id} step={step} of={of} />
        ))}
      </ol>
      {mayAdd && of.state === 'open' && (
        <Act
          label={t('major.act.addStep')}
          path={`/v1/major-complaints/${of.id}/steps`}
          fields={[
            { name: 'text', label: t('major.field.text'), kind: 'long' },
            { name: 'ownerRole', label: t('major.field.ownerRole'), kind: 'choice', options: options('role', STEP_ROLES) },
            { name: 'owner', label: t('major.field.owner'), kind: 'line', optional: true },
            { name: 'dueAt', label: t('major.field.dueAt'), kind: 'instant' },
          ]}
        />
      )}
    </Section>
  );
}
