import { Progress } from 'antd';
import type { ReactNode } from 'react';

export interface JobProgressProps {
  readonly label: string;
  /** 0 to 1. */
  readonly done: number;
  readonly lines: readonly string[];
}

/** How far a job is. */
export function JobProgress({ label, done, lines }: JobProgressProps): ReactNode {
  return (
    <div className="fb-job">
      <strong>{label}</strong>
      <Progress percent={Math.min(100, Math.floor(done * 100))} status="active" aria-label={label} />
      <p className="fb-soft">
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </p>
    </div>
  );
}
