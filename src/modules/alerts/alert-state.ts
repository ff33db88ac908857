/** Only moves forward: whoever acknowledges an alert has seen it; it resolves when what it is about has passed. */
export enum AlertState {
  Firing = 'firing',
  Acknowledged = 'acknowledged',
  Resolved = 'resolved',
}
