/** The code that the operating system has given an error, such as `ENOSPC`. */
export function systemCode(error: unknown): string | undefined {
  const isSystemError = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return isSystemError ? (error.code as string) : undefined;
}
