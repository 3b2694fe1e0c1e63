import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { listScripts, SCRIPTS, type Script } from './api.ts';
import { ScriptActions } from './script-actions.tsx';
import { CollectingTabs } from './tabs.tsx';

const STATES = ['draft', 'approved', 'retired'] as const;
const TONES = { draft: 'wait', approved: 'good', retired: 'quiet' } as const;

function Text({ script }: { readonly script: Script }): ReactNode {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('collecting.setup.script.show')}</summary>
      <p>
        <strong>{t('collecting.script.first')}</strong> {script.identity}
      </p>
      <p className="fb-pre">{script.text}</p>
    </details>
  );
}

function useColumns(): Column<Script>[] {
  const { t } = useTranslation();
  const person = usePerson();
  return [
    {
      key: 'title',
      title: t('collecting.setup.script.title'),
      onCard: 'head',
      render: ({ title, scriptId, version }) => (
        <>
          <strong>{title}</strong> <span className="fb-soft">{t('collecting.setup.version', { id: scriptId, version })}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('collecting.setup.script.state'),
      onCard: 'corner',
      render: ({ state }) => <StateTag tone={TONES[state]}>{t(`collecting.setup.script.states.${state}`)}</StateTag>,
    },
    {
      key: 'for',
      title: t('collecting.setup.script.for'),
      render: ({ channel, language, audience, stages, products }) =>
        [
          t(`contact.channel.${channel}`),
          t(`collecting.setup.language.${language}`),
          t(`collecting.script.to.${audience}`),
          ...stages,
          ...products,
        ].join(t('common.listSeparator')),
    },
    {
      key: 'author',
      title: t('collecting.setup.script.author'),
      render: ({ author, createdAt }) => (
        <>
          {person(author)} <Instant at={createdAt} withRelative={false} />
        </>
      ),
    },
    { key: 'text', title: t('collecting.setup.script.text'), render: (script) => <Text script={script} /> },
    { key: 'act', title: t('collecting.setup.act'), render: (script) => <ScriptActions script={script} /> },
  ];
}

/** Versions of call scripts: who wrote them, who approved them, and what they say. */
export function ScriptListPage(): ReactNode {
  const { t } = useTranslation();
  const mayWrite = useMay('collections.createScript');
  const [state, setState] = useState<Script['state'] | undefined>(undefined);
  const columns = useColumns();
  const pages = usePages([...SCRIPTS, 'list', state ?? ''], (cursor, signal) => listScripts(state, cursor, signal));
  return (
    <>
      <PageHeader
        title={t('shell.nav.collecting')}
        lead={t('collecting.setup.script.lead')}
        actions={
          mayWrite && (
            <LinkButton to="/collecting/scripts/new" type="primary">
              {t('collecting.setup.script.new')}
            </LinkButton>
          )
        }
      />
      <CollectingTabs />
      <div className="fb-row fb-list-filter">
        <Select
          className="fb-select"
          aria-label={t('collecting.setup.script.state')}
          value={state ?? ''}
          onChange={(value: string) => setState(STATES.find((one) => one === value))}
          options={[
            { value: '', label: `${t('collecting.setup.script.state')}: ${t('common.all')}` },
            ...STATES.map((value) => ({ value, label: t(`collecting.setup.script.states.${value}`) })),
          ]}
        />
      </div>
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('collecting.setup.tab.scripts')}
            columns={columns}
            rows={pages.items}
            rowKey={({ scriptId, version }) => `${scriptId} ${version}`}
            isLoading={pages.isLoading}
            empty={{ title: t('collecting.setup.script.empty'), help: t('collecting.setup.script.emptyHelp') }}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </>
  );
}
