const orNull = (word: string | undefined): string | null => (word === undefined || word === '-' || word === '' ? null : word);

/** Rows of a matrix of lines such as `50000 - - - head-office 1`: amount above, severity, major, area, role, approvers. What is none is for the service to say. */
export const rowsOfLines = (lines: readonly string[]): object[] =>
  lines.map((line) => {
    const [amountAbove, severity, major, area, role, approvers] = line.trim().split(/\s+/);
    return {
      amountAbove: orNull(amountAbove),
      severity: orNull(severity),
      major: orNull(major) !== null,
      area: orNull(area),
      role: role === 'head-office' ? 'head-office-approver' : role === 'supervisor' ? 'complaint-supervisor' : (role ?? ''),
      approvers: Number(approvers),
    };
  });
