/** Which of its numbers rises in the next version; the ones behind it begin again at 0. */
export enum VersionBump {
  Major = 'major',
  Minor = 'minor',
  Patch = 'patch',
}
