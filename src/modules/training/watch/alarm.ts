import type { AlarmSettings } from '../../jobs/alerting/alert-settings.js';
import type { Finding } from './detectors/detector.js';

/** `patience` bad epochs in a row set it off, `recovery` good ones in a row end it, and then it rests for `cooldown`. */
export class Alarm {
  private isOn = false;
  /** Bad epochs in a row while it is off, good ones while it is on. */
  private inARow = 0;
  private rests = 0;

  constructor(private readonly settings: Pick<AlarmSettings, 'patience' | 'recovery' | 'cooldown'>) {}

  /** What the epoch changed, if anything. */
  hear(finding: Finding | null): 'fired' | 'resolved' | null {
    const isResting = this.rests > 0;
    if (isResting) this.rests -= 1;
    if (finding === null) return null;
    this.inARow = finding.sign === (this.isOn ? 'good' : 'bad') ? this.inARow + 1 : 0;
    if (this.isOn) return this.inARow >= this.settings.recovery ? this.turn(false) : null;
    if (isResting) return null;
    const isEnough = this.inARow >= this.settings.patience || (finding.isCertain && finding.sign === 'bad');
    return isEnough ? this.turn(true) : null;
  }

  private turn(isOn: boolean): 'fired' | 'resolved' {
    this.isOn = isOn;
    this.inARow = 0;
    if (!isOn) this.rests = this.settings.cooldown;
    return isOn ? 'fired' : 'resolved';
  }
}
