/** Runs a program; what stops it from starting is one line on stderr and exit code 1, not a stack: it is read by whoever operates the machine. */
export async function begin(name: string, program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${name}: ${code === 'EADDRINUSE' ? `${message}; set PORT to another` : message}\n`);
    process.exit(1);
  }
}
