/** Where a weight came from. */
export interface ImportedWeight {
  /** Its name in the model. */
  readonly weight: string;
  /** Its place in the file. */
  readonly from: string;
}
