export enum VersionStatus {
  Training = 'training',
  Ready = 'ready',
  Deployed = 'deployed',
  Archived = 'archived',
}

/** Which statuses may follow which. */
export const VERSION_TRANSITIONS: Readonly<Record<VersionStatus, readonly VersionStatus[]>> = {
  [VersionStatus.Training]: [VersionStatus.Ready, VersionStatus.Archived],
  [VersionStatus.Ready]: [VersionStatus.Deployed, VersionStatus.Archived],
  [VersionStatus.Deployed]: [VersionStatus.Ready],
  [VersionStatus.Archived]: [VersionStatus.Ready],
};
