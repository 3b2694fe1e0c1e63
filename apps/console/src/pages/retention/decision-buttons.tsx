import { Button, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import type { Decision } from './api.ts';
import { useAct } from './use-retention.ts';

export interface DecisionButtonsProps {
  readonly proposedBy: string;
  readonly decide: (decision: Decision, key: string) => Promise<unknown>;
  /** What the approval is called where it is more than that. */
  readonly approve?: string;
}

/** Who proposed it withdraws it; another person approves or refuses. */
export function DecisionButtons({ proposedBy, decide, approve }: DecisionButtonsProps): ReactNode {
  const { t } = useTranslation();
  const { subject } = useSession();
  const act = useAct<Decision, unknown>(decide);
  const button = (decision: Decision, label: string): ReactNode => (
    <Button
      size="small"
      type={decision === 'approve' ? 'primary' : 'default'}
      danger={decision === 'approve' && approve !== undefined}
      loading={act.isPending && act.variables === decision}
      onClick={() => act.mutate(decision)}
    >
      {label}
    </Button>
  );
  return (
    <>
      <Space wrap>
        {subject === proposedBy ? (
          button('withdraw', t('retention.withdraw'))
        ) : (
          <>
            {button('approve', approve ?? t('retention.approve'))}
            {button('refuse', t('retention.refuse'))}
          </>
        )}
      </Space>
      {act.error && <ProblemAlert error={act.error} />}
    </>
  );
}
