/** What is told of major matters and alarms. */
export const MAJOR_NOTIFICATIONS = ['major-alarm', 'major-report-due', 'major-report-overdue', 'major-step-overdue'] as const;

/** What of them stands in a complaint's timeline. */
export const MAJOR_TIMELINE = ['region-noted', 'major-marked', 'major-reported', 'major-downgraded', 'major-closed'] as const;
