export enum VersionStatus {
  Training = 'training',
  Ready = 'ready',
  Deployed = 'deployed',
  Archived = 'archived',
}

/** Which statuses may follow which, by whatever makes them. */
export const VERSION_TRANSITIONS: Readonly<Record<VersionStatus, readonly VersionStatus[]>> = {
  [VersionStatus.Training]: [VersionStatus.Ready, VersionStatus.Archived],
  [VersionStatus.Ready]: [VersionStatus.Deployed, VersionStatus.Archived],
  [VersionStatus.Deployed]: [VersionStatus.Ready],
  [VersionStatus.Archived]: [VersionStatus.Ready],
};

/** Which ones can be asked for: what is deployed is ready again only when another version takes its place. */
export const REQUESTABLE: Readonly<Record<VersionStatus, readonly VersionStatus[]>> = {
  [VersionStatus.Training]: [],
  [VersionStatus.Ready]: [VersionStatus.Deployed, VersionStatus.Archived],
  [VersionStatus.Deployed]: [],
  [VersionStatus.Archived]: [VersionStatus.Ready],
};
