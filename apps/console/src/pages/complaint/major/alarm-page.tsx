import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { Chart, type ChartOption } from '../../../ui/chart.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { tokens } from '../../../ui/tokens.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { addDays, localTime, shortDate } from '../dates.ts';
import { ALARM_TONES } from './alarms-page.tsx';
import { findAlarm, MAJOR, type AlarmView } from './api.ts';
import { ConfirmAct } from './mark-act.tsx';
import { useAbout, useChance, useMajorWord } from './words.ts';

/** What came each day, those of the window in another colour, and what is usual. */
function optionOf({ days, endsOn, windowDays }: AlarmView, names: { readonly actual: string; readonly usual: string }): ChartOption {
  const from = addDays(endsOn, 1 - windowDays);
  return {
    tooltip: { trigger: 'axis' },
    legend: { bottom: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: tokens.ink } },
    grid: { left: 4, right: 8, top: 12, bottom: 34, outerBoundsMode: 'same' },
    xAxis: { type: 'category', data: days.map(({ day }) => shortDate(day)), axisTick: { show: false }, axisLabel: { color: tokens.soft } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: tokens.soft }, splitLine: { lineStyle: { color: tokens.hair } } },
    series: [
      {
        type: 'bar',
        name: names.actual,
        data: days.map(({ day, count }) => ({
          value: count,
          itemStyle: { color: day >= from && day <= endsOn ? tokens.bad : tokens.brand },
        })),
        barCategoryGap: '25%',
      },
      {
        type: 'line',
        name: names.usual,
        data: days.map(({ expected }) => Math.round(expected * 100) / 100),
        step: 'middle',
        symbol: 'none',
        lineStyle: { color: tokens.soft, type: 'dashed' },
        itemStyle: { color: tokens.soft },
      },
    ],
  };
}

function useExplained(): (alarm: AlarmView) => string {
  const { t } = useTranslation();
  const word = useMajorWord();
  const chance = useChance();
  return (alarm) => {
    const { dimension, kind, words, windowDays, endsOn, count, expected, pastDays, pastCount, dispersion, peak } = alarm;
    if (dimension === 'complaint')
      return t('major.alarm.explainComplaint', {
        kind: word('kind', kind),
        words: words.length === 0 ? '' : t('major.alarm.words', { words: words.join(' ') }),
      });
    const parts = [
      t('major.alarm.explain', {
        endsOn,
        window: word('alarm.windowDays', String(windowDays)),
        count,
        expected: (expected ?? 0).toFixed(1),
        pastDays,
        pastCount,
        chance: chance(alarm.chance),
      }),
      ...(dispersion !== null && dispersion > 1.05 ? [t('major.alarm.dispersion', { times: dispersion.toFixed(1) })] : []),
      ...(peak > count ? [t('major.alarm.peak', { peak })] : []),
    ];
    return parts.join(' ');
  };
}

function Drawing({ alarm, summary }: { readonly alarm: AlarmView; readonly summary: string }): ReactNode {
  const { t } = useTranslation();
  const option = useMemo(() => optionOf(alarm, { actual: t('major.alarm.actual'), usual: t('major.alarm.usual') }), [alarm, t]);
  return (
    <Chart
      title={t('major.alarm.chart')}
      summary={summary}
      option={option}
      table={{
        head: [t('major.alarm.day'), t('major.alarm.actual'), t('major.alarm.usual')],
        rows: alarm.days.map(({ day, count, expected }) => [day, count, expected.toFixed(1)]),
      }}
    />
  );
}

/** One alarm: what it was judged by, and what a person says of it. */
export function AlarmPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const word = useMajorWord();
  const about = useAbout();
  const explained = useExplained();
  const person = usePerson();
  const maySettle = useMay('complaints.confirmMajorAlarm');
  const query = useQuery({ queryKey: [...MAJOR, 'alarm', id], queryFn: ({ signal }) => findAlarm(id, signal) });
  const back = { to: '/complaints/major-alarms', label: t('major.alarm.title') };
  if (!query.data)
    return (
      <>
        <PageHeader title={t('major.alarm.one')} back={back} />
        {query.error ? <ProblemAlert error={query.error} onRetry={() => void query.refetch()} /> : <Skeleton active />}
      </>
    );
  const alarm = query.data;
  const { state, dimension, code, settledBy, settledAt, reason, matterId, days, settingsVersion } = alarm;
  const name = `${word('alarm.dimension', dimension)} ${about(alarm)}`;
  return (
    <>
      <PageHeader
        title={name}
        back={back}
        lead={`${localTime(alarm.raisedAt)} · ${t('major.alarm.version', { version: settingsVersion })}`}
        aside={<StateTag tone={ALARM_TONES[state]}>{word('alarm.state', state)}</StateTag>}
      />
      <Section title={t('major.alarm.one')}>
        {days.length > 0 ? <Drawing alarm={alarm} summary={explained(alarm)} /> : <p>{explained(alarm)}</p>}
        {dimension === 'complaint' && <Link to={`/complaints/${code}`}>{about(alarm)}</Link>}
        {settledBy !== null && settledAt !== null && (
          <p>{t('major.alarm.settled', { who: person(settledBy), at: localTime(settledAt), state: word('alarm.state', state) })}</p>
        )}
        {reason !== null && <p>{reason}</p>}
        <div className="fb-row">
          {matterId !== null && <Link to={`/complaints/major/${matterId}`}>{t('major.alarm.toMatter')}</Link>}
          {state === 'open' && maySettle && (
            <>
              <ConfirmAct alarmId={id} title={name} />
              <Act
                label={t('major.act.dismiss')}
                path={`/v1/major-alarms/${id}/dismissal`}
                fields={[{ name: 'reason', label: t('major.field.reason'), kind: 'long' }]}
              />
            </>
          )}
        </div>
      </Section>
    </>
  );
}
