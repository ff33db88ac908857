/** What the model file of a version is called where it is downloaded. */
export function artefactName({ modelId, version }: { modelId: string; version: string }): string {
  return `${modelId}-${version}.json`;
}
