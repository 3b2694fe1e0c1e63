import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import type { AgencyView, StandingRequest } from '../../api/models.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { AGENCIES, consequencesQuery, setStanding } from './api.ts';

type Act = 'suspend' | 'reactivate' | 'publish' | 'unpublish';
const SETS = {
  suspend: { status: 'suspended' },
  reactivate: { status: 'active' },
  publish: { published: true },
  unpublish: { published: false },
} as const satisfies Record<Act, Omit<StandingRequest, 'reason'>>;

/** What one person can set of the agency as it stands; coming and going takes two. */
function actsFor({ status, published }: AgencyView): readonly Act[] {
  if (status !== 'active' && status !== 'suspended') return [];
  return [published ? 'unpublish' : 'publish', status === 'active' ? 'suspend' : 'reactivate'];
}

interface DialogProps {
  readonly agency: AgencyView;
  readonly act: Act;
  readonly onClose: () => void;
}

function Dialog({ agency, act, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const stops = act === 'suspend' || act === 'unpublish';
  const { data: stake } = useQuery({ ...consequencesQuery(agency.agencyId), enabled: stops });
  const consequences = stake
    ? ` ${t('agency.set.consequences', { permits: stake.openPermits, cases: stake.openCases, person: stake.responsible ?? t('agency.set.anyManager') })}`
    : '';
  const set = useMutation({
    mutationFn: (reason: string) => setStanding(agency.agencyId, { ...SETS[act], reason }, key),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: AGENCIES });
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={`${t(`agency.set.${act}`)} · ${agency.name}`}
      help={`${t(`agency.set.${act}Help`)}${consequences}`}
      label={t('agency.set.reason')}
      needed={t('agency.set.needReason')}
      confirm={t(`agency.set.${act}`)}
      isDanger={stops}
      isSending={set.isPending}
      error={set.error}
      onSend={set.mutate}
      onClose={onClose}
    />
  );
}

/** The buttons that change an agency's standing, each with its reason. */
export function SetStanding({ agency }: { readonly agency: AgencyView }): ReactNode {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act | null>(null);
  return (
    <>
      {actsFor(agency).map((each) => (
        <Button key={each} danger={each === 'suspend'} onClick={() => setAct(each)}>
          {t(`agency.set.${each}`)}
        </Button>
      ))}
      {act && <Dialog agency={agency} act={act} onClose={() => setAct(null)} />}
    </>
  );
}
