/** Parses what the metadata of a detector hold under a key; undefined if it is not there or no JSON object. */
export function metadataJson(
  metadata: Readonly<Record<string, string>>,
  key: string,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(metadata[key] ?? 'null');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
