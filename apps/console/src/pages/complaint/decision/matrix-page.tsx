import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { listMatrices, type Matrix } from './api.ts';
import { useDecisionWord } from './bits.ts';
import { rowsOfLines } from './matrix-lines.ts';

function useRowText(): (row: Matrix['rows'][number]) => string {
  const { t } = useTranslation();
  const word = useDecisionWord();
  return ({ amountAbove, currency, severity, major, area, role, approvers }) => {
    const when = [
      ...(amountAbove === null ? [] : [t('decision.matrix.above', { amount: amountAbove, currency })]),
      ...(severity === null ? [] : [word('severity', severity)]),
      ...(major ? [t('decision.matrix.major')] : []),
      ...(area === null ? [] : [area]),
    ];
    return `${when.join(' + ') || t('decision.matrix.always')}: ${t('decision.matrix.asks', { count: approvers, role: word('role', role) })}`;
  };
}

/** A matrix as lines that can be typed: the amount, severity, major, area, role and number of approvers. */
const linesOf = ({ rows }: Matrix): string =>
  rows
    .map(({ amountAbove, severity, major, area, role, approvers }) =>
      [
        amountAbove ?? '-',
        severity ?? '-',
        major ? 'major' : '-',
        area ?? '-',
        role === 'head-office-approver' ? 'head-office' : 'supervisor',
        approvers,
      ].join(' '),
    )
    .join('\n');

function OneMatrix({ matrix }: { readonly matrix: Matrix }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const text = useRowText();
  const mayApprove = useMay('complaints.approveApprovalMatrix');
  const isWaiting = matrix.version > 0 && matrix.approvedAt === null;
  return (
    <div className="fb-after">
      <p>
        <strong>{matrix.version === 0 ? t('decision.matrix.own') : t('decision.version', { version: matrix.version })}</strong>{' '}
        {matrix.inForce && <StateTag tone="good">{t('decision.matrix.inForce')}</StateTag>}
        {isWaiting && <StateTag tone="wait">{t('decision.matrix.waits')}</StateTag>}
        {matrix.author !== null && <span className="fb-soft"> {`${person(matrix.author)} · ${localTime(matrix.createdAt ?? '')}`}</span>}
      </p>
      {matrix.note !== '' && <p>{matrix.note}</p>}
      <ul className="fb-plain">
        {matrix.rows.map((row, index) => (
          <li key={index}>{text(row)}</li>
        ))}
      </ul>
      {isWaiting && mayApprove && (
        <Act isMain label={t('decision.act.approve')} path={`/v1/approval-matrices/${matrix.version}/approval`} />
      )}
    </div>
  );
}

/** Who has to approve decisions: every version, with the one in force. */
export function ApprovalMatrixPage(): ReactNode {
  const { t } = useTranslation();
  const mayMake = useMay('complaints.createApprovalMatrix');
  const query = useQuery({ queryKey: ['complaints', 'matrices'], queryFn: ({ signal }) => listMatrices(signal) });
  return (
    <>
      <PageHeader title={t('decision.tab.matrix')} lead={t('decision.matrix.lead')} />
      <HandlingTabs />
      <Loaded title={t('decision.matrix.versions')} query={query}>
        {({ items }) => {
          const inForce = items.find((one) => one.inForce);
          return (
            <>
              {mayMake && inForce && (
                <Act
                  label={t('decision.act.newMatrix')}
                  path="/v1/approval-matrices"
                  build={(typed) => ({ ...typed, rows: rowsOfLines((typed.rows as string[] | undefined) ?? []) })}
                  fields={[
                    {
                      name: 'rows',
                      label: t('decision.field.rows'),
                      kind: 'lines',
                      help: t('decision.help.rows'),
                      initial: linesOf(inForce),
                    },
                    { name: 'note', label: t('decision.field.why'), kind: 'long' },
                  ]}
                />
              )}
              {items.map((matrix) => (
                <OneMatrix key={matrix.version} matrix={matrix} />
              ))}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
