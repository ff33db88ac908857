/** What is watched for while a job trains, defaults filled in. */
export interface AlertSettings {
  enabled: boolean;
}
