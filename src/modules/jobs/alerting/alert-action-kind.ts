/** What happens when an alert fires, beside its being told. */
export enum AlertAction {
  Notify = 'notify',
  Pause = 'pause',
  Cancel = 'cancel',
}
