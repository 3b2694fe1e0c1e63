import { useId, type ReactNode } from 'react';

export interface FieldProps {
  readonly label: string;
  readonly help?: string;
  readonly error?: string | null | false;
  /** Draws the control with the id that the label names, and the id of what is said about it. */
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby'?: string }) => ReactNode;
}

/** A control below its label, with help and what is wrong with it. */
export function Field({ label, help, error, children }: FieldProps): ReactNode {
  const id = useId();
  const isSaid = Boolean(help) || Boolean(error);
  return (
    <div className="fb-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(isSaid && { 'aria-describedby': `${id}-said` }) })}
      {isSaid && (
        <div id={`${id}-said`}>
          {error && <p className="fb-field-error">{error}</p>}
          {help && <p className="fb-hint">{help}</p>}
        </div>
      )}
    </div>
  );
}
